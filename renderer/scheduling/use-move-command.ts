import type { DayView } from '../../shared/scheduling/day-views.ts';
import { useCommand } from '../bridge/use-command.ts';
import { clockWords } from '../../shared/kernel/clock-words.ts';
import { showRefusal } from '../ui/toast-store.ts';
import type { BookingDraft } from './booking-draft.ts';
import { saveCall, startOf } from './booking-draft.ts';
import { useCarried } from './carried-store.ts';
import { dayWords } from './day-words.ts';
import { useWords } from './words.ts';

/** Puts a carried or dragged booking down; where a law stands against it, `onConflict` opens the panel with words and free times. */
export function useMoveCommand(view: DayView, onConflict: (draft: BookingDraft) => void) {
  const { say, locale } = useWords('scheduling');
  const { run } = useCommand();
  return async (draft: BookingDraft): Promise<void> => {
    const block = view.blocks.find((one) => one.appointment.id === draft.ownId);
    const locationId = view.location.id;
    const { zone } = view.location;
    const startsAtUtc = startOf(draft, zone);
    if (!startsAtUtc) return onConflict(draft);
    const call = saveCall(draft, locationId, startsAtUtc);
    const when = `${dayWords(draft.day, locale, 'short')} ${clockWords(startsAtUtc, zone)}`;
    const name = block?.patient.written ?? '';
    // A booking carried to another day is not among that day's blocks.
    const carried = useCarried.getState().appointment;
    const shown = block?.appointment ?? (carried?.id === draft.ownId ? carried : undefined);
    const seen = shown ? { [`appointment/${shown.id}`]: shown } : {};
    const answer = await run(call.name, call.input, {
      seen,
      refusal: 'inline',
      done: say('done.moved', { name, when }),
    });
    if (answer.ok) return;
    if (answer.violations.some((one) => one.law.startsWith('SCHED-') && one.law !== 'SCHED-7')) onConflict(draft);
    else showRefusal(answer.violations);
  };
}
