import type { z } from 'zod';
import type { commonRequestSchema, objectsHeldRequestSchema, pullRequestSchema } from '../../shared/sync/protocol.ts';
import { readHead } from '../db/cabinet.ts';
import { inOrganization } from '../db/tenant.ts';
import { knownCursors, pull } from '../sync/pull.ts';
import { push } from '../sync/push.ts';
import { type Problem, problem } from './errors.ts';
import { headStream } from './head-stream.ts';
import { objectHandlers } from './object-handlers.ts';
import { handle, type Handler } from './request.ts';
import type { pushEnvelopeSchema } from './routes.ts';

const pushHandler = handle<z.infer<typeof pushEnvelopeSchema>>(async ({ deps, body, station }) => {
  const pushed = await push(deps, station, body.sets);
  return pushed.ok ? Response.json(pushed.value) : problem('validation-failed', { fields: pushed.error });
});

const pullHandler = handle<z.infer<typeof pullRequestSchema>>(
  async ({ deps, body, station }): Promise<Response | Problem> => {
    const wrong = body.groups.findIndex(
      (group) =>
        group.after !== null && !/^[A-Za-z]{1,40}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(group.after),
    );
    if (wrong >= 0) return problem('validation-failed', { fields: { [`groups.${wrong}.after`]: 'not-a-place' } });
    const pulled = await pull(deps.db, station.organizationId, body);
    return pulled.ok ? Response.json(pulled.value) : problem('fork');
  },
);

/** After a `fork`: the newest of the station's cursors that this server has too. */
const common = handle<z.infer<typeof commonRequestSchema>>(async ({ deps, body, station }) =>
  inOrganization(deps.db, station.organizationId, async (tx) => {
    const both = await knownCursors(tx, body.cursors);
    return Response.json({ number: Math.max(0, ...both.map((cursor) => cursor.number)), head: await readHead(tx) });
  }),
);

const objectsHeld = handle<z.infer<typeof objectsHeldRequestSchema>>(async ({ deps, body, station }) => {
  const rows = await inOrganization(deps.db, station.organizationId, (tx) =>
    tx.query<{ sha256: string }>('select sha256 from objects where sha256 = any($1::text[])', [body.sha256]),
  );
  const held: string[] = [];
  // The row says that it was stored once; only the file says that it is there now.
  for (const { sha256 } of rows) if (await deps.objects.find(station.organizationId, sha256)) held.push(sha256);
  return Response.json({ held });
});

const stream = handle(async ({ deps, station }) => headStream(deps, station));

export const syncHandlers: Readonly<Record<string, Handler>> = {
  'POST /sync/v1/push': pushHandler,
  'POST /sync/v1/pull': pullHandler,
  'POST /sync/v1/common': common,
  'GET /sync/v1/stream': stream,
  'POST /sync/v1/objects/held': objectsHeld,
  ...objectHandlers,
};
