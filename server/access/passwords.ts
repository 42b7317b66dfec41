import { hash, verify } from '@node-rs/argon2';

/** argon2id as OWASP has it for a server (19 MiB, two passes, one lane); the PHC string carries the parameters. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** PHC string `$argon2id$…` of a password, with a salt of its own. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), parameters);

const nobody = hashPassword('nobody has this password');

/** Whether the password is the verifier's. Without a verifier it takes as long and says no, so that time tells no user names. */
export async function passwordMatches(verifier: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(verifier ?? (await nobody), password.normalize('NFC')).catch(() => false);
  return verifier !== undefined && matches;
}
