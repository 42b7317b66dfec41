import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chunkBytes, objectHeaderBytes } from './object-cipher.ts';
import { openObject } from './object-file.ts';
import { createIncomingObject } from './incoming-object.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-object-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = randomBytes(32);
const sealed = chunkBytes + 16;
let made = 0;

async function keep(plain: Uint8Array, pieceBytes = 10_007): Promise<string> {
  const path = join(folder, `${(made += 1)}.obj`);
  const object = createIncomingObject(path, key);
  for (let at = 0; at < plain.length; at += pieceBytes) object.write(plain.subarray(at, at + pieceBytes));
  await object.finish();
  return path;
}

/** Reads all of an object; the problem's code where it is not what was written. */
async function readAll(path: string, withKey: Uint8Array = key): Promise<Buffer | string> {
  const opened = await openObject(path, withKey);
  if (!opened.ok) return opened.code;
  const read = await opened.object.read(0, opened.object.length);
  await opened.object.close();
  return read.ok ? read.bytes : read.code;
}

function altered(path: string, change: (bytes: Buffer) => Buffer): string {
  const copy = join(folder, `${(made += 1)}.obj`);
  writeFileSync(copy, change(readFileSync(path)));
  return copy;
}

describe('object files', () => {
  it.each([0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes, 700_001])(
    'give %d bytes back',
    async (length) => {
      const plain = randomBytes(length);
      // By `equals`: vitest compares byte by byte, which takes seconds.
      for (const pieceBytes of [10_007, 1_000_000]) {
        const read = await readAll(await keep(plain, pieceBytes));
        expect(read instanceof Buffer && read.equals(plain)).toBe(true);
      }
    },
  );

  it('give any range', async () => {
    const plain = randomBytes(3 * chunkBytes + 5);
    const opened = await openObject(await keep(plain), key);
    if (!opened.ok) throw new Error(opened.why);
    const ranges = [
      [0, 1],
      [chunkBytes - 1, chunkBytes + 1],
      [5, 3 * chunkBytes + 99],
      [3 * chunkBytes + 5, 1e9],
      [-1, 4],
      [9, 2],
    ] as const;
    const read = await Promise.all(ranges.map(([start, end]) => opened.object.read(start, end)));
    await opened.object.close();
    for (const [index, [start, end]] of ranges.entries()) {
      const expected = start < 0 || end < start ? Buffer.alloc(0) : plain.subarray(start, end);
      const result = read[index];
      expect([index, result?.ok === true && expected.equals(result.bytes)]).toEqual([index, true]);
    }
  });

  it('tell a flipped bit anywhere, header included', async () => {
    const path = await keep(randomBytes(2 * chunkBytes + 100));
    const { length } = readFileSync(path);
    const places = [
      0,
      4,
      5,
      8,
      39,
      objectHeaderBytes,
      5000,
      objectHeaderBytes + chunkBytes,
      objectHeaderBytes + sealed,
      length - 17,
      length - 1,
    ];
    for (const place of places) {
      const broken = altered(path, (bytes) => {
        bytes[place] = (bytes[place] ?? 0) ^ 1;
        return bytes;
      });
      expect([place, await readAll(broken)]).toEqual([place, 'object_damaged']);
    }
  });

  it('tell a cut end on opening, also between two chunks', async () => {
    const path = await keep(randomBytes(3 * chunkBytes));
    for (const length of [
      0,
      10,
      objectHeaderBytes,
      objectHeaderBytes + 15,
      objectHeaderBytes + sealed,
      objectHeaderBytes + 2 * sealed,
      150_000,
    ]) {
      const opened = await openObject(
        altered(path, (bytes) => bytes.subarray(0, length)),
        key,
      );
      expect(opened).toMatchObject({ ok: false, code: 'object_damaged' });
    }
  });

  it('tell chunks that were swapped, repeated or taken from another object', async () => {
    const [path, other] = [await keep(randomBytes(3 * chunkBytes)), await keep(randomBytes(3 * chunkBytes))];
    const chunk = (bytes: Buffer, index: number): Buffer =>
      bytes.subarray(objectHeaderBytes + index * sealed, objectHeaderBytes + (index + 1) * sealed);
    const build = (order: number[]) => (bytes: Buffer) =>
      Buffer.concat([bytes.subarray(0, objectHeaderBytes), ...order.map((index) => chunk(bytes, index))]);
    for (const order of [
      [1, 0, 2],
      [0, 0, 2],
      [0, 2],
      [0, 1, 1, 2],
      [0, 1, 2, 2],
    ]) {
      expect(await readAll(altered(path, build(order)))).toBe('object_damaged');
    }
    expect(await readAll(altered(path, build([0, 1, 2])))).toBeInstanceOf(Buffer);
    const foreign = readFileSync(other);
    expect(
      await readAll(
        altered(path, (bytes) =>
          Buffer.concat([bytes.subarray(0, objectHeaderBytes + sealed), chunk(foreign, 1), chunk(bytes, 2)]),
        ),
      ),
    ).toBe('object_damaged');
  });

  it('tell another key and a missing file', async () => {
    expect(await readAll(await keep(randomBytes(10)), randomBytes(32))).toBe('object_damaged');
    expect(await readAll(join(folder, 'none.obj'))).toBe('object_missing');
  });
});
