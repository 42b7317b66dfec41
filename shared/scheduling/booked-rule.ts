/** What a booking must be to be moved, cancelled or marked no-show (SCHED-7, SCHED-8). */
import { changesOf, defineRule } from '../kernel/command.ts';
import { exactly } from '../kernel/reader.ts';
import { violation } from '../kernel/violation.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import type { Appointment } from './schema.ts';

/**
 * SCHED-7: only a booked appointment; SCHED-8: it does not end once the patient has been received, whoever received them (its
 * time may still be put right: a booking that lost its slot is placed after the visit too). An undo leads back to a booking and
 * so asks only for the second; where it opens the booking again, it is what the visit waits for.
 */
export const bookedRule = defineRule<unknown, { receivedIds: Set<string> }>({
  gather: async (reader, change) => {
    const receivedIds = new Set<string>();
    for (const { id } of changesOf<Appointment>(change, 'appointment')) {
      const visits = await reader.find<Encounter>('encounter', 'byAppointment', exactly(id), { limit: 1 });
      if (visits.length > 0) receivedIds.add(id);
    }
    return { receivedIds };
  },
  check: (change, { receivedIds }) =>
    changesOf<Appointment>(change, 'appointment').flatMap(({ id, before, after }) => {
      const isReopened = change.isUndo && before?.status !== 'booked' && after?.status === 'booked';
      const isEnding = before?.status !== after?.status;
      if (receivedIds.has(id) && isEnding && !isReopened) return [violation('SCHED-8', 'already-received')];
      if (!change.isUndo && before && before.status !== 'booked')
        return [violation('SCHED-7', 'not-booked', { params: { status: before.status } })];
      return [];
    }),
});
