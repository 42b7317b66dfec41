import { Printer } from 'lucide-react';
import { documentAnswerSchema } from '../../shared/ipc/contract.ts';
import { useServices } from '../bridge/bridge-context.tsx';
import { ask } from '../bridge/praxis-bridge.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { showToast } from '../ui/toast-store.ts';
import { useWords } from './words.ts';

/** The day on paper: the list of the day, and the downtime pack of two days with phones and allergies. */
export function PrintMenu({ locationId, day }: { locationId: string; day: string }) {
  const { say, locale } = useWords('scheduling');
  const { bridge } = useServices();
  const print = async (template: 'day-list' | 'downtime-pack'): Promise<void> => {
    const request = { do: 'make', template, id: `${locationId}/${day}`, locale };
    const answer = documentAnswerSchema.safeParse(await ask(bridge, 'document', request).catch(() => null));
    const made = answer.success && answer.data.ok;
    showToast({ words: say(made ? `printed.${template}` : 'printed.failed'), undo: null });
  };
  return (
    <Menu
      label={say('print')}
      button={
        <IconButton label={say('print')} framed>
          <Printer size={16} />
        </IconButton>
      }
      entries={[
        { key: 'list', label: say('printDayList'), onClick: () => void print('day-list') },
        { key: 'pack', label: say('printDowntimePack'), onClick: () => void print('downtime-pack') },
      ]}
    />
  );
}
