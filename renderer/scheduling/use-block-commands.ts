import type { DayBlock } from '../../shared/scheduling/day-views.ts';
import type { Stage } from '../../shared/waiting-room/schema.ts';
import { useCommand } from '../bridge/use-command.ts';
import { showToast } from '../ui/toast-store.ts';
import { useWords } from './words.ts';

/** What one key does to the selected booking; refusals come as a toast in words. */
export function useBlockCommands() {
  const { say } = useWords('scheduling');
  const { run, undoLast } = useCommand();
  const seenOf = ({ appointment, encounter }: DayBlock) => ({
    [`appointment/${appointment.id}`]: appointment,
    ...(encounter && { [`encounter/${encounter.id}`]: encounter }),
  });
  const done = (key: string, block: DayBlock): string => say(`done.${key}`, { name: block.patient.written });
  const onBooking = (name: string, block: DayBlock, words: string, reason: string | null = null) =>
    run(name, { appointmentId: block.appointment.id }, { seen: seenOf(block), reason, done: done(words, block) });
  return {
    arrive: (block: DayBlock) => onBooking('waiting-room/arrive', block, 'arrived'),
    noShow: (block: DayBlock) => onBooking('scheduling/no-show', block, 'noShow'),
    cancel: (block: DayBlock, reason: string) => onBooking('scheduling/cancel', block, 'cancelled', reason),
    toStage: async (block: DayBlock, to: Stage): Promise<void> => {
      if (!block.encounter) {
        showToast({ words: say('arriveFirst', { name: block.patient.written }), undo: null });
        return;
      }
      const input = { encounterId: block.encounter.id, to };
      const words = say('done.stage', { name: block.patient.written, stage: say(`status.${to}`) });
      await run('waiting-room/move', input, { seen: seenOf(block), done: words });
    },
    undoLast,
  };
}
