/** A station as the server sees one: its credential, its series, and change sets made by hand. */
import { randomBytes } from 'node:crypto';
import type { ChangeSet, SetAnswer, UnitValue } from '../../shared/kernel/change-set.ts';
import { LAW_VERSION } from '../../shared/kernel/change-set.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { unitOf } from '../../shared/kernel/kind.ts';
import { kinds } from '../../shared/collections.ts';

type Json = Record<string, unknown>;
export type Answer<T = Json> = { status: number; body: T; headers: Headers };

export async function ask<T = Json>(url: string, init: RequestInit & { json?: unknown } = {}): Promise<Answer<T>> {
  const { json, ...rest } = init;
  const headers = new Headers(rest.headers);
  if (json !== undefined) headers.set('content-type', 'application/json');
  const response = await fetch(url, {
    ...rest,
    headers,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return { status: response.status, body: (isJson ? JSON.parse(text) : text) as T, headers: response.headers };
}

export type PulledChangeBody = { number: number; kind: string; id: string; op: string; doc: Doc | null };
export type PageBody = {
  changes: PulledChangeBody[];
  cursor: { number: number; hash: string };
  more: boolean;
  after: string | null;
};
export type PullBody = { pages: PageBody[]; head: { number: number; hash: string } };
type Group = { scopes: string[]; cursor: { number: number; hash: string } | null; after: string | null };

export type TestStation = Awaited<ReturnType<typeof createTestStation>>;

export async function createTestStation(
  url: string,
  code: string,
  organization: { managerId: string; locationId: string },
) {
  const request = { code, stationName: 'Test', profile: 'all', protocolVersion: 1, lawVersion: 1, escrow: null };
  const enrolled = await ask<{ stationId: string; stationCode: string; secret: string }>(`${url}/sync/v1/enrol`, {
    method: 'POST',
    json: request,
  });
  if (enrolled.status !== 201) throw new Error(`enrol: ${enrolled.status} ${JSON.stringify(enrolled.body)}`);
  const { stationId, stationCode, secret } = enrolled.body;
  const authorization = `Station ${stationId}.${secret}`;
  let seq = 0;
  const send = <T = Json>(
    method: string,
    path: string,
    json?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> =>
    ask<T>(`${url}/sync/v1/${path}`, {
      method,
      headers: { authorization, ...headers },
      ...(json === undefined ? {} : { json }),
    });
  const push = async (...sets: ChangeSet[]): Promise<SetAnswer[]> => {
    const answer = await send<{ answers: SetAnswer[] }>('POST', 'push', { sets });
    if (answer.status !== 200) throw new Error(`push: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body.answers;
  };
  return {
    stationId,
    stationCode,
    authorization,
    ...organization,
    send,
    push,
    /** One answer for one set. */
    give: async (set: ChangeSet): Promise<SetAnswer> => (await push(set))[0] as SetAnswer,
    /** The next set of this station's series. */
    set: (command: string, patches: ChangeSet['patches'], extra: Partial<ChangeSet> = {}): ChangeSet => ({
      id: newId(),
      command,
      lawVersion: LAW_VERSION,
      authorId: organization.managerId,
      stationId,
      stationSeq: ++seq,
      atUtc: new Date().toISOString(),
      clockOffsetMs: 0,
      seenThrough: 1,
      reason: null,
      undoes: null,
      buildsOn: [],
      patches,
      minted: { ids: [], numbers: [] },
      lacked: [],
      ...extra,
      input: { ...(command.startsWith('test/') ? { patches } : {}), ...extra.input },
    }),
    pull: (groups: Group[], limit = 500): Promise<Answer<PullBody>> =>
      send<PullBody>('POST', 'pull', { groups, limit }),
    /** Loads scopes to the end. */
    load: async (scopes: string[]): Promise<{ docs: PulledChangeBody[]; cursor: PageBody['cursor'] }> => {
      const docs: PulledChangeBody[] = [];
      let group: Group = { scopes, cursor: null, after: null };
      for (;;) {
        const answer = await send<PullBody>('POST', 'pull', { groups: [group], limit: 500 });
        const page = answer.body.pages[0] as PageBody;
        docs.push(...page.changes);
        group = { scopes, cursor: page.cursor, after: page.after };
        if (!page.more) return { docs, cursor: page.cursor };
      }
    },
  };
}

const newId = (): string => uuidV7(Date.now(), randomBytes(10));

/** A patch that makes a document. */
export function creation(kind: string, doc: Doc): ChangeSet['patches'][number] {
  const spec = kinds[kind];
  if (!spec) throw new Error(kind);
  const units = Object.keys(spec.units).map(
    (unit) => [unit, { before: null, after: unitOf(spec, unit, doc) }] as const,
  );
  return {
    kind,
    id: doc.id,
    op: 'create',
    units: Object.fromEntries(units.filter(([, change]) => change.after !== null)),
  };
}

/** A patch of one unit. */
export const edit = (
  kind: string,
  id: string,
  unit: string,
  before: UnitValue,
  after: UnitValue,
): ChangeSet['patches'][number] => ({
  kind,
  id,
  op: 'update',
  units: { [unit]: { before, after } },
});

export const roomDocument = (locationId: string, name = 'Room'): Doc => ({
  id: newId(),
  locationId,
  name,
  active: true,
});

export const appointmentDocument = (locationId: string, resourceId: string, minute = 0): Doc => {
  const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 21, 8, minutes)).toISOString();
  return {
    id: newId(),
    patientId: newId(),
    locationId,
    serviceId: newId(),
    startsAtUtc: at(minute),
    endsAtUtc: at(minute + 30),
    resources: [{ resourceKind: 'room', resourceId, startsAtUtc: at(minute), endsAtUtc: at(minute + 30) }],
    overrideReason: null,
    overrideBy: null,
    placement: 'placed',
    status: 'booked',
    statusReason: null,
    note: '',
    referringPhysician: '',
    seriesId: null,
    bookedBy: newId(),
    bookedAtUtc: at(0),
  };
};
