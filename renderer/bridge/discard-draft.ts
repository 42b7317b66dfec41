import { violation } from '../../shared/kernel/violation.ts';
import { showRefusal } from '../ui/toast-store.ts';
import { ask, type PraxisBridge } from './praxis-bridge.ts';

/** Throws a draft away. One that the disk keeps is offered again, and a toast says so; this never rejects. */
export async function discardDraft(bridge: PraxisBridge, key: string): Promise<void> {
  try {
    await ask(bridge, 'draft', { do: 'discard', key });
  } catch {
    showRefusal([violation('SCREEN', 'draft-stays')]);
  }
}
