/** What must hold of a solved item of the inbox (INBOX-1, INBOX-2). */
import { kinds } from '../collections.ts';
import { sameJson } from '../kernel/canonical-json.ts';
import type { UnitValue } from '../kernel/change-set.ts';
import type { Change } from '../kernel/command.ts';
import { changesOf, defineRule } from '../kernel/command.ts';
import type { Doc } from '../kernel/kind.ts';
import { unitOf } from '../kernel/kind.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import { exactly } from '../kernel/reader.ts';
import { patientScope } from '../kernel/scopes.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { Conflict } from './schema.ts';

const itemKinds = ['task', 'conflict', 'refusal'];

/** INBOX-1: what is solved is solved once. Two stations that were apart may both have done it: the first stands. */
export const openItemRule = defineRule<unknown, null>({
  gather: async () => null,
  check: (change) =>
    change.docs
      .filter(({ kind }) => itemKinds.includes(kind))
      .filter(({ before, after }) => !change.isUndo && before?.['status'] !== 'open' && !sameJson(before, after))
      .map(() => violation('INBOX-1', 'already-solved')),
});

/** INBOX-3: a booking that waits for a place is placed or given up, not merely ticked off. Where its patient is not here, the server asks. */
export const placedRule = defineRule<unknown, Appointment[]>({
  gather: async (reader, change) => {
    const lost = changesOf<Conflict>(change, 'conflict').filter(
      ({ before, after }) => before?.status === 'open' && after?.status === 'solved' && after.problem === 'lostClaim',
    );
    const waiting: Appointment[] = [];
    for (const { after } of lost) {
      const isHere = after?.patientId && (await reader.holds(patientScope(after.patientId))) === 'held';
      const booking = isHere ? await reader.get<Appointment>('appointment', after.docId) : undefined;
      const visits = booking ? await reader.count('encounter', 'byAppointment', exactly(booking.id)) : 0;
      if (booking && visits === 0) waiting.push(booking);
    }
    return waiting;
  },
  check: (_change, bookings) =>
    bookings
      .filter((one) => one.status === 'booked' && one.placement === 'unplaced')
      .map(() => violation('INBOX-3', 'not-placed')),
});

export type Choices = {
  conflictId: string;
  choices: Record<string, 'theirs' | 'mine'>;
  /** Per unit, what the person was shown to stand on the document. Sets of law 1 lack it: then it is what the conflict says. */
  shown?: Record<string, UnitValue> | undefined;
};
type ChoiceFacts = { conflict: Conflict | undefined; stored: Doc | null };

/** INBOX-2: what was chosen was chosen over what stands: an edit that came since is shown first. */
export const shownRule = defineRule<Choices, ChoiceFacts>({
  gather: async (reader, change) => {
    const conflict = await reader.get<Conflict>('conflict', change.input.conflictId);
    return { conflict, stored: (conflict && (await reader.get(conflict.docKind, conflict.docId))) ?? null };
  },
  check: (change, { conflict, stored }) => {
    if (change.isUndo || !conflict) return [];
    return conflict.units.flatMap((one) => checkChoice(change, conflict, stored, one));
  },
});

function checkChoice(
  change: Change<Choices>,
  conflict: Conflict,
  stored: Doc | null,
  { unit, theirs, mine }: Conflict['units'][number],
): Violation[] {
  const kind = kinds[conflict.docKind];
  const isMine = change.input.choices[unit] === 'mine';
  if (!kind || !stored) return isMine ? [violation('INBOX-2', 'not-here')] : [];
  const [doc] = changesOf(change, conflict.docKind).filter(({ id }) => id === conflict.docId);
  const stands = unitOf(kind, unit, doc?.before ?? stored);
  const shown = change.input.shown?.[unit];
  if (sameJson(stands, shown === undefined ? theirs : shown)) return [];
  const left = unitOf(kind, unit, doc?.after ?? stored);
  // Chosen, but it stands already, or the server kept what is newer as two versions again.
  if (isMine && (sameJson(stands, mine) || !sameJson(left, mine))) return [];
  return [violation('INBOX-2', 'changed-again', { params: { kind: conflict.docKind } })];
}
