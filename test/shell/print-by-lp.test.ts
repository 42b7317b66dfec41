import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createPretendPrinter } from '../world/pretend-printer.ts';
import { printByLp } from '../../main/shell/print-by-lp.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-lp-'));
const printer = createPretendPrinter(folder);
const paper = { title: 'Praxis receipt', bytes: new Uint8Array(200_000).fill(7) };
const print = () => printByLp(paper, { PATH: folder });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('without lp there is no printer', async () => {
  expect(await print()).toEqual({ ok: false, code: 'no-printer' });
});

test('the bytes go through standard input, and the queue is named', async () => {
  printer.setPrinter('Front-Desk-2');
  expect(await print()).toEqual({ ok: true, printer: 'Front-Desk-2' });
  expect(Buffer.compare(printer.printedBytes(), paper.bytes)).toBe(0);
});

test.each([
  ['lp: Error - No default destination available.', 'no-printer'],
  ['lp: Error - The printer or class does not exist.', 'no-printer'],
  ['lp: Error - scheduler not responding!', 'no-printer'],
  ['lp: Unsupported document-format', 'print-failed'],
])('%s → %s', async (words, code) => {
  printer.refuse(words);
  expect(await print()).toEqual({ ok: false, code });
});
