import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journal, type JournalReport, type NewEntry, openJournal } from './journal.ts';

const key = randomBytes(32);
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-journal-'));
  file = join(folder, 'journal');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function entry(name: string): NewEntry {
  return {
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    sopInstanceUid: `1.2.${name.length}`,
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    callingAeTitle: 'CT1',
    calledAeTitle: 'PRAXIS',
    receivedAtUtc: '2026-01-01T00:00:00.000Z',
    datasetBytes: 10,
    datasetSha256: '00',
    fileName: name,
  };
}

async function open(): Promise<{ journal: Journal; report: JournalReport; seen: string[] }> {
  const seen: string[] = [];
  const opened = await openJournal(file, key, ({ fileName }) => seen.push(fileName));
  if (!opened.ok) throw new Error(opened.why);
  return { ...opened, seen };
}

const names = (journal: Journal, from = 1, limit = 10_000): string[] =>
  journal.read(from, limit).map(({ fileName }) => fileName);

/** A journal of three lines; returns its bytes and the place where the last line begins. */
async function writeThree(): Promise<{ bytes: Buffer; lastLineAt: number }> {
  const { journal } = await open();
  for (const name of ['a', 'b', 'c']) await journal.append([entry(name)]);
  journal.close();
  const bytes = readFileSync(file);
  return { bytes, lastLineAt: bytes.lastIndexOf(10, bytes.length - 2) + 1 };
}

describe('the journal', () => {
  it('numbers without gaps over restarts and gives any stretch back', async () => {
    const first = await open();
    expect(first.report).toEqual({ lines: 0, tornBytesCut: 0, damagedSeqs: [] });
    const all = Array.from({ length: 700 }, (_, index) => `n${index}`);
    await first.journal.append(all.slice(0, 300).map(entry));
    for (const name of all.slice(300, 310)) await first.journal.append([entry(name)]);
    first.journal.close();
    const second = await open();
    expect(second.seen).toEqual(all.slice(0, 310));
    await second.journal.append(all.slice(310).map(entry));
    expect(second.journal.lastSeq()).toBe(700);
    for (const from of [1, 2, 256, 257, 258, 300, 513, 700]) {
      expect(names(second.journal, from)).toEqual(all.slice(from - 1));
      expect(second.journal.read(from, 3).map(({ journalSeq }) => journalSeq)).toEqual(
        [from, from + 1, from + 2].filter((seq) => seq <= 700),
      );
    }
    expect(names(second.journal, 701)).toEqual([]);
    second.journal.close();
    expect(readFileSync(file).includes('1.2.840')).toBe(false);
  });

  it('cuts a torn last line wherever it tore, and goes on with its number', async () => {
    const { bytes, lastLineAt } = await writeThree();
    for (let length = lastLineAt + 1; length < bytes.length; length += 23) {
      writeFileSync(file, bytes.subarray(0, length));
      const { journal, report } = await open();
      expect(report).toEqual({ lines: 2, tornBytesCut: length - lastLineAt, damagedSeqs: [] });
      await journal.append([entry('new')]);
      expect(names(journal)).toEqual(['a', 'b', 'new']);
      journal.close();
      const again = await open();
      expect(again.report).toEqual({ lines: 3, tornBytesCut: 0, damagedSeqs: [] });
      again.journal.close();
    }
  });

  it('cuts zeros and noise that a crash left at the end', async () => {
    const { bytes } = await writeThree();
    appendFileSync(file, Buffer.concat([Buffer.alloc(5000), randomBytes(200), Buffer.from('\nx\n')]));
    const { journal, report } = await open();
    expect(report).toMatchObject({ lines: 3, damagedSeqs: [] });
    expect(report.tornBytesCut).toBe(5203);
    journal.close();
    expect(readFileSync(file)).toHaveLength(bytes.length);
  });

  it('reports a line that was altered, moved or taken out, and keeps the others and their numbers', async () => {
    const { bytes } = await writeThree();
    const [title = '', a = '', b = '', c = ''] = bytes.toString('latin1').split('\n');
    const flipped = b.replace(/.{20}$/, (end) => (end.startsWith('A') ? `B${end.slice(1)}` : `A${end.slice(1)}`));
    const cases: [string[], number[], string[]][] = [
      [[a, flipped, c], [2], ['a', 'c']],
      [[a, c], [2], ['a', 'c']],
      [[a, b.replace(/^2/, '3'), c], [2], ['a', 'c']],
      [[a, b, flipped.replace(/^2/, '3')], [3], ['a', 'b']],
    ];
    for (const [lines, damagedSeqs, left] of cases) {
      writeFileSync(file, `${[title, ...lines].join('\n')}\n`);
      const { journal, report } = await open();
      expect(report).toMatchObject({ damagedSeqs, tornBytesCut: 0 });
      expect(names(journal)).toEqual(left);
      await journal.append([entry('d')]);
      expect(journal.read(4, 10).map(({ fileName }) => fileName)).toEqual(['d']);
      journal.close();
    }
  });

  it('is left alone when the key is another, or the file no journal', async () => {
    const { bytes } = await writeThree();
    expect(await openJournal(file, randomBytes(32), () => {})).toMatchObject({ ok: false, code: 'not_a_journal' });
    expect(readFileSync(file)).toEqual(bytes);
    writeFileSync(file, 'something else\n');
    expect(await openJournal(file, key, () => {})).toMatchObject({ ok: false, code: 'not_a_journal' });
    expect(readFileSync(file, 'utf8')).toBe('something else\n');
  });
});
