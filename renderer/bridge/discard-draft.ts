import { violation } from '../../shared/kernel/violation.ts';
import { showRefusal } from '../ui/toast-store.ts';
import { ask, codeOf, type PraxisBridge } from './praxis-bridge.ts';

/** Throws a draft away. One that the disk keeps is offered again, and a toast says so; this never rejects. */
export async function discardDraft(bridge: PraxisBridge, key: string): Promise<void> {
  try {
    await ask(bridge, 'draft', { do: 'discard', key });
  } catch (error) {
    // Whoever threw it away has left: it waits for them, and is not the next person's to hear of.
    if (codeOf(error) === 'locked') return;
    showRefusal([violation('SCREEN', 'draft-stays')]);
  }
}
