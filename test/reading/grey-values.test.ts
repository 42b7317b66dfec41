/// <reference lib="dom" />
/**
 * What `drawable` lets through is drawn right, by the processor and by the graphics card's path: bands of known stored values against the
 * formulas of PS3.3 C.11.1 and C.11.2.1.2, computed here.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtRenderer } from '../renderer/built-renderer.ts';
import type { StudyView } from '../../shared/imaging/views.ts';
import { openReading, servePage } from './reading-page.ts';
import { createReadingWorld } from './reading-world.ts';
import { BAND_COLUMNS, BAND_ROWS, bandedFile } from './banded-file.ts';
import { bandedCases, type BandedCase, greyOf } from './banded-cases.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-bands-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(one: BandedCase, serial: number): string {
  const plain = join(folder, `${serial}.dcm`);
  writeFileSync(plain, bandedFile(one, serial));
  if (one.encode) {
    const [tool, ...args] = one.encode;
    mkdirSync(join(folder, 'encoded'), { recursive: true });
    execFileSync(tool, [...args, plain, join(folder, 'encoded', `${serial}.dcm`)], { stdio: 'pipe' });
    writeFileSync(plain, readFileSync(join(folder, 'encoded', `${serial}.dcm`)));
  }
  return `${serial}.dcm`;
}

/** Colours in the middle of each band, and how far the last band reaches up and down for the width of all, on the canvas. */
function sample([bands, columns, rows]: readonly [number, number, number]) {
  const canvas = document.querySelector<HTMLCanvasElement>('[data-shown] canvas.cornerstone-canvas');
  const context = canvas?.getContext('2d', { willReadFrequently: true });
  if (!canvas || !context) return null;
  const scale = Math.min(canvas.width / columns, canvas.height / rows);
  const width = columns * scale;
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const at = (x: number, y: number): number[] => {
    const start = (y * canvas.width + x) * 4;
    return Array.from(data.slice(start, start + 3));
  };
  const xOf = (band: number): number => Math.round((canvas.width - width) / 2 + ((band + 0.5) / bands) * width);
  const middle = Math.round(canvas.height / 2);
  const last = Array.from({ length: canvas.height }, (_, y) => at(xOf(bands - 1), y)[0] ?? 0);
  return {
    colours: Array.from({ length: bands }, (_, band) => at(xOf(band), middle)),
    height: last.filter((grey) => grey > 127).length / width,
  };
}

describe.each(['processor', 'graphics card'] as const)('by the %s', { timeout: 120_000 }, (renderer) => {
  const world = createReadingWorld(folder);
  let served: Awaited<ReturnType<typeof servePage>>;
  let reading: Awaited<ReturnType<typeof openReading>>;
  let patientId = '';

  beforeAll(async () => {
    patientId = world.addPatient({ written: ['Bands', 'Grey'], number: 'K-1', born: '1964-02-12', sex: 'M' });
    served = await servePage(builtRenderer(), world);
    reading = await openReading(served.origin, world, { renderer });
  }, 300_000);
  afterAll(async () => {
    await reading?.close();
    served?.close();
  });

  const show = async (one: BandedCase): Promise<void> => {
    const path = write(one, bandedCases.indexOf(one) + 1);
    const studyId = await world.addStudy({
      patientId,
      procedure: one.name,
      modality: 'OT',
      paths: [path],
      minutes: 10,
    });
    const { series } = (await world.readView('imaging/study', { studyId })) as StudyView;
    expect(series[0]?.instances[0]?.verdict).toEqual({ drawable: true });
    await reading.go(`#/read?studyId=${studyId}&patientId=${patientId}`);
    const shown = reading.page.locator(`[data-shown="wadouri:/instances/${series[0]?.instances[0]?.id}"]`);
    await shown.waitFor();
  };

  it.each(bandedCases)('$name', async (one) => {
    await show(one);
    const columns = one.values.length * BAND_COLUMNS;
    // The canvas is filled by the picture as high as it should be.
    const height = BAND_ROWS * (one.aspect ?? 1);
    const size = [one.values.length, columns, height] as const;
    const wanted = one.values.map((value) => (typeof value === 'object' ? [...value] : greyOf(value, one)));
    const worst = async (): Promise<number> => {
      const seen = await reading.page.evaluate(sample, size);
      const differences = wanted.flatMap((colour, band) =>
        colour.map((wish, channel) => Math.abs(wish - (seen?.colours[band]?.[channel] ?? -255))),
      );
      return Math.max(...differences);
    };
    await expect.poll(worst, { timeout: 10_000 }).toBeLessThanOrEqual(1);
    if (one.aspect !== undefined)
      expect((await reading.page.evaluate(sample, size))?.height).toBeCloseTo(height / columns, 2);
  });

  it.each(bandedCases.slice(0, 1))('really draws: $name', async (one) => {
    // A probe of the graphics card draws a little, before the first picture.
    const probed = await reading.webGlDraws();
    await show(one);
    expect((await reading.webGlDraws()) > probed).toBe(renderer === 'graphics card');
  });
});
