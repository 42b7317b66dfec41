import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ReceivedInstance } from './ports.ts';

/**
 * Form of the journal, version 1. First line `praxis-journal 1 <salt> <check>`, the check telling a wrong key from a torn file; then one line per entry, `<journalSeq> <sealed>`, sealed
 * being nonce, ciphertext and tag of AES-256-GCM in base64. The number is authenticated with the entry, so that no line can be
 * altered, moved or passed off as another. Nonces are random: a number may be used again after a torn line was cut.
 */
export type JournalCipher = {
  seal(entry: ReceivedInstance): string;
  /** Undefined where the line is torn, altered, or of another key. */
  open(line: string): ReceivedInstance | undefined;
};

const algorithm = 'aes-256-gcm';
const title = 'praxis-journal 1 ';
const lineForm = /^([1-9][0-9]{0,14}) ([A-Za-z0-9+/]+={0,2})$/;

const journalKey = (key: Uint8Array, salt: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, 'praxis dicom journal v1', 32));
const checkOf = (derived: Uint8Array): Buffer => createHmac('sha256', derived).update('key check').digest();

/** A new journal's first line, with a fresh salt. */
export function newJournalTitle(key: Uint8Array): string {
  const salt = randomBytes(32);
  return `${title}${salt.toString('base64')} ${checkOf(journalKey(key, salt)).toString('base64')}`;
}

/** The number that a line claims, sealed or not; undefined where it has not the form of a line. */
export function claimedSeq(line: string): number | undefined {
  const [, seq] = lineForm.exec(line) ?? [];
  return seq === undefined ? undefined : Number(seq);
}

/** The cipher for the journal with this first line; undefined if it is no journal's first line, or was made with another key. */
export function createJournalCipher(key: Uint8Array, titleLine: string): JournalCipher | undefined {
  if (!titleLine.startsWith(title)) return undefined;
  const [salt, check] = titleLine
    .slice(title.length)
    .split(' ')
    .map((part) => Buffer.from(part, 'base64'));
  if (salt?.length !== 32 || check?.length !== 32) return undefined;
  const derived = journalKey(key, salt);
  if (!timingSafeEqual(check, checkOf(derived))) return undefined;
  return {
    seal(entry) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv(algorithm, derived, nonce);
      cipher.setAAD(Buffer.from(String(entry.journalSeq)));
      const text = Buffer.from(JSON.stringify(entry));
      const sealed = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
      return `${entry.journalSeq} ${sealed.toString('base64')}\n`;
    },
    open(line) {
      const [, seq, sealedText] = lineForm.exec(line) ?? [];
      if (seq === undefined || sealedText === undefined) return undefined;
      const sealed = Buffer.from(sealedText, 'base64');
      if (sealed.length < 28) return undefined;
      const decipher = createDecipheriv(algorithm, derived, sealed.subarray(0, 12), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(seq));
      decipher.setAuthTag(sealed.subarray(-16));
      try {
        const text = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
        // Authentic, hence written by us: its shape needs no second check.
        const entry = JSON.parse(text.toString()) as ReceivedInstance;
        return entry.journalSeq === Number(seq) ? entry : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
