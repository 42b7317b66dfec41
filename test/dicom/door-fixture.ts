import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDoor, type Door, type DoorOptions } from '../../main/dicom/door.ts';
import { openObject } from '../../main/vault/object-file.ts';
import type { DicomDevice, DoorEvent, DoorLogEntry, ReceivedInstance } from '../../main/dicom/ports.ts';

export const samplesFolder = join(import.meta.dirname, '../samples/dicom');

export function device(aeTitle: string, port = 104): DicomDevice {
  return { deviceId: aeTitle, aeTitle, modality: 'CT', host: '127.0.0.1', port, specificCharacterSet: 'ISO_IR 192' };
}

export type DoorFixture = {
  door: Door;
  port: number;
  folder: string;
  objectFolder: string;
  key: Buffer;
  events: DoorEvent[];
  logged: DoorLogEntry[];
  reopen(): Promise<void>;
  /** Dataset of an instance as it lies on the disk, decrypted. */
  dataset(instance: ReceivedInstance): Promise<Buffer>;
  /** Files not whole, and whole ones. */
  files(): { parts: string[]; objects: string[] };
  end(): Promise<void>;
};

/** A door on a free port over a folder of its own. */
export async function openDoor(options: Partial<DoorOptions> = {}): Promise<DoorFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-door-'));
  const objectFolder = join(folder, 'objects');
  const key = randomBytes(32);
  const events: DoorEvent[] = [];
  const logged: DoorLogEntry[] = [];
  const create = (): Door =>
    createDoor({
      host: '127.0.0.1',
      port: 0,
      aeTitle: 'PRAXIS',
      devices: ['CT1', 'US1', 'ECHOSCU', 'STORESCU'].map((aeTitle) => device(aeTitle)),
      objectFolder,
      journalFile: join(folder, 'journal'),
      key,
      findWorklist: () => ({ status: 'ok', answers: [], keys: {}, leftOut: [] }),
      onEvent: (event) => events.push(event),
      log: (entry) => logged.push(entry),
      clock: Date.now,
      freeDiskBytes: () => 1e15,
      ...options,
    });
  const listen = async (door: Door): Promise<number> => {
    const listening = await door.listen();
    if (!listening.ok) throw new Error(listening.why);
    return listening.port;
  };
  const first = create();
  const fixture: DoorFixture = {
    door: first,
    port: await listen(first),
    folder,
    objectFolder,
    key,
    events,
    logged,
    async reopen() {
      await fixture.door.close();
      fixture.door = create();
      fixture.port = await listen(fixture.door);
    },
    async dataset(instance) {
      const opened = await openObject(join(objectFolder, instance.fileName), key);
      if (!opened.ok) throw new Error(opened.why);
      const read = await opened.object.read(0, opened.object.length);
      await opened.object.close();
      if (!read.ok) throw new Error(read.why);
      return read.bytes;
    },
    files: () => filesOf(objectFolder),
    async end() {
      await fixture.door.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return fixture;
}

export function filesOf(objectFolder: string): { parts: string[]; objects: string[] } {
  const all = readdirSync(objectFolder, { recursive: true, encoding: 'utf8' });
  return { parts: all.filter((name) => name.endsWith('.part')), objects: all.filter((name) => name.endsWith('.obj')) };
}

/** Runs a DCMTK tool; never rejects. */
export function dcmtk(tool: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, TCP_NODELAY: '1' };
    execFile(tool, args, { env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, output: stdout + stderr });
    });
  });
}

/** The bytes after the file meta group of a DICOM file, and what the group says (PS3.10 7.1). */
export function readPart10(path: string): { dataset: Buffer; sopInstanceUid: string; transferSyntaxUid: string } {
  const file = readFileSync(path);
  if (file.toString('latin1', 128, 132) !== 'DICM') throw new Error(`${path} has no preamble`);
  const groupEnd = 144 + file.readUInt32LE(140);
  const meta = new Map<number, string>();
  let at = 132;
  while (at < groupEnd) {
    const hasLongLength = ['OB', 'UN', 'OW', 'UT'].includes(file.toString('latin1', at + 4, at + 6));
    const length = hasLongLength ? file.readUInt32LE(at + 8) : file.readUInt16LE(at + 6);
    const start = at + (hasLongLength ? 12 : 8);
    meta.set(file.readUInt16LE(at + 2), file.toString('latin1', start, start + length).replace(/[\0 ]+$/, ''));
    at = start + length;
  }
  return {
    dataset: file.subarray(groupEnd),
    sopInstanceUid: meta.get(3) ?? '',
    transferSyntaxUid: meta.get(0x10) ?? '',
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
