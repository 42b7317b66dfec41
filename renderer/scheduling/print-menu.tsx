import { Printer } from 'lucide-react';
import { usePaper } from '../papers/use-paper.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { useWords } from './words.ts';

/** The day on paper: the list of the day, and the downtime pack of two days with phones and allergies. */
export function PrintMenu({ locationId, day }: { locationId: string; day: string }) {
  const { say } = useWords('scheduling');
  const paper = usePaper();
  const id = `${locationId}/${day}`;
  return (
    <Menu
      label={say('print')}
      button={
        <IconButton label={say('print')} framed>
          <Printer size={16} />
        </IconButton>
      }
      entries={[
        {
          key: 'list',
          label: say('printDayList'),
          onClick: () => void paper.show({ template: 'day-list', id, title: say('printDayList') }),
        },
        {
          key: 'pack',
          label: say('printDowntimePack'),
          onClick: () => void paper.show({ template: 'downtime-pack', id, title: say('printDowntimePack') }),
        },
      ]}
    />
  );
}
