/**
 * The way back to a workstation's key where its machine and its paper are lost (design §6, "independent slots can always unwrap the
 * station key"): the X25519 secret that this server agrees on with the station's sealed slot. It opens that one slot and nothing else, and
 * whoever has it also needs the station's data folder, where the slot lies.
 */
import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { z } from 'zod';
import { writeReleaseCode } from '../../shared/kernel/checked-groups.ts';
import { fail, ok, type Result } from '../../shared/kernel/result.ts';
import type { Db } from '../db/db.ts';
import { inOrganization } from '../db/tenant.ts';
import type { Secrets } from '../secrets.ts';

const escrowSchema = z.object({
  keyId: z.string(),
  slots: z.tuple([z.object({ serverPublicKey: z.string(), ephemeralPublicKey: z.string() })]),
});

export type ReleasedKey = { stationId: string; stationName: string; isRevoked: boolean; releaseCode: string };
type Row = { id: string; name: string; escrow: string; revoked_at: Date | null };

/** The first 8 to 32 hexadecimal digits of a station key's id. */
export const isKeyId = (text: string): boolean => /^[0-9a-f]{8,32}$/.test(text);

/** The release code for the station whose key id begins with `keyId`. Fails with one line. */
export async function releaseEscrow(db: Db, secrets: Secrets, keyId: string): Promise<Result<ReleasedKey, string>> {
  const found: Array<Row & { sealed: z.infer<typeof escrowSchema> }> = [];
  for (const { id } of await db.query<{ id: string }>('select id from organizations order by id')) {
    const rows = await inOrganization(db, id, (tx) =>
      tx.query<Row>('select id, name, escrow, revoked_at from stations where escrow is not null'),
    );
    for (const row of rows) {
      const sealed = readEscrow(row.escrow);
      if (sealed?.keyId.startsWith(keyId)) found.push({ ...row, sealed });
    }
  }
  const [one, another] = found;
  if (!one) return fail(`no station of this server has sealed a key ${keyId} to it`);
  if (another) return fail(`more than one key begins with ${keyId}; give more of its digits`);
  const [slot] = one.sealed.slots;
  if (slot.serverPublicKey !== secrets.escrowPublic)
    return fail('this key was sealed to another secrets file than the one in this folder');
  const releaseCode = writeReleaseCode(agree(secrets, slot.ephemeralPublicKey));
  return ok({ stationId: one.id, stationName: one.name, isRevoked: one.revoked_at !== null, releaseCode });
}

function readEscrow(text: string): z.infer<typeof escrowSchema> | undefined {
  try {
    return escrowSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function agree({ escrowPublic, escrowPrivate }: Secrets, ephemeralPublicKey: string): Buffer {
  const key = { kty: 'OKP', crv: 'X25519' };
  return diffieHellman({
    privateKey: createPrivateKey({ format: 'jwk', key: { ...key, x: escrowPublic, d: escrowPrivate } }),
    publicKey: createPublicKey({ format: 'jwk', key: { ...key, x: ephemeralPublicKey } }),
  });
}
