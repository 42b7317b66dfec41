import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { part10Header } from '../../main/dicom/part10.ts';
import { openObject } from '../../main/vault/object-file.ts';
import { echoDevice } from '../../main/dicom/send/echo-device.ts';
import { dcmtk, type DoorFixture, openDoor, readPart10, samplesFolder, sha256 } from './door-fixture.ts';
import { openWireTap } from './wire-tap.ts';

const allSamples = process.env['PRAXIS_SAMPLES'];

let fixture: DoorFixture;
beforeEach(async () => {
  fixture = await openDoor();
});
afterEach(() => fixture.end());

const address = (): string[] => ['127.0.0.1', String(fixture.port)];

async function withStorescp(options: string[], use: (port: number) => Promise<void>): Promise<void> {
  const port = await freePort();
  const storescp = spawn('storescp', [...options, String(port)], { stdio: 'ignore' });
  try {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await dcmtk('echoscu', ['127.0.0.1', String(port)])).code === 0) break;
      await setTimeout(50);
    }
    await use(port);
  } finally {
    storescp.kill();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

/** Sends a folder by dcmsend, each file in its own syntax, and returns the hashes of the datasets as they went over the wire. */
async function sendFolder(folder: string): Promise<{ output: string; hashes: string[] }> {
  const tap = await openWireTap(fixture.port);
  const options = ['-v', '-aet', 'CT1', '-aec', 'PRAXIS', '-dn', '+sd', '+r', '-nh'];
  const { output } = await dcmtk('dcmsend', [...options, '127.0.0.1', String(tap.port), folder]);
  tap.close();
  return { output, hashes: tap.datasetHashes() };
}

/** What is on the disk, decrypted, is what went over the wire: all of it, nothing else, numbered without gaps. */
async function expectBitForBit(hashes: string[]): Promise<void> {
  const instances = fixture.door.readJournal(1, 10_000);
  for (const instance of instances) {
    const dataset = await fixture.dataset(instance);
    expect(sha256(dataset)).toBe(instance.datasetSha256);
    expect(dataset.length).toBe(instance.datasetBytes);
  }
  expect(new Set(instances.map(({ datasetSha256 }) => datasetSha256))).toEqual(new Set(hashes));
  expect(instances.map(({ journalSeq }) => journalSeq)).toEqual(instances.map((_, index) => index + 1));
}

describe('C-ECHO', () => {
  it('answers a registered caller and refuses unknown callers and wrong called titles', async () => {
    expect((await dcmtk('echoscu', ['-aet', 'CT1', '-aec', 'PRAXIS', ...address()])).code).toBe(0);
    const unknown = await dcmtk('echoscu', ['-v', '-aet', 'NOBODY', '-aec', 'PRAXIS', ...address()]);
    expect(unknown.code).toBe(1);
    expect(unknown.output).toContain('Calling AE Title Not Recognized');
    const wrong = await dcmtk('echoscu', ['-v', '-aet', 'CT1', '-aec', 'OTHER', ...address()]);
    expect(wrong.code).toBe(1);
    expect(wrong.output).toContain('Called AE Title Not Recognized');
    expect(fixture.events.map(({ kind }) => kind)).toEqual(['echo', 'refused', 'refused']);
  });

  it('counts a device from the moment it is registered', async () => {
    fixture.door.setDevices([]);
    expect((await dcmtk('echoscu', ['-aet', 'CT1', '-aec', 'PRAXIS', ...address()])).code).toBe(1);
  });
});

describe('echoing a device', () => {
  const ask = (port: number, calledAeTitle = 'PRAXIS', callingAeTitle = 'CT1', timeoutMs = 5000) =>
    echoDevice({ host: '127.0.0.1', port, callingAeTitle, calledAeTitle, timeoutMs });

  it('tells success from each way of being refused', async () => {
    expect(await ask(fixture.port)).toMatchObject({ ok: true });
    expect(await ask(fixture.port, 'OTHER')).toMatchObject({ ok: false, code: 'called_unknown' });
    expect(await ask(fixture.port, 'PRAXIS', 'NOBODY')).toMatchObject({ ok: false, code: 'calling_unknown' });
    expect(await ask(1)).toMatchObject({ ok: false, code: 'unreachable' });
  });

  it('gives up on a peer that connects and says nothing', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const bound = silent.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
    expect(await ask(port, 'X', 'Y', 400)).toMatchObject({ ok: false, code: 'no_answer' });
    silent.close();
  });

  it('is answered by storescp', async () => {
    await withStorescp(['--ignore'], async (port) => {
      expect(await ask(port, 'DEST', 'PRAXIS')).toMatchObject({ ok: true });
    });
  });
});

describe('C-STORE', () => {
  it('keeps what dcmsend sends bit for bit, in every syntax of the small samples', async () => {
    const sent = await sendFolder(samplesFolder);
    expect(sent.output).toMatch(/with status SUCCESS\s+: (2[5-9]|3[0-9])/);
    expect(sent.output).not.toMatch(/status (?!SUCCESS)[A-Z]+\s+: [1-9]/);
    await expectBitForBit(sent.hashes);
    const instances = fixture.door.readJournal(1);
    expect(new Set(instances.map(({ transferSyntaxUid }) => transferSyntaxUid)).size).toBeGreaterThanOrEqual(8);
    expect(fixture.files()).toMatchObject({ parts: [] });
    expect(fixture.files().objects).toHaveLength(instances.length);
    expect(fixture.events.filter(({ kind }) => kind === 'received')).toHaveLength(instances.length);
  });

  it.skipIf(allSamples === undefined)('keeps the whole sample tree bit for bit', async () => {
    const sent = await sendFolder(allSamples ?? '');
    // The tree grows; what the peer says went well is what went over the wire.
    const succeeded = Number(/with status SUCCESS\s+: (\d+)/.exec(sent.output)?.[1]);
    expect(succeeded).toBe(sent.hashes.length);
    expect(succeeded).toBeGreaterThanOrEqual(140);
    await expectBitForBit(sent.hashes);
    const uids = new Set(fixture.door.readJournal(1, 10_000).map(({ sopInstanceUid }) => sopInstanceUid));
    expect(uids.size).toBeGreaterThanOrEqual(122);
  });

  it.each([
    ['-xe', 'codecs/MR_small.dcm'],
    ['-xb', 'codecs/MR_small_bigendian.dcm'],
    ['-xi', 'codecs/MR_small_implicit.dcm'],
    ['-xr', 'codecs/MR_small_RLE.dcm'],
    ['-xv', 'codecs/MR_small_jp2klossless.dcm'],
    ['-xw', 'codecs/693_J2KI.dcm'],
    ['-xt', 'codecs/MR_small_jpeg_ls_lossless.dcm'],
    ['-xu', 'codecs/JPEGLSNearLossless_16.dcm'],
    ['-xy', 'codecs/SC_rgb_jpeg_dcmtk.dcm'],
    ['-xd', 'codecs/image_dfl.dcm'],
  ])('takes storescu %s', async (option, sample) => {
    const path = join(samplesFolder, sample);
    const sent = await dcmtk('storescu', [option, '-R', '-aet', 'CT1', '-aec', 'PRAXIS', ...address(), path]);
    expect(sent).toMatchObject({ code: 0 });
    const [instance] = fixture.door.readJournal(1);
    // storescu may re-encode uncompressed files and lengths; the instance is the same.
    expect(instance?.sopInstanceUid).toBe(readPart10(path).sopInstanceUid);
  });

  it('gives the object back as a DICOM file that dcmdump reads', async () => {
    const path = join(samplesFolder, 'codecs/MR_small_RLE.dcm');
    await dcmtk('dcmsend', ['-aet', 'CT1', '-aec', 'PRAXIS', '-dn', ...address(), path]);
    const instance = fixture.door.readJournal(1)[0];
    if (instance === undefined) throw new Error('nothing received');
    const opened = await openObject(join(fixture.objectFolder, instance.fileName), fixture.key);
    if (!opened.ok) throw new Error(opened.why);
    const pieces = [part10Header(instance)];
    for (let at = 0; at < opened.object.length; at += 97) {
      const piece = await opened.object.read(at, at + 97);
      if (piece.ok) pieces.push(piece.bytes);
    }
    await opened.object.close();
    const copy = join(fixture.folder, 'copy.dcm');
    writeFileSync(copy, Buffer.concat(pieces));
    const dump = async (file: string): Promise<string> =>
      (await dcmtk('dcmdump', [file])).output
        .split('\n')
        .filter((line) => !/^\(0002,|^\(fffc,fffc|^#/.test(line))
        .join('\n');
    expect(await dump(copy)).toBe(await dump(path));
    expect((await dcmtk('dcmdump', ['+P', '0002,0010', '+P', '0002,0016', copy])).output).toMatch(
      /RLELossless[\s\S]*CT1/,
    );
  });

  it('takes four senders at once and the same objects twice without keeping them twice', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => sendFolder(samplesFolder)));
    for (const { output } of all) expect(output).not.toMatch(/status (?!SUCCESS)[A-Z]+\s+: [1-9]/);
    const instances = fixture.door.readJournal(1);
    expect(new Set(instances.map(({ fileName }) => fileName)).size).toBe(instances.length);
    expect(instances.length).toBe(fixture.files().objects.length);
    await expectBitForBit(all.flatMap(({ hashes }) => hashes));
    await fixture.reopen();
    await sendFolder(samplesFolder);
    expect(fixture.door.readJournal(1)).toHaveLength(instances.length);
  });

  it('tells the sender to come again when the disk reserve is reached', async () => {
    const full = await openDoor({ freeDiskBytes: () => 1000 });
    const path = join(samplesFolder, 'codecs/MR_small.dcm');
    const sent = await dcmtk('storescu', ['-v', '-aet', 'CT1', '-aec', 'PRAXIS', '127.0.0.1', String(full.port), path]);
    expect(sent.output).toMatch(/[Oo]ut ?[Oo]f ?[Rr]esources|0xa700/);
    expect(full.door.readJournal(1)).toEqual([]);
    expect(full.files()).toEqual({ parts: [], objects: [] });
    await full.end();
  });
});

describe('the encrypted store', () => {
  it('holds nothing of a dataset in the clear, neither in files nor in the journal', async () => {
    const path = join(samplesFolder, 'codecs/MR_small.dcm');
    await dcmtk('dcmsend', ['-aet', 'CT1', '-aec', 'PRAXIS', '-dn', ...address(), path]);
    const { dataset, sopInstanceUid } = readPart10(path);
    expect(fixture.door.readJournal(1)).toHaveLength(1);
    for (const name of readdirSync(fixture.folder, { recursive: true, encoding: 'utf8' })) {
      const onDisk = join(fixture.folder, name);
      if (!statSync(onDisk).isFile()) continue;
      const bytes = readFileSync(onDisk);
      expect(bytes.includes(sopInstanceUid)).toBe(false);
      expect(bytes.includes(dataset.subarray(0, 64))).toBe(false);
    }
  });
});
