import { z } from 'zod';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A UUID in lower case (RFC 9562). Ids that we make are version 7, so that they sort by the time they were made. */
export const idSchema = z.string().regex(uuid);

/** UUIDv7 (RFC 9562 5.7): 48 bits of milliseconds, the rest from `random` (at least 10 bytes). */
export function uuidV7(nowMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  let rest = nowMs;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return formatUuid(bytes);
}

/** A UUID in text from 16 bytes. */
export function formatUuid(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * A second id that follows from a first: the same UUID as version 8 (free form) with a one-digit role in it. Two stations that
 * do the same thing to the same record while apart (receive one patient) so make one document, not two.
 */
export function derivedId(id: string, role: Role): string {
  return `${id.slice(0, 14)}8${shiftedDigit(id, role)}${id.slice(16)}`;
}

/** The version 7 id that a derived one follows from. */
export function derivedFrom(derived: string, role: Role): string {
  return `${derived.slice(0, 14)}7${shiftedDigit(derived, 16 - role)}${derived.slice(16)}`;
}

type Role = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;
const shiftedDigit = (id: string, by: number): string => ((Number.parseInt(id.charAt(15), 16) + by) % 16).toString(16);
