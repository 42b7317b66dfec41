/** What the tile says in words of a picture that is not drawn, or not all of it, in both languages. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtRenderer } from '../renderer/built-renderer.ts';
import { bandedFile, type Elements } from './banded-file.ts';
import { openReading, servePage } from './reading-page.ts';
import { createReadingWorld } from './reading-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-words-'));
afterAll(() => rmSync(folder, { recursive: true }));
const values = Array.from({ length: 8 }, (_, at) => at * 500);
let serial = 0;

/** A banded file of 12 bits with these elements; `encode` writes it anew by a tool of DCMTK. */
function write(elements: Elements, options: { encode?: string; values?: readonly number[] } = {}): string {
  serial += 1;
  const path = join(folder, `${serial}.dcm`);
  writeFileSync(path, bandedFile({ values: options.values ?? values, elements }, serial));
  if (options.encode === undefined) return `${serial}.dcm`;
  execFileSync(options.encode, [path, join(folder, `${serial}-encoded.dcm`)], { stdio: 'pipe' });
  return `${serial}-encoded.dcm`;
}

describe.each([
  {
    locale: 'en',
    sigmoid: 'It asks for a contrast curve that is no straight line, which this viewer does not draw yet.',
    overlay: '1 layer of marks is not shown',
    outside: 'Its values are larger than its header allows: something else lies in their unused bits.',
    flat: 'All values are equal',
    save: 'Save the file as it came',
  },
  {
    locale: 'id',
    sigmoid: 'Gambar ini meminta kurva kontras yang bukan garis lurus, yang belum ditampilkan penampil ini.',
    overlay: '1 lapisan tanda tidak ditampilkan',
    outside: 'Nilainya lebih besar daripada yang diizinkan kepalanya: ada hal lain di bit yang tidak terpakai.',
    flat: 'Semua nilai sama',
    save: 'Simpan berkas apa adanya',
  },
] as const)('in $locale', { timeout: 120_000 }, ({ locale, ...words }) => {
  const world = createReadingWorld(folder);
  let served: Awaited<ReturnType<typeof servePage>>;
  let reading: Awaited<ReturnType<typeof openReading>>;
  let patientId = '';

  beforeAll(async () => {
    patientId = world.addPatient({ written: ['Bands', 'Words'], number: 'K-1', born: '1964-02-12', sex: 'M' });
    served = await servePage(builtRenderer(), world);
    reading = await openReading(served.origin, world, { locale });
  }, 300_000);
  afterAll(async () => {
    await reading?.close();
    served?.close();
  });
  const open = async (path: string): Promise<void> => {
    const studyId = await world.addStudy({ patientId, procedure: 'Bands', modality: 'OT', paths: [path], minutes: 10 });
    await reading.go(`#/read?studyId=${studyId}&patientId=${patientId}`);
  };

  it('a curve that is not drawn: why, and the file', async () => {
    await open(write({ '00281050DS': 2048, '00281051DS': 1024, '00281056CS': 'SIGMOID' }));
    await reading.page.getByText(words.sigmoid).waitFor();
    expect(await reading.page.locator('[data-shown]').count()).toBe(0);
    await reading.page.getByRole('button', { name: words.save }).waitFor();
  });

  it('layers of marks that are left out', async () => {
    await open(write({ '60000010US': 192, '60000011US': 128, '60003000OW': Buffer.alloc(3072, 0xff) }));
    await reading.page.locator('[data-shown]').waitFor();
    await reading.page.getByText(words.overlay).waitFor();
  });

  it('bits above the stored ones that only decoding shows', async () => {
    await open(write({}, { encode: 'dcmcjpls', values: values.map((value, at) => value + (at === 3 ? 0x1000 : 0)) }));
    await reading.page.getByText(words.outside).waitFor();
    expect(await reading.page.locator('[data-shown]').count()).toBe(0);
    await reading.page.getByRole('button', { name: words.save }).waitFor();
  });

  it('a picture of one value', async () => {
    await open(write({}, { values: values.map(() => 7) }));
    await reading.page.getByText(words.flat).waitFor();
  });
});
