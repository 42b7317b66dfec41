/** The wire of a station: its credential, and what it may ask of the server. */
import type { ChangeSet, SetAnswer } from '../../shared/kernel/change-set.ts';
import type { Doc } from '../../shared/kernel/kind.ts';

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
export type PullGroup = { scopes: string[]; cursor: PageBody['cursor'] | null; after: string | null };

/** What a station is given when it is enrolled. */
export type Credential = { stationId: string; stationCode: string; secret: string; locationId: string };

/** Enrols over HTTP, as a workstation does. */
export async function enrolByCode(url: string, code: string): Promise<Credential> {
  const json = { code, stationName: 'Test', profile: 'all', protocolVersion: 1, lawVersion: 1, escrow: null };
  const enrolled = await ask<Credential>(`${url}/sync/v1/enrol`, { method: 'POST', json });
  if (enrolled.status !== 201) throw new Error(`enrol: ${enrolled.status} ${JSON.stringify(enrolled.body)}`);
  return enrolled.body;
}

/** A line that broke, and a server that is too busy, are tried again, as the postman does: hundreds of stations share this process. */
async function patiently<T>(request: () => Promise<Answer<T>>): Promise<Answer<T>> {
  for (let tries = 1; ; tries++) {
    const answer = await request().catch((error: unknown) => {
      if (tries === 5) throw error;
    });
    if (answer && (answer.status !== 503 || tries === 5)) return answer;
  }
}

export type StationWire = ReturnType<typeof createStationWire>;

export function createStationWire(url: string, credential: Credential) {
  const { stationId, stationCode, locationId } = credential;
  const authorization = `Station ${stationId}.${credential.secret}`;
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
  const pull = (groups: readonly PullGroup[], limit = 500): Promise<Answer<PullBody>> =>
    patiently(() => send<PullBody>('POST', 'pull', { groups, limit }));
  return {
    stationId,
    stationCode,
    locationId,
    authorization,
    send,
    pull,
    /** Sends sets as they are; one answer for each. */
    push: async (...sets: readonly ChangeSet[]): Promise<SetAnswer[]> => {
      const answer = await patiently(() => send<{ answers: SetAnswer[] }>('POST', 'push', { sets }));
      if (answer.status !== 200) throw new Error(`push: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body.answers;
    },
    /** Loads scopes to the end, whatever the station itself follows. */
    load: async (scopes: string[]): Promise<{ docs: PulledChangeBody[]; cursor: PageBody['cursor'] }> => {
      const docs: PulledChangeBody[] = [];
      let group: PullGroup = { scopes, cursor: null, after: null };
      for (;;) {
        const page = (await pull([group])).body.pages[0] as PageBody;
        docs.push(...page.changes);
        group = { scopes, cursor: page.cursor, after: page.after };
        if (!page.more) return { docs, cursor: page.cursor };
      }
    },
  };
}
