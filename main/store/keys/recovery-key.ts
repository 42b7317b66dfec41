import { randomInt } from 'node:crypto';
import { fail, ok } from '../../../shared/kernel/result.ts';
import type { Result } from '../../../shared/kernel/result.ts';

/**
 * A recovery key as a person writes it down: 24 groups of three signs (Crockford base32). Two signs carry ten random bits
 * (240 in all), the third checks them and the group's place, so that a slip is found in its group while typing.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groupCount = 24;

export type RecoveryKeyMistake =
  | { code: 'recovery-key-length'; groups: number }
  /** `group` counts from 1. */
  | { code: 'recovery-key-group'; group: number };

/** A new random recovery key, as shown once: groups separated by `-`. */
export function createRecoveryKey(): string {
  const groups = Array.from({ length: groupCount }, (_, position) => {
    const [a, b] = [randomInt(32), randomInt(32)];
    return signOf(a) + signOf(b) + signOf(checkOf(a, b, position));
  });
  return groups.join('-');
}

/** The canonical form (72 signs, no separators) of what was typed: any case and spacing, `O` as 0, `I` and `L` as 1. */
export function parseRecoveryKey(typed: string): Result<string, RecoveryKeyMistake> {
  const signs = typed
    .toUpperCase()
    .replace(/[\s\-–—.]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const groups = signs.match(/.{1,3}/g) ?? [];
  for (const [position, group] of groups.slice(0, groupCount).entries()) {
    const [a, b, check] = Array.from(group).map((sign) => alphabet.indexOf(sign));
    if (a === undefined || b === undefined || check === undefined) continue; // too short, see below
    const isRight = a >= 0 && b >= 0 && check === checkOf(a, b, position);
    if (!isRight) return fail({ code: 'recovery-key-group', group: position + 1 });
  }
  if (signs.length !== groupCount * 3) return fail({ code: 'recovery-key-length', groups: groups.length });
  return ok(signs);
}

// Odd factors: every single wrong sign changes the check; the place catches swapped groups.
const checkOf = (a: number, b: number, position: number): number => (a * 3 + b * 7 + position * 5 + 11) % 32;
const signOf = (value: number): string => alphabet.charAt(value);
