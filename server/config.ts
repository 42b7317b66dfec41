import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { unknownVariables } from '../shared/config/variables.ts';
import type { Result } from '../shared/kernel/result.ts';
import { fail, ok } from '../shared/kernel/result.ts';

export type ServerConfig = {
  host: string;
  port: number;
  /** The server's own folder. Absolute. */
  dataDir: string;
  logFile: string;
  databaseUrl: string | undefined;
  databaseOwnerUrl: string | undefined;
  tls: { certFile: string; keyFile: string } | undefined;
  isBehindProxy: boolean;
  /** Whether only this machine can reach the server: demo sign-ins are made only then. */
  isLoopbackOnly: boolean;
  /** PRAXIS_DEMO_PASSWORD as it stands: one password for all demo sign-ins, `off` for none; undefined when it is not set. */
  demoPassword: string | undefined;
  secretFile: string;
  /** Where it is noted what lies in a backup. */
  backupFile: string;
};

const filled = z.string().min(1);
const environmentSchema = z.object({
  PRAXIS_SERVER_HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:-]{1,253}$/, 'must be an address or a host name')
    .default('127.0.0.1'),
  PRAXIS_SERVER_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
    .default('9000')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535'),
  PRAXIS_DATA: filled.default('.praxis'),
  PRAXIS_TLS_CERT: filled.optional(),
  PRAXIS_TLS_KEY: filled.optional(),
  PRAXIS_BEHIND_PROXY: z.enum(['yes', 'no'], 'must be yes or no').default('no'),
  PRAXIS_SECRET_FILE: filled.optional(),
  PRAXIS_DATABASE_OWNER_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'must be a postgres:// address')
    .optional(),
  PRAXIS_DEMO_PASSWORD: z.string().min(3, 'must be "off" or at least 3 characters').optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'must be a postgres:// address')
    .optional(),
});

const isLoopbackHost = (host: string): boolean => /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);

/**
 * The server's settings from its environment; `dataDir` overrides the folder. Fails with one line that names the variable and what
 * is wrong, never a value that may be a secret. An empty variable counts as not set.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  dataDir?: string,
): Result<ServerConfig, string> {
  const unknown = unknownVariables(env);
  if (unknown.length > 0) return fail(`${unknown[0]} is not a setting that Praxis knows`);
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environmentSchema.safeParse(set);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail(`${issue?.path.join('.')} ${issue?.message}`);
  }
  const values = parsed.data;
  if (!values.PRAXIS_TLS_CERT !== !values.PRAXIS_TLS_KEY)
    return fail('PRAXIS_TLS_CERT and PRAXIS_TLS_KEY go together; one is not set');
  const tls =
    values.PRAXIS_TLS_CERT && values.PRAXIS_TLS_KEY
      ? { certFile: values.PRAXIS_TLS_CERT, keyFile: values.PRAXIS_TLS_KEY }
      : undefined;
  const isBehindProxy = values.PRAXIS_BEHIND_PROXY === 'yes';
  const isLoopbackOnly = isLoopbackHost(values.PRAXIS_SERVER_HOST) && !isBehindProxy;
  if (!isLoopbackHost(values.PRAXIS_SERVER_HOST) && !tls && !isBehindProxy) {
    return fail(
      'PRAXIS_SERVER_HOST is not this machine alone: set PRAXIS_TLS_CERT and PRAXIS_TLS_KEY, or PRAXIS_BEHIND_PROXY=yes',
    );
  }
  const folder = resolve(dataDir ?? join(values.PRAXIS_DATA, 'server'));
  const logs = env['PRAXIS_DATA'] ? join(resolve(values.PRAXIS_DATA), 'logs') : join(dirname(folder), 'logs');
  return ok({
    host: values.PRAXIS_SERVER_HOST,
    port: values.PRAXIS_SERVER_PORT,
    dataDir: folder,
    logFile: join(logs, 'server.log'),
    databaseUrl: values.DATABASE_URL,
    databaseOwnerUrl: values.PRAXIS_DATABASE_OWNER_URL,
    tls,
    isBehindProxy,
    isLoopbackOnly,
    demoPassword: values.PRAXIS_DEMO_PASSWORD,
    secretFile: values.PRAXIS_SECRET_FILE ? resolve(values.PRAXIS_SECRET_FILE) : join(folder, 'secrets.json'),
    backupFile: join(folder, 'backup.json'),
  });
}
