import { Readable } from 'node:stream';
import { inOrganization } from '../db/tenant.ts';
import { drain } from './drain.ts';
import { problem } from './errors.ts';
import { handle, type Handler } from './request.ts';

const MAX_OBJECT_BYTES = 4_000_000_000;

/** Takes a file by the SHA-256 of its bytes; again is the same as once. */
const put = handle(async ({ deps, context, params, station }) => {
  const sha256 = params['sha256'] ?? '';
  const request = context.req.raw;
  if (Number(request.headers.get('content-length') ?? 0) > MAX_OBJECT_BYTES) return problem('too-large');
  // Without `preventCancel` a full disk would close the connection before its answer.
  const body = request.body?.values({ preventCancel: true }) ?? emptyBody();
  const stored = await deps.objects
    .put(station.organizationId, sha256, body, MAX_OBJECT_BYTES)
    .catch(async (error: unknown) => {
      await drain(request.body);
      throw error;
    });
  if (!stored.ok) return problem(stored.code);
  await inOrganization(deps.db, station.organizationId, (tx) =>
    tx.query('insert into objects (organization_id, sha256, bytes) values ($1, $2, $3) on conflict do nothing', [
      station.organizationId,
      sha256,
      stored.bytes,
    ]),
  );
  return Response.json({ sha256, bytes: stored.bytes }, { status: 201 });
});

async function* emptyBody(): AsyncIterable<Uint8Array> {}

/** Gives a file or one range of it (RFC 9110 14.2, one `bytes` range); several ranges get the whole file. */
const get = handle(async ({ deps, context, params, station }) => {
  const sha256 = params['sha256'] ?? '';
  const found = await deps.objects.find(station.organizationId, sha256);
  if (!found) return problem('not-found');
  const range = rangeOf(context.req.header('range'), found.bytes);
  if (range === 'unsatisfiable')
    return problem('range-not-satisfiable', { headers: { 'content-range': `bytes */${found.bytes}` } });
  const { start, end } = range ?? { start: 0, end: found.bytes - 1 };
  const headers = new Headers({
    'content-type': 'application/octet-stream',
    'content-length': String(end - start + 1),
    'accept-ranges': 'bytes',
    etag: `"${sha256}"`,
    'cache-control': 'private, no-store',
  });
  if (range) headers.set('content-range', `bytes ${start}-${end}/${found.bytes}`);
  const isBodyless = context.req.method === 'HEAD' || end < start;
  const body = isBodyless
    ? null
    : (Readable.toWeb(deps.objects.read(station.organizationId, sha256, { start, end })) as ReadableStream);
  return new Response(body, { status: range ? 206 : 200, headers });
});

type ByteRange = { start: number; end: number };

function rangeOf(header: string | undefined, bytes: number): ByteRange | 'unsatisfiable' | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!parts || (parts[1] === '' && parts[2] === '')) return undefined;
  const [first, last] = [parts[1] ?? '', parts[2] ?? ''];
  const start = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  return start >= bytes || (first === '' && Number(last) === 0) ? 'unsatisfiable' : { start, end };
}

export const objectHandlers: Readonly<Record<string, Handler>> = {
  'PUT /sync/v1/objects/{sha256}': put,
  'GET /sync/v1/objects/{sha256}': get,
  'HEAD /sync/v1/objects/{sha256}': get,
};
