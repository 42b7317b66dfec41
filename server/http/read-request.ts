import type { Context } from 'hono';
import { drain } from './drain.ts';
import type { Problem } from './errors.ts';
import { fieldsOf, problem } from './errors.ts';
import { parameterSchemas, type Route } from './routes.ts';

const DEFAULT_MAX_BYTES = 1_000_000;

export type Read<T> = { ok: true; value: T } | { ok: false; problem: Problem };
const bad = (given: Problem): { ok: false; problem: Problem } => ({ ok: false, problem: given });

/** Parameters and query as their schemas want them. An id of the wrong form is as unknown as one that nobody has. */
export function readAddress(
  context: Context,
  route: Route,
): Read<{ params: Record<string, string>; query: Record<string, string> }> {
  const params = context.req.param() as Record<string, string>;
  for (const [name, value] of Object.entries(params)) {
    if (!parameterSchemas[name]?.safeParse(value).success) return bad(problem('not-found'));
  }
  const query = context.req.query();
  if (!route.query) {
    const extra = Object.keys(query)[0];
    return extra === undefined
      ? { ok: true, value: { params, query } }
      : bad(problem('validation-failed', { fields: { [extra.slice(0, 80)]: 'unknown-field' } }));
  }
  const parsed = route.query.safeParse(query);
  return parsed.success
    ? { ok: true, value: { params, query } }
    : bad(problem('validation-failed', { fields: fieldsOf(parsed.error) }));
}

/** The body of a route that has a schema, within its size; undefined for a route without one. */
export async function readBody(context: Context, route: Route): Promise<Read<unknown>> {
  if (!route.body) return { ok: true, value: undefined };
  if (!/^application\/json\b/i.test(context.req.header('content-type') ?? '')) return bad(problem('not-json'));
  const bytes = await readLimited(context.req.raw, route.maxBodyBytes ?? DEFAULT_MAX_BYTES);
  if (!bytes) return bad(problem('too-large'));
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return bad(problem('malformed-json'));
  }
  const parsed = route.body.safeParse(json);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : bad(problem('validation-failed', { fields: fieldsOf(parsed.error) }));
}

async function readLimited(request: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of request.body?.values({ preventCancel: true }) ?? []) {
    total += chunk.length;
    if (total > maxBytes) break;
    chunks.push(chunk);
  }
  if (total <= maxBytes) return Buffer.concat(chunks);
  await drain(request.body);
  return undefined;
}
