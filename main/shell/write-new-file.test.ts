import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeReachableFolder, withoutRoot } from '../../test/world/other-user.ts';
import { writeChosenFile, writeNewFile } from './write-new-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
async function* bytes(...pieces: string[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
}
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

test('the folder is made for its owner alone, and the file too', async () => {
  const made = join(folder, 'made', 'here');
  const saved = await writeNewFile(made, { name: 'report-1a2b3c4d.pdf', chunks: bytes('ab', 'c') });
  expect(saved).toEqual({ ok: true, path: join(made, 'report-1a2b3c4d.pdf') });
  expect([modeOf(made), modeOf(join(made, 'report-1a2b3c4d.pdf'))]).toEqual(['700', '600']);
  expect(readdirSync(made)).toEqual(['report-1a2b3c4d.pdf']);
});

test('files of one name that come together each get their own', async () => {
  const many = join(folder, 'many');
  await Promise.all(
    Array.from({ length: 8 }, (_, at) => writeNewFile(many, { name: 'image-3.dcm', chunks: bytes(String(at)) })),
  );
  const names = readdirSync(many);
  expect(names.toSorted()).toEqual(['image-3.dcm', ...[2, 3, 4, 5, 6, 7, 8].map((n) => `image-3-${n}.dcm`)].toSorted());
  expect(new Set(names.map((name) => readFileSync(join(many, name), 'utf8'))).size).toBe(8);
});

test('a folder that is none or cannot be written is refused in a code', async () => {
  writeFileSync(join(folder, 'plain'), '');
  const file = () => ({ name: 'image-1.dcm', chunks: bytes('x') });
  expect(await writeNewFile(join(folder, 'plain'), file())).toEqual({ ok: false, code: 'folder-refused' });
  const { path, remove } = makeReachableFolder('locked');
  chmodSync(path, 0o555);
  expect(await withoutRoot(() => writeNewFile(path, file()))).toEqual({ ok: false, code: 'folder-refused' });
  remove();
});

test('where the person chose a file that is there, a broken stream leaves it as it was', async () => {
  const chosen = join(folder, 'chosen.pdf');
  writeFileSync(chosen, 'before');
  const broken = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('half');
    throw new Error('damaged');
  };
  await expect(writeChosenFile(chosen, broken())).rejects.toThrow('damaged');
  expect(readFileSync(chosen, 'utf8')).toBe('before');
  expect(await writeChosenFile(chosen, bytes('after'))).toEqual({ ok: true, path: chosen });
  expect(readFileSync(chosen, 'utf8')).toBe('after');
});
