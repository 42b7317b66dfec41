import { z } from 'zod';
import { fail, ok } from '../../../shared/kernel/result.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { readJsonFile, writeFileAtomically } from './atomic-file.ts';
import { type GroupsMistake, readReleaseCode } from '../../../shared/kernel/checked-groups.ts';
import { parseRecoveryKey } from './recovery-key.ts';
import { agreeWith, seal, unseal } from './sealed-box.ts';
import { stationKeyId } from './station-key.ts';
import type { StationKey } from './station-key.ts';

/**
 * The station key's slots: each holds the key wrapped in another way, and any of them opens it. The file lies in the key
 * folder, never in the data folder.
 */
const box = { salt: z.string(), nonce: z.string(), sealed: z.string() };
const slotSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('host-secret'), ...box }),
  z.strictObject({ kind: z.literal('recovery'), ...box }),
  z.strictObject({ kind: z.literal('escrow'), serverPublicKey: z.string(), ephemeralPublicKey: z.string(), ...box }),
]);
const slotsSchema = z.strictObject({ version: z.literal(1), keyId: z.string().length(32), slots: z.array(slotSchema) });

export type KeySlot = z.infer<typeof slotSchema>;
export type KeySlots = z.infer<typeof slotsSchema>;
export type SlotKind = KeySlot['kind'];

/** What a slot is wrapped with. */
export type WrapWith =
  /** 32 random bytes kept in `DesktopHost.secrets`. */
  | { kind: 'host-secret'; secret: Uint8Array }
  /** As `createRecoveryKey` gave it. */
  | { kind: 'recovery'; recoveryKey: string }
  /** The server's X25519 public key, 32 raw bytes as base64url. */
  | { kind: 'escrow'; serverPublicKey: string };

/** What opens a slot. */
export type UnlockWith =
  | { kind: 'host-secret'; secret: Uint8Array }
  | { kind: 'recovery'; recoveryKey: string }
  /** As the server gave it for this station (`server/stations/release-escrow.ts`). */
  | { kind: 'escrow'; releaseCode: string };

export type UnlockFailure = { code: 'no-such-slot' } | { code: 'wrong-key' } | GroupsMistake;
export type SlotsFileFailure = { code: 'slots-missing' } | { code: 'slots-damaged' };

/** A slots file for a new station key, without slots yet. */
export function createKeySlots(stationKey: StationKey): KeySlots {
  return { version: 1, keyId: stationKeyId(stationKey), slots: [] };
}

/** Wraps the station key anew, replacing the slot of that kind. Throws when the key is not the one of these slots. */
export function wrapStationKey(
  slots: KeySlots,
  stationKey: StationKey,
  wrapWith: WrapWith,
): Result<KeySlots, GroupsMistake> {
  if (stationKeyId(stationKey) !== slots.keyId) throw new Error('these slots belong to another station key');
  const made = makeSlot(slots, stationKey, wrapWith);
  if (!made.ok) return made;
  const others = slots.slots.filter((slot) => slot.kind !== wrapWith.kind);
  return ok({ ...slots, slots: [...others, made.value] });
}

/** Takes a slot away; the last one stays, for without any the data is lost. */
export function dropSlot(slots: KeySlots, kind: SlotKind): Result<KeySlots, { code: 'last-slot' }> {
  const left = slots.slots.filter((slot) => slot.kind !== kind);
  return left.length === 0 ? fail({ code: 'last-slot' }) : ok({ ...slots, slots: left });
}

/** The station key by any slot. */
export function unlockStationKey(slots: KeySlots, unlockWith: UnlockWith): Result<StationKey, UnlockFailure> {
  const slot = slots.slots.find((one) => one.kind === unlockWith.kind);
  if (!slot) return fail({ code: 'no-such-slot' });
  const secret = secretFor(slot, unlockWith);
  if (!secret.ok) return secret;
  const bytes = secret.value ? unseal(secret.value, purposeOf(slots, slot.kind), slot) : undefined;
  if (bytes?.length !== 32) return fail({ code: 'wrong-key' });
  const stationKey: StationKey = { bytes };
  return stationKeyId(stationKey) === slots.keyId ? ok(stationKey) : fail({ code: 'wrong-key' });
}

/** Reads and checks the slots file. */
export function readKeySlots(file: string): Result<KeySlots, SlotsFileFailure> {
  const json = readJsonFile(file);
  if (json === undefined) return fail({ code: 'slots-missing' });
  const parsed = slotsSchema.safeParse(json);
  return parsed.success ? ok(parsed.data) : fail({ code: 'slots-damaged' });
}

/** Writes the slots file at once and durably. */
export function writeKeySlots(file: string, slots: KeySlots): void {
  writeFileAtomically(file, `${JSON.stringify(slots, null, 2)}\n`);
}

const purposeOf = (slots: KeySlots, kind: SlotKind): string => `praxis key slot 1 ${kind} ${slots.keyId}`;

function makeSlot(slots: KeySlots, key: StationKey, wrapWith: WrapWith): Result<KeySlot, GroupsMistake> {
  const { kind } = wrapWith;
  const purpose = purposeOf(slots, kind);
  if (kind === 'host-secret') return ok({ kind, ...seal(hostSecret(wrapWith.secret), purpose, key.bytes) });
  if (kind === 'recovery') {
    const parsed = parseRecoveryKey(wrapWith.recoveryKey);
    return parsed.ok ? ok({ kind, ...seal(Buffer.from(parsed.value), purpose, key.bytes) }) : parsed;
  }
  const { serverPublicKey } = wrapWith;
  const { secret, ephemeralPublicKey } = agreeWith(serverPublicKey);
  const bound = escrowSecret(secret, ephemeralPublicKey, serverPublicKey);
  return ok({ kind, serverPublicKey, ephemeralPublicKey, ...seal(bound, purpose, key.bytes) });
}

function secretFor(slot: KeySlot, unlockWith: UnlockWith): Result<Buffer | undefined, GroupsMistake> {
  if (unlockWith.kind === 'host-secret') return ok(Buffer.from(unlockWith.secret));
  if (unlockWith.kind === 'recovery') {
    const parsed = parseRecoveryKey(unlockWith.recoveryKey);
    return parsed.ok ? ok(Buffer.from(parsed.value)) : parsed;
  }
  if (slot.kind !== 'escrow') return ok(undefined);
  const agreed = readReleaseCode(unlockWith.releaseCode);
  if (!agreed.ok) return agreed;
  return ok(escrowSecret(agreed.value, slot.ephemeralPublicKey, slot.serverPublicKey));
}

// Both public keys are bound in, as in RFC 9180: the same secret under other keys opens nothing.
const escrowSecret = (secret: Uint8Array, ephemeralPublicKey: string, serverPublicKey: string): Buffer =>
  Buffer.concat([secret, Buffer.from(ephemeralPublicKey, 'base64url'), Buffer.from(serverPublicKey, 'base64url')]);

function hostSecret(secret: Uint8Array): Uint8Array {
  if (secret.length < 32) throw new Error('a host secret has at least 32 bytes');
  return secret;
}
