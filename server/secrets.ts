import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { z } from 'zod';

const secretsSchema = z.strictObject({
  /** HS256 key of access tokens, base64url. */
  accessToken: z.string().min(43),
  /** X25519 key pair that stations seal their key to (escrow), JWK coordinates, base64url raw. */
  escrowPublic: z.string().length(43),
  escrowPrivate: z.string().length(43),
});
export type Secrets = z.infer<typeof secretsSchema>;

/** The server's secrets; made at the first start, mode 0600. Processes that start together agree on the first one's. */
export function openSecrets(path: string): Secrets {
  const found = readSecrets(path);
  if (found) return found;
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const secrets = secretsSchema.parse({
    accessToken: randomBytes(32).toString('base64url'),
    escrowPublic: publicKey.export({ format: 'jwk' }).x,
    escrowPrivate: privateKey.export({ format: 'jwk' }).d,
  });
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  writeSync(file, JSON.stringify(secrets));
  fsyncSync(file);
  closeSync(file);
  try {
    // A link, unlike a rename, never replaces what another process made meanwhile.
    linkSync(temporary, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  return readSecrets(path) ?? secrets;
}

function readSecrets(path: string): Secrets | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const parsed = secretsSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error('the file of secrets is damaged');
  return parsed.data;
}
