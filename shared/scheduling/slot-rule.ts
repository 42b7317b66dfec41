/** What must hold of every booking that claims a time, whatever command or undo left it so (SCHED-1 … 6). */
import type { RuleContext } from '../kernel/command.ts';
import { changesOf, defineRule } from '../kernel/command.ts';
import { sameJson } from '../kernel/canonical-json.ts';
import type { Reader } from '../kernel/reader.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import { addMinutes } from '../kernel/time.ts';
import type { BookingFacts, ResourceRefs } from './facts.ts';
import { gatherBooking } from './facts.ts';
import { checkSlot, OVERRIDE } from './rules.ts';
import type { Appointment } from './schema.ts';
import { claimsSlot } from './schema.ts';

type Claim = { before: Appointment | null; after: Appointment; facts: BookingFacts };

/** The resources of a booking by their part in it. */
export function refsOf(appointment: Appointment): ResourceRefs {
  const idOf = (kind: string): string | null =>
    appointment.resources.find((one) => one.resourceKind === kind)?.resourceId ?? null;
  return { practitionerId: idOf('practitioner') ?? '', roomId: idOf('room'), deviceId: idOf('device') };
}

/** A booking that begins to claim its time, or claims another: one that merely goes on claiming is not asked again. */
function claimsAnew({ before, after }: { before: Appointment | null; after: Appointment | null }): boolean {
  if (!after || !claimsSlot(after)) return false;
  if (!before || !claimsSlot(before)) return true;
  const claimed = (one: Appointment): unknown => [one.locationId, one.startsAtUtc, one.endsAtUtc, one.resources];
  return !sameJson(claimed(before), claimed(after)) || before.patientId !== after.patientId;
}

async function gatherClaim(reader: Reader, before: Appointment | null, after: Appointment): Promise<Claim> {
  const window = { fromUtc: addMinutes(after.startsAtUtc, -60), toUtc: addMinutes(after.endsAtUtc, 60) };
  const wanted = { ...refsOf(after), appointmentId: after.id, ...after };
  return { before, after, facts: await gatherBooking(reader, wanted, window) };
}

/** The laws of one claim; those that may be set aside are, where the booking carries the reason of somebody who might. */
function checkClaim({ before, after, facts }: Claim, isUndo: boolean, context: RuleContext): Violation[] {
  const found = checkSlot(after, refsOf(after), after.id, facts);
  if (after.overrideReason === null) return found;
  const standing = before !== null && before.overrideReason === after.overrideReason;
  const may = standing || context.author.permissions.has(OVERRIDE);
  // An undo leads back to a time that was overridden with its reason then.
  const isReasonGiven = isUndo || after.overrideReason === context.reason;
  const given = standing || (after.overrideBy === context.author.id && isReasonGiven);
  if (!may || !given) return found.length > 0 ? found : [violation('SCHED-6', 'override-not-permitted')];
  return found.filter((one) => !one.overridableBy);
}

/** SCHED-1 … 6 for every booking that the change leaves claiming a time. */
export const slotRule = defineRule<unknown, Claim[]>({
  gather: (reader, change) =>
    Promise.all(
      changesOf<Appointment>(change, 'appointment')
        .filter(claimsAnew)
        .flatMap(({ before, after }) => (after ? [gatherClaim(reader, before, after)] : [])),
    ),
  check: (change, claims, context) => claims.flatMap((claim) => checkClaim(claim, change.isUndo, context)),
});
