/** What tests look at after a push: the codes of an answer, and what stands on the server. */
import type { SetAnswer } from '../../../shared/kernel/change-set.ts';
import type { Doc } from '../../../shared/kernel/kind.ts';
import { exactly, type Reader } from '../../../shared/kernel/reader.ts';
import { createCabinetReader } from '../../../server/db/cabinet-reader.ts';
import { inOrganization } from '../../../server/db/tenant.ts';
import type { TestServer } from '../test-server.ts';

export const codesOf = (answer: Pick<SetAnswer, 'violations'> | undefined): unknown[] =>
  (answer?.violations ?? []).map((one) => one['code']);

/** Result and codes, to be compared at one look. */
export const said = (answer: SetAnswer | undefined): unknown[] => [answer?.result, ...codesOf(answer)];

export function readOn<T>(server: TestServer, work: (reader: Reader) => Promise<T>): Promise<T> {
  return inOrganization(server.inside.db, server.clinic.organizationId, (tx) => work(createCabinetReader(tx)));
}

export const storedOn = (server: TestServer, kind: string, id: string): Promise<Doc | undefined> =>
  readOn(server, async (reader) => reader.get(kind, id));

export const conflictsOn = (server: TestServer, docId: string): Promise<Doc[]> =>
  readOn(server, async (reader) => reader.find('conflict', 'byDoc', exactly(docId)));

/** Open items of a kind in the clinic's inbox that say this of themselves. */
export const inboxOn = (server: TestServer, kind: 'task' | 'refusal', what: Record<string, unknown>): Promise<Doc[]> =>
  readOn(server, async (reader) => {
    const items = await reader.find(kind, 'open', { prefix: server.clinic.locationId });
    return items.filter((one) => Object.entries(what).every(([field, value]) => one[field] === value));
  });
