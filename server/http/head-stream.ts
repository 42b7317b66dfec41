import { readHead } from '../db/cabinet.ts';
import { inOrganization } from '../db/tenant.ts';
import { factsOfError } from '../log.ts';
import type { StationIdentity } from '../stations/station-credentials.ts';
import type { AppDeps } from './request.ts';

const HEARTBEAT_MS = 15_000;

/**
 * Server-sent events (WHATWG HTML 9.2): `head` with the organization's cursor at once and after each commit, a comment as
 * heartbeat. Several commits in a row may come as one event. Ends when the client goes, the server closes or the station is revoked.
 */
export function headStream(deps: AppDeps, station: StationIdentity): Response {
  const encoder = new TextEncoder();
  let end = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      let sent = -1;
      let reading = Promise.resolve();
      const send = (text: string): void => controller.enqueue(encoder.encode(text));
      const look = async (): Promise<void> => {
        if (await isRevoked(deps, station)) return finish();
        const head = await inOrganization(deps.db, station.organizationId, readHead);
        if (ended || head.number === sent) return;
        sent = head.number;
        send(`event: head\ndata: ${JSON.stringify(head)}\n\n`);
      };
      // One read at a time, so that an older head never comes after a newer one.
      const wake = (): void => {
        reading = reading
          .then(look)
          .catch((error: unknown) => deps.log('warn', 'stream-read-failed', factsOfError(error)));
      };
      let ended = false;
      const stopWatching = deps.heads.watch(station.organizationId, wake);
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
      const finish = (): void => {
        if (ended) return;
        ended = true;
        end();
        controller.close();
      };
      end = () => {
        ended = true;
        stopWatching();
        clearInterval(heartbeat);
        deps.closing.removeEventListener('abort', finish);
      };
      deps.closing.addEventListener('abort', finish);
      wake();
    },
    cancel: () => end(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}

async function isRevoked(deps: AppDeps, station: StationIdentity): Promise<boolean> {
  const rows = await inOrganization(deps.db, station.organizationId, (tx) =>
    tx.query('select 1 from stations where id = $1 and revoked_at is null', [station.stationId]),
  );
  return rows.length === 0;
}
