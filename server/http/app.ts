import { type Context, Hono } from 'hono';
import { factsOfError } from '../log.ts';
import { authenticate } from './authenticate.ts';
import type { Problem } from './errors.ts';
import { problem, problemOfThrown, problemResponse, statusOf } from './errors.ts';
import { accountHandlers } from './account-handlers.ts';
import { readAddress, readBody } from './read-request.ts';
import { type AppDeps, type Call, type Handler, remoteAddressOf } from './request.ts';
import { type Route, routes } from './routes.ts';
import { stationAdminHandlers } from '../stations/station-routes.ts';
import { stationHandlers } from './station-handlers.ts';
import { syncHandlers } from './sync-handlers.ts';

/**
 * The HTTP application. Every request goes the same way: policy, address, body, handler, one translator for what fails, one line
 * in the log.
 *
 * @throws when a route has no handler or a handler no route
 */
export function createApp(deps: AppDeps): Hono {
  const handlers: Readonly<Record<string, Handler>> = {
    ...accountHandlers,
    ...stationAdminHandlers,
    ...stationHandlers,
    ...syncHandlers,
  };
  const keyOf = (route: Route): string => `${route.method} ${route.path}`;
  const keys = new Set(routes.map(keyOf));
  const stray = [
    ...routes.map(keyOf).filter((key) => !handlers[key]),
    ...Object.keys(handlers).filter((key) => !keys.has(key)),
  ];
  if (stray.length > 0) throw new Error(`routes and handlers differ: ${stray.join(', ')}`);

  const app = new Hono();
  for (const route of routes) {
    const handler = handlers[keyOf(route)];
    // Hono answers HEAD by the route of GET; the policy is the same, and the handler sees the method.
    if (!handler || route.method === 'HEAD') continue;
    app.on(route.method, route.path.replaceAll(/\{(\w+)\}/g, ':$1'), (context) => serve(deps, route, handler, context));
  }
  app.notFound((context) => {
    const dialect = context.req.path.startsWith('/sync/') ? 'sync' : 'native';
    return withHeaders(problemResponse(problem('not-found'), dialect), deps);
  });
  return app;
}

async function serve(deps: AppDeps, route: Route, handler: Handler, context: Context): Promise<Response> {
  const startedMs = performance.now();
  const who: { stationId?: string; userId?: string; organizationId?: string | undefined } = {};
  const answered = await answerOf(deps, route, handler, context, who).catch((error: unknown) => {
    deps.log('error', 'request-failed', { method: route.method, route: route.path, ...factsOfError(error) });
    return problemOfThrown(error);
  });
  const response = answered instanceof Response ? answered : problemResponse(answered, route.dialect);
  deps.log('info', 'request', {
    method: context.req.method,
    route: route.path,
    status: answered instanceof Response ? answered.status : statusOf(answered.problem),
    code: answered instanceof Response ? undefined : answered.problem,
    durationMs: Math.round(performance.now() - startedMs),
    ...who,
  });
  return withHeaders(response, deps);
}

async function answerOf(
  deps: AppDeps,
  route: Route,
  handler: Handler,
  context: Context,
  who: { stationId?: string; userId?: string; organizationId?: string | undefined },
): Promise<Response | Problem> {
  const remoteAddress = remoteAddressOf(context, deps.isBehindProxy);
  const authenticated = await authenticate(deps, context, route, remoteAddress);
  if (!authenticated.ok) return authenticated.problem;
  const { user, station } = authenticated;
  if (station) Object.assign(who, { stationId: station.stationId, organizationId: station.organizationId });
  if (user) Object.assign(who, { userId: user.userId, organizationId: user.organizationId });
  const address = readAddress(context, route);
  if (!address.ok) return address.problem;
  const body = await readBody(context, route);
  if (!body.ok) return body.problem;
  // The policy has made sure that `user` or `station` is there where the route needs one.
  const call = {
    deps,
    context,
    body: body.value,
    ...address.value,
    remoteAddress,
    user,
    station,
  } as unknown as Call<never>;
  return handler(call);
}

function withHeaders(response: Response, deps: AppDeps): Response {
  const headers = new Headers(response.headers);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'no-referrer');
  headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  headers.set('cross-origin-resource-policy', 'same-origin');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  if (deps.isTls) headers.set('strict-transport-security', 'max-age=31536000');
  return new Response(response.body, { status: response.status, headers });
}
