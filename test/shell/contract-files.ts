import assert from 'node:assert/strict';
import { type ContractCase, openTestWindow } from './contract-harness.ts';

async function* inPieces(...pieces: number[][]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield new Uint8Array(piece);
}

/** Half a file, and then the disk or the key gives up. */
async function* breaksOff(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array([1, 2, 3]);
  throw new Error('damaged');
}

/** Files and papers that leave the workstation. */
export const fileCases = (): ContractCase[] => [
  {
    name: 'saves a file whole, and a second of the same name beside it',
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const save = (...pieces: number[][]) =>
        harness.host.saveFile({ name: 'report-0a1b2c3d.pdf', chunks: inPieces(...pieces) }, window.windowId);
      const first = await save([37, 80], [], [68, 70]);
      const second = await save([1]);
      assert.ok(first.ok && second.ok);
      assert.match(first.path, /report-0a1b2c3d\.pdf$/);
      assert.notEqual(first.path, second.path);
      assert.deepEqual([...(await harness.savedBytes(first.path))], [37, 80, 68, 70]);
      assert.deepEqual([...(await harness.savedBytes(second.path))], [1]);
      window.close();
    },
  },
  {
    name: 'leaves nothing of a file that breaks off, and takes no name that is a path',
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const before = await harness.savedNames();
      await assert.rejects(
        harness.host.saveFile({ name: 'image-1.dcm', chunks: breaksOff() }, window.windowId),
        /damaged/,
      );
      for (const name of ['../out.pdf', '/etc/x.pdf', 'a/b.pdf', '.pdf', 'no-ending', 'Joko Widodo.pdf', ''])
        await assert.rejects(
          harness.host.saveFile({ name, chunks: inPieces([1]) }, window.windowId),
          { message: 'Not a name for an outgoing file' },
          name,
        );
      assert.deepEqual(await harness.savedNames(), before);
      window.close();
    },
  },
  {
    name: 'prints a paper, or says that there is no printer',
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const bytes = new Uint8Array(300_000).fill(80);
      const print = () => harness.host.printPaper({ title: 'Praxis report', bytes }, window.windowId);
      await harness.setPrinter(null);
      assert.deepEqual(await print(), { ok: false, code: 'no-printer' });
      await harness.setPrinter('Front-Desk');
      assert.deepEqual(await print(), { ok: true, printer: 'Front-Desk' });
      const printed = await harness.printedBytes();
      assert.equal(printed.length, bytes.length);
      assert.ok(printed.every((byte) => byte === 80));
      await harness.setPrinter(null);
      window.close();
    },
  },
];
