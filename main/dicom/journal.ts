import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { syncData, syncFolder } from '../vault/durable-files.ts';
import { claimedSeq, createJournalCipher, type JournalCipher, newJournalTitle } from './journal-line.ts';
import type { ReceivedInstance } from './ports.ts';

export type NewEntry = Omit<ReceivedInstance, 'journalSeq'>;

export type Journal = {
  /** Number of the last line; 0 when there is none. */
  lastSeq(): number;
  /**
   * Numbers the entries, appends them in one write and resolves when they are on the disk. One append at a time. Rejects with
   * the system's error; then nothing of it stands in the journal.
   */
  append(entries: NewEntry[]): Promise<ReceivedInstance[]>;
  /** Up to `limit` entries from number `fromSeq` on, in order. Damaged lines are left out. */
  read(fromSeq: number, limit: number): ReceivedInstance[];
  close(): void;
};

/** What opening found: bytes of a torn end that were cut, and numbers of lines before the end that can't be read any more. */
export type JournalReport = { lines: number; tornBytesCut: number; damagedSeqs: number[] };

export type JournalOpened =
  | { ok: true; journal: Journal; report: JournalReport }
  | { ok: false; code: 'not_a_journal'; why: string };

/** Every so many lines the place of one is remembered, so that a read from the middle need not begin at the front. */
const indexEvery = 256;
const readBytes = 1 << 20;

/**
 * Opens or makes the journal: append-only, each line sealed (see journal-line.ts), numbers without gaps. Every authentic entry
 * is shown to `onEntry`. A torn last line, never acknowledged to anyone, is cut off; a damaged line further up is reported and
 * left as it is.
 */
export async function openJournal(
  file: string,
  key: Uint8Array,
  onEntry: (entry: ReceivedInstance) => void,
): Promise<JournalOpened> {
  if (!existsSync(file)) await createJournalFile(file, key);
  const fd = openSync(file, 'r+');
  const scanned = scan(fd, key, onEntry);
  if (scanned === undefined) {
    closeSync(fd);
    return {
      ok: false,
      code: 'not_a_journal',
      why: 'the journal file has no readable first line, or was made with another key',
    };
  }
  const { cipher, offsets, report } = scanned;
  let { endBytes, lastSeq } = scanned;
  if (report.tornBytesCut > 0) {
    ftruncateSync(fd, endBytes);
    await syncData(fd);
  }

  let isBroken = false;
  const takeBack = (): void => {
    try {
      ftruncateSync(fd, endBytes);
    } catch {
      // Half a line may stand at the end: nothing may follow it before a restart has cut it.
      isBroken = true;
    }
  };

  const journal: Journal = {
    lastSeq: () => lastSeq,
    async append(entries) {
      if (isBroken) throw Object.assign(new Error('journal needs a restart'), { code: 'EIO' });
      const numbered = entries.map((entry, index) => ({ ...entry, journalSeq: lastSeq + 1 + index }));
      const bytes = Buffer.from(numbered.map((entry) => cipher.seal(entry)).join(''));
      try {
        writeAllAt(fd, bytes, endBytes);
        await syncData(fd);
      } catch (error) {
        takeBack();
        throw error;
      }
      for (const { journalSeq } of numbered) noteOffset(offsets, journalSeq, endBytes);
      endBytes += bytes.length;
      lastSeq += numbered.length;
      return numbered;
    },
    read(fromSeq, limit) {
      const found: ReceivedInstance[] = [];
      const startSeq = Math.max(1, fromSeq);
      if (startSeq > lastSeq || limit < 1) return found;
      const start = offsets[Math.floor((startSeq - 1) / indexEvery)] ?? 0;
      for (const { text } of linesFrom(fd, start, endBytes)) {
        const entry = cipher.open(text);
        if (entry !== undefined && entry.journalSeq >= startSeq) found.push(entry);
        if (found.length === limit) break;
      }
      return found;
    },
    close: () => closeSync(fd),
  };
  return { ok: true, journal, report };
}

/** Made whole under another name first: a journal without its first line never exists. */
async function createJournalFile(file: string, key: Uint8Array): Promise<void> {
  const unfinished = `${file}.new`;
  rmSync(unfinished, { force: true });
  const fd = openSync(unfinished, 'wx', 0o600);
  try {
    writeSync(fd, `${newJournalTitle(key)}\n`);
    await syncData(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(unfinished, file);
  await syncFolder(dirname(file));
}

function writeAllAt(fd: number, bytes: Uint8Array, position: number): void {
  let at = 0;
  while (at < bytes.length) at += writeSync(fd, bytes, at, bytes.length - at, position + at);
}

/** Remembers where the first line of a stretch of `indexEvery` numbers begins (or a place before it). */
function noteOffset(offsets: number[], journalSeq: number, at: number): void {
  const slot = Math.floor((journalSeq - 1) / indexEvery);
  while (offsets.length <= slot) offsets.push(at);
}

type Scan = { cipher: JournalCipher; offsets: number[]; endBytes: number; lastSeq: number; report: JournalReport };

function scan(fd: number, key: Uint8Array, onEntry: (entry: ReceivedInstance) => void): Scan | undefined {
  const { size } = fstatSync(fd);
  const lines = linesFrom(fd, 0, size);
  const first = lines.next();
  if (first.done === true || !first.value.isWhole) return undefined;
  const cipher = createJournalCipher(key, first.value.text);
  if (cipher === undefined) return undefined;
  const offsets: number[] = [];
  const damagedSeqs: number[] = [];
  let endBytes = first.value.end;
  let lastSeq = 0;
  for (const { text, end, isWhole } of lines) {
    const entry = isWhole ? cipher.open(text) : undefined;
    // A whole line with the right number that does not open was once good: its number stays used. Anything else is a torn end.
    const isDamaged = isWhole && entry === undefined && claimedSeq(text) === lastSeq + 1;
    if (!isDamaged && (entry === undefined || entry.journalSeq <= lastSeq)) continue;
    const journalSeq = entry?.journalSeq ?? lastSeq + 1;
    const firstMissing = lastSeq + 1;
    for (let missing = firstMissing; missing < journalSeq; missing += 1) damagedSeqs.push(missing);
    if (entry === undefined) damagedSeqs.push(journalSeq);
    else onEntry(entry);
    noteOffset(offsets, journalSeq, endBytes);
    lastSeq = journalSeq;
    endBytes = end;
  }
  const report = { lines: lastSeq - damagedSeqs.length, tornBytesCut: size - endBytes, damagedSeqs };
  return { cipher, offsets, endBytes, lastSeq, report };
}

/** Lines between two places of the file, with where each ends; the last may lack its line feed. */
function* linesFrom(
  fd: number,
  start: number,
  stop: number,
): Generator<{ text: string; end: number; isWhole: boolean }> {
  let rest = Buffer.alloc(0);
  let at = start;
  while (at < stop) {
    const buffer = Buffer.alloc(Math.min(readBytes, stop - at));
    const got = readSync(fd, buffer, 0, buffer.length, at);
    if (got === 0) break;
    at += got;
    rest = rest.length === 0 ? buffer.subarray(0, got) : Buffer.concat([rest, buffer.subarray(0, got)]);
    let from = 0;
    for (let feed = rest.indexOf(10); feed !== -1; feed = rest.indexOf(10, from)) {
      const text = rest.toString('latin1', from, feed);
      from = feed + 1;
      yield { text, end: at - rest.length + from, isWhole: true };
    }
    rest = rest.subarray(from);
  }
  if (rest.length > 0) yield { text: rest.toString('latin1'), end: at, isWhole: false };
}
