import type { z } from 'zod';
import type { CommandCall } from '../../shared/desk/ports.ts';
import { automaticPermissions } from '../../shared/access/permissions.ts';
import type { Author } from '../../shared/kernel/command.ts';
import type { enrolAnswerSchema, enrolRequestSchema } from '../../shared/sync/protocol.ts';
import { sha256Hex } from '../db/chain.ts';
import { createCabinetReader } from '../db/cabinet-reader.ts';
import type { Queryable } from '../db/db.ts';
import type { DeskDeps } from '../desk/desk-deps.ts';
import { runIn, serverStationId } from '../desk/run.ts';
import { useEnrolCode } from './enrol-codes.ts';
import { newSecret } from './station-credentials.ts';

type EnrolRequest = z.infer<typeof enrolRequestSchema>;
type EnrolAnswer = z.infer<typeof enrolAnswerSchema>;

/** The server as author: what it does by itself and nobody else may. */
export const serverAuthor = (serverId: string): Author => ({
  id: serverId,
  name: 'Server',
  permissions: new Set([...automaticPermissions, 'system.load']),
  automatic: true,
});

/** A new station from a one-time code, all or nothing; undefined when the code is not good. */
export function enrolStation(
  deps: DeskDeps,
  request: EnrolRequest,
  escrowPublicKey: string,
): Promise<EnrolAnswer | undefined> {
  return deps.db.transaction(async (tx) => {
    const stationId = deps.newId();
    const code = await useEnrolCode(tx, request.code, stationId);
    if (!code) return undefined;
    const { organizationId, locationId } = code;
    await tx.query(`select set_config('praxis.organization', $1, true)`, [organizationId]);
    const stationCode = await nextStationCode(tx, locationId);
    const secret = newSecret();
    const nowUtc = deps.nowUtc();
    await tx.query('insert into station_credentials (station_id, organization_id, secret_hash) values ($1, $2, $3)', [
      stationId,
      organizationId,
      sha256Hex(secret),
    ]);
    await tx.query(
      `insert into stations (organization_id, id, code, name, location_id, profile, escrow, enrolled_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        organizationId,
        stationId,
        stationCode,
        request.stationName,
        locationId,
        request.profile,
        request.escrow,
        nowUtc,
      ],
    );
    const station = {
      id: stationId,
      code: stationCode,
      name: request.stationName,
      locationId,
      profile: request.profile,
      enrolledAtUtc: nowUtc,
      revokedAtUtc: null,
    };
    await saveStationDocument(tx, deps, organizationId, station);
    return { stationId, stationCode, secret, organizationId, locationId, escrowPublicKey };
  });
}

/** Writes a `station` document through the desk, so that every station knows its sisters. */
export async function saveStationDocument(
  tx: Queryable,
  deps: DeskDeps,
  organizationId: string,
  station: Record<string, unknown>,
): Promise<void> {
  const author = serverAuthor(await serverStationId(tx));
  const call: CommandCall = { name: 'stations/save', input: station, author, seen: {}, reason: null };
  const ran = await runIn(tx, deps, organizationId, call);
  if (!ran.ok) throw new Error(`stations/save was refused: ${ran.error.map((one) => one.code).join(', ')}`);
}

/** First letter of the location's name and a counter, `K2`: unique in the organization, and never the server's `S1`. */
async function nextStationCode(tx: Queryable, locationId: string): Promise<string> {
  // Two enrolments at once must not count the same; the counter's row is this organization's one lock.
  await tx.query('select number from counters for update');
  const location = await createCabinetReader(tx).get('location', locationId);
  const name = typeof location?.['name'] === 'string' ? location['name'] : '';
  const letter = /[A-Z]/.exec(name.normalize('NFD').toUpperCase())?.[0] ?? 'W';
  const rows = await tx.query<{ code: string }>('select code from stations where code like $1', [`${letter}%`]);
  const taken = new Set(rows.map((row) => row.code));
  for (let number = 1; number < 1000; number++) if (!taken.has(`${letter}${number}`)) return `${letter}${number}`;
  throw new Error('no station code is left for this location');
}
