import type { z } from 'zod';
import type { readsRequestSchema } from '../../shared/sync/protocol.ts';
import type { Queryable } from '../db/db.ts';

type Read = z.infer<typeof readsRequestSchema>['reads'][number];

/** Takes a station's journal of reads, each once; the highest number that is here then. */
export async function storeReads(
  tx: Queryable,
  organizationId: string,
  stationId: string,
  reads: readonly Read[],
): Promise<number> {
  await tx.query(
    `insert into reads (organization_id, station_id, seq, at_utc, user_id, view, patient_id, hash)
     select $1::uuid, $2::uuid, r.seq, r."atUtc", r."userId", r.view, r."patientId", r.hash
     from jsonb_to_recordset($3::jsonb) as r(seq bigint, "atUtc" timestamptz, "userId" uuid, view text, "patientId" uuid, hash text)
     on conflict (organization_id, station_id, seq) do nothing`,
    [organizationId, stationId, JSON.stringify(reads)],
  );
  const rows = await tx.query<{ seq: number | null }>('select max(seq) as seq from reads where station_id = $1', [
    stationId,
  ]);
  return rows[0]?.seq ?? 0;
}
