import { fail, ok, type Result } from './result.ts';

/**
 * Secrets as a person writes them down, reads them aloud and types them: groups of three signs (Crockford base32). Two signs carry ten
 * bits, the third checks them and the group's place, so that a slip is found in its group.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `group` counts from 1. */
export type GroupsMistake = { code: 'groups-length'; groups: number } | { code: 'groups-wrong'; group: number };

/** Values of ten bits each (0 to 1023) as groups separated by `-`. */
export function writeGroups(values: readonly number[]): string {
  return values
    .map((value, position) => {
      const [a, b] = [value >> 5, value & 31];
      return signOf(a) + signOf(b) + signOf(checkOf(a, b, position));
    })
    .join('-');
}

/** How many groups were typed, a begun one included. */
export const countGroups = (typed: string): number => Math.ceil(signsOf(typed).length / 3);

/** The canonical form (no separators) of `count` groups as they were typed: any case and spacing, `O` as 0, `I` and `L` as 1. */
export function readGroups(typed: string, count: number): Result<string, GroupsMistake> {
  const signs = signsOf(typed);
  const groups = signs.match(/.{1,3}/g) ?? [];
  for (const [position, group] of groups.slice(0, count).entries()) {
    const [a, b, check] = Array.from(group).map((sign) => alphabet.indexOf(sign));
    if (a === undefined || b === undefined || check === undefined) continue; // too short, see below
    const isRight = a >= 0 && b >= 0 && check === checkOf(a, b, position);
    if (!isRight) return fail({ code: 'groups-wrong', group: position + 1 });
  }
  if (signs.length !== count * 3) return fail({ code: 'groups-length', groups: groups.length });
  return ok(signs);
}

/** Groups of a release code: 32 bytes, the last group filled up with zero bits. */
export const RELEASE_CODE_GROUPS = 26;

/** 32 bytes as a release code. */
export function writeReleaseCode(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .padEnd(RELEASE_CODE_GROUPS * 10, '0');
  return writeGroups((bits.match(/.{10}/g) ?? []).map((ten) => Number.parseInt(ten, 2)));
}

/** The 32 bytes of a release code as it was typed. */
export function readReleaseCode(typed: string): Result<Uint8Array, GroupsMistake> {
  const read = readGroups(typed, RELEASE_CODE_GROUPS);
  if (!read.ok) return read;
  const bits = (read.value.match(/.{3}/g) ?? [])
    .flatMap(([a = '', b = '']) => [a, b].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')))
    .join('');
  return ok(Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2)));
}

const signsOf = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[\s\-–—.]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');

// Odd factors: every single wrong sign changes the check; the place catches swapped groups.
const checkOf = (a: number, b: number, position: number): number => (a * 3 + b * 7 + position * 5 + 11) % 32;
const signOf = (value: number): string => alphabet.charAt(value);
