import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createObjectEncryptor } from '../../main/vault/object-cipher.ts';
import { createParser } from '../../main/parser/pool.ts';
import { createForkedProcesses } from '../../main/shell/forked-process.ts';

const processes = createForkedProcesses();
const folder = mkdtempSync(join(tmpdir(), 'praxis-parser-'));
const key = new Uint8Array(32).fill(7);
const mortal = new URL('./mortal-child.ts', import.meta.url);
const transferSyntaxUid = '1.2.840.10008.1.2.1';

afterAll(async () => {
  await processes.endAll();
  rmSync(folder, { recursive: true });
});

function store(name: string, dataset: Buffer): string {
  const encryptor = createObjectEncryptor(key);
  const objectPath = join(folder, name);
  writeFileSync(objectPath, Buffer.concat([encryptor.header, ...encryptor.push(dataset), encryptor.end()]));
  return objectPath;
}

describe('the parser pool', () => {
  it('sets aside what hangs, dies, grows or lies, and goes on with a new child', async () => {
    const parser = createParser({
      startProcess: processes.start,
      entry: mortal,
      jobLimitMs: 1000,
      firstJobLimitMs: 10_000,
      maxOldSpaceMb: 64,
    });
    const parse = (objectPath: string) => parser.parse({ objectPath, key, transferSyntaxUid });
    const [first, hang, afterHang, exit, afterExit, lie, twice, last] = await Promise.all(
      ['fine', 'hang', 'fine', 'exit', 'fine', 'lie', 'twice', 'fine'].map(parse),
    );
    expect(hang).toEqual({ ok: false, reason: 'timeout' });
    expect(exit).toEqual({ ok: false, reason: 'crashed' });
    expect([first, afterHang, afterExit, lie, twice, last]).toEqual(
      Array.from({ length: 6 }, () => ({ ok: false, reason: 'unreadable' })),
    );
    parser.close();
    expect(await parse('fine')).toEqual({ ok: false, reason: 'closed' });
  });

  it('lays a death from outside to no object: it is read again by a new child', async () => {
    let pid: number | undefined;
    let started = 0;
    const parser = createParser({
      startProcess: (...args) => {
        const child = processes.start(...args);
        started += 1;
        pid = child.pid;
        return child;
      },
      entry: mortal,
    });
    const parse = (objectPath: string) => parser.parse({ objectPath, key, transferSyntaxUid });
    await parse('fine');
    const answer = parse('fine');
    process.kill(pid ?? 0, 'SIGKILL');
    expect(await answer).toEqual({ ok: false, reason: 'unreadable' });
    expect(started).toBe(2);
    parser.close();
  });

  it('closed while it reads, it says so, and not that the object is bad', async () => {
    const parser = createParser({ startProcess: processes.start, entry: mortal });
    const answers = ['hang', 'fine'].map((objectPath) => parser.parse({ objectPath, key, transferSyntaxUid }));
    parser.close();
    expect(await Promise.all(answers)).toEqual([
      { ok: false, reason: 'closed' },
      { ok: false, reason: 'closed' },
    ]);
  });

  it('keeps a growing child inside its heap', async () => {
    const parser = createParser({
      startProcess: processes.start,
      entry: mortal,
      firstJobLimitMs: 30_000,
      maxOldSpaceMb: 64,
    });
    const parse = (objectPath: string) => parser.parse({ objectPath, key, transferSyntaxUid });
    expect(await parse('grow')).toEqual({ ok: false, reason: 'crashed' });
    expect(await parse('fine')).toEqual({ ok: false, reason: 'unreadable' });
    parser.close();
  });

  it('reads encrypted objects in the real child, which the known killer does not end', async () => {
    let started = 0;
    const parser = createParser({
      startProcess: (...args) => {
        started += 1;
        return processes.start(...args);
      },
    });
    const parse = (objectPath: string, own = key) => parser.parse({ objectPath, key: own, transferSyntaxUid });
    const uid = Buffer.from('08001800554906003100322e33200000'.slice(0, 28), 'hex');
    const plain = store('plain', uid);
    const bomb = store(
      'bomb',
      Buffer.concat([uid, Buffer.from('28001000554e00000000001000000000', 'hex').subarray(0, 14)]),
    );
    expect(await parse(plain)).toMatchObject({ ok: true });
    expect(await parse(bomb)).toMatchObject({ ok: true, header: { rows: null, hasPixelData: false } });
    expect(await parse(join(folder, 'none'))).toEqual({ ok: false, reason: 'unreadable' });
    expect(await parse(plain, new Uint8Array(32))).toEqual({ ok: false, reason: 'unreadable' });
    expect(await parse(plain)).toMatchObject({ ok: true });
    expect(started).toBe(1);
    parser.close();
  });
});
