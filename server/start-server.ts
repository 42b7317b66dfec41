/** The server from settings to "ready", as steps: open (lock, database, migrations) → demo → listen → lines. */
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { getRequestListener } from '@hono/node-server';
import type { Law } from '../shared/desk/ports.ts';
import type { Result } from '../shared/kernel/result.ts';
import { fail, ok } from '../shared/kernel/result.ts';
import type { ServerConfig } from './config.ts';
import { type AppDeps } from './http/request.ts';
import { createApp } from './http/app.ts';
import { type OpenServer, openServer, shortMessage } from './open-server.ts';
import { forgetFormsDaily } from './jobs/forget-forms.ts';
import { openSecrets } from './secrets.ts';
import { createHeadWatch } from './sync/stream.ts';

export const SERVER_VERSION = '0.1.0';

/** What the demo adds to the start: lines to print, and the code that the first workstation is enrolled with. */
export type DemoStart = { lines: string[]; enrolCode: string | undefined };

/**
 * Sees to it that a server without a clinic of its own has the demo clinic; asked at every start that only this machine can reach.
 * `setting` is PRAXIS_DEMO_PASSWORD as it stands.
 */
export type SeedDemo = (
  server: Pick<OpenServer, 'desk' | 'deskDeps' | 'db'>,
  setting: string | undefined,
) => Promise<DemoStart>;

export type RunningServer = {
  address: string;
  port: number;
  lines: string[];
  enrolCode: string | undefined;
  close(): Promise<void>;
};

/** Starts the server. Fails with one clear line; nothing is left open then. */
export async function startServer(
  config: ServerConfig,
  law: Law,
  seedDemo: SeedDemo | undefined,
): Promise<Result<RunningServer, string>> {
  const opened = await openServer(config, law);
  if (!opened.ok) return opened;
  const server = opened.value;
  try {
    await server.objects.clear();
    const demo =
      seedDemo && config.isLoopbackOnly
        ? await seedDemo(server, config.demoPassword)
        : { lines: [], enrolCode: undefined };
    const listening = await listen(server, config, law);
    server.log('info', 'started', { engine: server.db.engine, port: listening.port, version: SERVER_VERSION });
    return ok({
      ...listening,
      lines: [`praxis: server ${listening.address}`, ...demo.lines],
      enrolCode: demo.enrolCode,
    });
  } catch (error) {
    await server.close();
    return fail(listenFailure(error, config));
  }
}

async function listen(
  server: OpenServer,
  config: ServerConfig,
  law: Law,
): Promise<Pick<RunningServer, 'address' | 'port' | 'close'>> {
  const secrets = openSecrets(config.secretFile);
  const closing = new AbortController();
  const heads = await createHeadWatch(server.db);
  const stopForgetting = forgetFormsDaily(server.db, server.log);
  const deps: AppDeps = {
    ...server,
    law,
    heads,
    nowUtc: server.deskDeps.nowUtc,
    newId: server.deskDeps.newId,
    accessTokenSecret: Buffer.from(secrets.accessToken, 'base64url'),
    escrowPublicKey: secrets.escrowPublic,
    backupFile: config.backupFile,
    isBehindProxy: config.isBehindProxy,
    isTls: config.tls !== undefined,
    version: SERVER_VERSION,
    closing: closing.signal,
  };
  const listener = getRequestListener(createApp(deps).fetch);
  const { tls } = config;
  const http = tls
    ? createHttpsServer(
        { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) },
        (request, response) => void listener(request, response),
      )
    : createHttpServer((request, response) => void listener(request, response));
  await startListening(http, config);
  const bound = http.address();
  const port = typeof bound === 'object' && bound ? bound.port : config.port;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    address: `${tls ? 'https' : 'http'}://${host}:${port}`,
    port,
    close: async () => {
      closing.abort();
      await closeHttp(http);
      await heads.close();
      await stopForgetting();
      await server.close();
    },
  };
}

function startListening(http: Server, config: ServerConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(config.port, config.host, () => {
      http.off('error', reject);
      resolve();
    });
  });
}

const GRACE_MS = 3000;

/** Lets requests that are being answered end, for a moment; idle connections end at once. */
function closeHttp(http: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => http.closeAllConnections(), GRACE_MS);
    http.close(() => {
      clearTimeout(timer);
      resolve();
    });
    http.closeIdleConnections();
  });
}

function listenFailure(error: unknown, config: ServerConfig): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `port ${config.port} on ${config.host} is taken; set PRAXIS_SERVER_PORT`;
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') return `cannot listen on ${config.host}:${config.port} (${code})`;
  return `the server could not start: ${shortMessage(error)}`;
}
