import type { Doc } from '../../shared/kernel/kind.ts';
import type { Written } from '../../shared/desk/ports.ts';
import type { Queryable } from './db.ts';

/** What the bookings table reads of an appointment document (design §4, §5). */
type BookedResource = { resourceKind: string; resourceId: string; startsAtUtc: string; endsAtUtc: string };

const KIND = 'appointment';

/** The resources that an appointment names, whether it holds them or not. */
export function resourcesOf(doc: Doc | null): BookedResource[] {
  const list = doc?.['resources'];
  return Array.isArray(list) ? (list as BookedResource[]) : [];
}

/**
 * Replaces the booking rows of each appointment that was written. A row stands inactive once the appointment is cancelled or
 * unplaced; the database's own exclusion refuses (23P01) a second active one that no reason overrides.
 */
export async function writeBookings(tx: Queryable, organizationId: string, written: readonly Written[]): Promise<void> {
  const appointments = written.filter((doc) => doc.kind === KIND);
  if (appointments.length === 0) return;
  await tx.query('delete from booked_resources where appointment_id = any($1::uuid[])', [
    appointments.map((doc) => doc.id),
  ]);
  const rows = appointments.flatMap(({ id, after }) =>
    resourcesOf(after).map((one, position) => ({ ...one, id, position, ...stateOf(after) })),
  );
  if (rows.length === 0) return;
  await tx.query(
    `insert into booked_resources (organization_id, appointment_id, resource_kind, resource_id, position, during, capacity_one, override_reason, active)
     select $1::uuid, r.id, r."resourceKind", r."resourceId", r.position, tstzrange(r."startsAtUtc", r."endsAtUtc"), true, r.reason, r.active
     from jsonb_to_recordset($2::jsonb) as r(id uuid, "resourceKind" text, "resourceId" uuid, position int, "startsAtUtc" timestamptz,
       "endsAtUtc" timestamptz, reason text, active boolean)`,
    [organizationId, JSON.stringify(rows)],
  );
}

function stateOf(appointment: Doc | null): { active: boolean; reason: string | null } {
  const reason = appointment?.['overrideReason'];
  return {
    active: appointment?.['status'] === 'booked' && appointment['placement'] === 'placed',
    reason: typeof reason === 'string' && reason !== '' ? reason : null,
  };
}
