import { createHmac, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/**
 * SQLite answers "not a database" for a wrong key and for a damaged first page alike. A small file beside the database
 * tells them apart: an HMAC under the key, from which a random 256-bit key cannot be guessed.
 */
const pathOf = (file: string): string => `${file}.keycheck`;
const checkOf = (keyHex: string): Buffer =>
  createHmac('sha256', Buffer.from(keyHex, 'hex')).update('praxis store file, key check 1').digest();

/** `unknown` when no readable check lies beside the file (a first start, or it was lost). */
export function checkKey(file: string, keyHex: string): 'right' | 'wrong' | 'unknown' {
  if (!existsSync(pathOf(file))) return 'unknown';
  const stored = Buffer.from(readFileSync(pathOf(file), 'utf8').trim(), 'hex');
  const wanted = checkOf(keyHex);
  if (stored.length !== wanted.length) return 'unknown';
  return timingSafeEqual(stored, wanted) ? 'right' : 'wrong';
}

/** Writes the check of a key that has just opened the file. */
export function writeKeyCheck(file: string, keyHex: string): void {
  const temporary = `${pathOf(file)}.new`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeSync(handle, `${checkOf(keyHex).toString('hex')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, pathOf(file));
}
