import assert from 'node:assert/strict';
import type { ChildProcess } from '../../main/shell/desktop-host.ts';
import { type ContractCase, openTestWindow } from './contract-harness.ts';

const entry = new URL('./child-entry.ts', import.meta.url);

const nextMessage = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.onMessage(resolve));
const exitCode = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.onExit(resolve));

/** Printing, secrets, processes, addresses. */
export const machineCases = (): ContractCase[] => [
  {
    name: 'prints to PDF',
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const pdf = await window.printToPdf();
      assert.ok(pdf instanceof Uint8Array);
      assert.equal(new TextDecoder().decode(pdf.subarray(0, 5)), '%PDF-');
      if (harness.host.name !== 'fake')
        assert.match(Buffer.from(pdf).toString('latin1'), /MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
      window.close();
    },
  },
  {
    name: 'keeps secrets by name',
    run: async ({ host }) => {
      const key = new Uint8Array([1, 2, 3, 0, 255]);
      assert.equal(await host.secrets.get('absent'), undefined);
      await host.secrets.set('station-key', key);
      assert.deepEqual(await host.secrets.get('station-key'), key);
      await host.secrets.set('station-key', key.subarray(1));
      assert.deepEqual(await host.secrets.get('station-key'), key.slice(1));
      await host.secrets.delete('station-key');
      await host.secrets.delete('station-key');
      assert.equal(await host.secrets.get('station-key'), undefined);
      const backend = await host.secrets.backend();
      if (host.name !== 'electron') assert.equal(backend.strong, false);
      assert.ok(backend.note.length > 0);
    },
  },
  {
    name: 'starts processes: messages clone, exit codes, kill, heap cap',
    run: async ({ host }) => {
      const child = host.startProcess(entry, ['echo'], { name: 'contract' });
      const first = nextMessage(child);
      child.post({ date: new Date(5), bytes: new Uint8Array([1, 2]), map: new Map([[1, 'a']]) });
      const got = (await first) as {
        args: string[];
        value: { date: Date; bytes: Uint8Array; map: Map<number, string> };
      };
      assert.deepEqual(got.args, ['echo']);
      assert.ok(
        got.value.date instanceof Date && got.value.bytes instanceof Uint8Array && got.value.map.get(1) === 'a',
      );
      const left = exitCode(child);
      child.post('exit 3');
      assert.equal(await left, 3);
      child.post('to nobody');

      const killed = host.startProcess(entry, ['wait']);
      const gone = exitCode(killed);
      killed.kill();
      assert.notEqual(await gone, 0);

      const capped = host.startProcess(entry, ['heap'], { maxOldSpaceMb: 64 });
      const heap = (await nextMessage(capped)) as { limitMb: number };
      // The young generation comes on top; without a cap it is over 2 GB.
      assert.ok(heap.limitMb < 400, `heap limit is ${heap.limitMb} MB`);
      const end = exitCode(capped);
      capped.kill();
      await end;
    },
  },
  {
    name: 'opens no address but plain https',
    run: async ({ host }) => {
      const hostile = [
        'file:///etc/passwd',
        'http://example.com',
        'javascript:alert(1)',
        'smb://x/y',
        'https://a:b@example.com',
        'ms-msdt:/id',
        '',
        '//example.com',
        'mailto:a@b.c',
        'vbscript:x',
        String.raw`\\host\share`,
      ];
      for (const address of hostile) assert.equal(await host.openExternal(address), false, address);
    },
  },
  {
    name: 'takes one handler per channel and one for the app',
    run: async ({ host }) => {
      assert.throws(() => host.handle('view.open', async () => 1));
      assert.throws(() => host.handleApp(async () => ({ status: 200, headers: {}, body: null })));
    },
  },
];
