import type { SessionState, StationRequest } from '../../shared/ipc/contract.ts';
import type { StoreLink } from './store-link.ts';
import { StoreFailure } from './store-link.ts';

const nobody: SessionState = {
  phase: 'first-run',
  user: null,
  location: null,
  organizationName: null,
  station: null,
  people: [],
};

export type FirstRunParts = { link: StoreLink; serverUrl: string; recoveryKey: string | null; onEnrolled: () => void };

/**
 * What a window may ask before this station is enrolled: set the clinic up on an empty server, or enrol with a one-time code.
 * The recovery key goes out once, with the answer that enrolled the station.
 */
export function createFirstRun({ link, serverUrl, recoveryKey, onEnrolled }: FirstRunParts) {
  let shown = recoveryKey;
  const enrol = async (code: string, stationName: string, profile: string): Promise<unknown> => {
    try {
      await link.enrol(code, stationName, profile);
    } catch (error) {
      return { ok: false, code: error instanceof StoreFailure ? error.code : 'internal' };
    }
    const key = shown;
    shown = null;
    onEnrolled();
    return { ok: true, recoveryKey: key };
  };
  return {
    session: () => ({ state: nobody, failure: null }),
    station: async (request: StationRequest): Promise<unknown> => {
      if (request.do === 'enrol') return enrol(request.code, request.stationName, request.profile);
      if (request.do !== 'setUp') throw new StoreFailure('not-enrolled');
      const { do: _do, ...body } = request;
      const response = await fetch(new URL('/sync/v1/set-up', serverUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(30_000),
      }).catch(() => undefined);
      if (!response) return { ok: false, code: 'server-unreachable' };
      const answer = (await response.json().catch(() => null)) as {
        enrolCode?: string;
        error?: { code: string };
      } | null;
      if (!response.ok || !answer?.enrolCode) return { ok: false, code: answer?.error?.code ?? 'refused' };
      return enrol(answer.enrolCode, `${body.locationName} 1`, 'all');
    },
  };
}
