import type { StationRequest } from '../../shared/ipc/contract.ts';
import type { Author } from '../../shared/kernel/command.ts';
import { createManagerClient } from '../sync/manager-client.ts';
import type { Station } from './station.ts';

type ManagerAction = Extract<StationRequest, { do: 'newEnrolCode' | 'revokeStation' }>;

/**
 * What only the server can do about stations, asked with the rights of the person at the screen. The answer is
 * `{ ok: true, … }` or `{ ok: false, code }`; a code for enrolment is passed through and kept nowhere.
 */
export async function doAsManager(
  station: Station,
  author: Author,
  action: ManagerAction,
): Promise<Record<string, unknown>> {
  if (!author.permissions.has('settings.write')) return { ok: false, code: 'not-permitted' };
  const username = station.verifiers.byId(author.id)?.username;
  if (!username) return { ok: false, code: 'sign-in-failed' };
  const who = { username, password: action.password };
  const client = createManagerClient(station.identity.serverUrl, station.identity.organizationId);
  if (action.do === 'newEnrolCode') {
    const made = await client.newCode(who, action.locationId);
    return made.ok ? { ok: true, code: made.value.code, expiresAtUtc: made.value.expiresAtUtc } : made;
  }
  const revoked = await client.revoke(who, action.stationId, action.reason);
  station.postman.wake();
  return revoked.ok ? { ok: true } : revoked;
}
