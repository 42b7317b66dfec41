/// <reference lib="dom" />
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page, Request } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtRenderer } from '../renderer/built-renderer.ts';
import { openReading, servePage } from './reading-page.ts';
import type { ReadingList, StudyView } from '../../shared/imaging/views.ts';
import { readPart10 } from '../dicom-dataset/part10-file.ts';
import { createReadingWorld } from './reading-world.ts';

/** All sample files where there are (28 slices of one head, every syntax of one slice), else those of the repository. */
const samples = process.env['PRAXIS_SAMPLES'] || join(import.meta.dirname, '../samples/dicom');
const has = (path: string): boolean => existsSync(join(samples, path));
const headSlices = readdirSync(join(samples, 'ct-series-ge'))
  .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
  .map((name) => `ct-series-ge/${name}`);
/** A stack of sections opens in its middle, a few pictures with the first. */
const firstShown = headSlices.length > 8 ? Math.floor(headSlices.length / 2) + 1 : 1;
const last = headSlices.length;
/** 12-bit JPEG, else HTJ2K: neither is proven to decode right. */
const notProven = [
  'ct-all-transfer-syntaxes/CTImage.dcm_JPEGProcess2_4TransferSyntax_1.2.840.10008.1.2.4.51.dcm',
  'codecs/HTJ2KLossless_08_RGB.dcm',
].find(has) as string;
/** The machine may be busy with other tests: what is awaited has time. */
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 60_000 });
const shots = join(import.meta.dirname, '../../test-results/screens');

describe('the reading station', { timeout: 300_000 }, () => {
  const world = createReadingWorld(samples);
  let served: Awaited<ReturnType<typeof servePage>>;
  let reading: Awaited<ReturnType<typeof openReading>>;
  let page: Page;
  let ali = '';
  let head = '';

  const addOne = async (paths: readonly string[], modality: string): Promise<string> =>
    world.addStudy({ patientId: ali, procedure: modality, modality, paths, minutes: 10 });
  const openStudy = async (studyId: string): Promise<void> => {
    await reading.go(`#/read?studyId=${studyId}&patientId=${ali}`);
    await page.reload();
    await page.locator('[data-shown]').first().waitFor();
  };
  const tile = () => page.getByRole('group', { name: /^Viewport 1/ });
  /** Grey of the canvas at a point of the picture, given as shares of the fitted picture. */
  const meanGrey = (): Promise<number> =>
    page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-shown] canvas.cornerstone-canvas');
      const context = canvas?.getContext('2d', { willReadFrequently: true });
      if (!canvas || !context) return -1;
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let sum = 0;
      for (let at = 0; at < data.length; at += 4)
        sum += ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3;
      return sum / (data.length / 4);
    });
  /** What DCMTK paints of a file with the window given, as the mean grey over a canvas of this shape. */
  const dcmtkGrey = (path: string, args: string[], box: { width: number; height: number }): number => {
    // `dcmj2pnm` reads JPEG, but not JPEG-LS.
    const tool = readPart10(join(samples, path)).transferSyntaxUid.startsWith('1.2.840.10008.1.2.4.8')
      ? 'dcml2pnm'
      : 'dcmj2pnm';
    const pgm = execFileSync(tool, [...args, '+op', join(samples, path)], { maxBuffer: 1e8 });
    const [, kind, columns, rows] =
      /^(P[56])\s+(?:#.*\s)*(\d+)\s+(\d+)\s+\d+\s/.exec(pgm.toString('latin1', 0, 200)) ?? [];
    const values = pgm.subarray(pgm.length - Number(columns) * Number(rows) * (kind === 'P6' ? 3 : 1));
    const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
    const fit = Math.min(box.width / Number(columns), box.height / Number(rows));
    return (mean * Number(columns) * fit * Number(rows) * fit) / (box.width * box.height);
  };

  beforeAll(async () => {
    ali = world.addPatient({
      written: ['العلي', 'محمد'],
      latin: ['Al-Ali', 'Mohammed'],
      number: 'K-003982',
      born: '1964-02-12',
      sex: 'M',
    });
    const long = world.addPatient({
      written: ['Wiryosumarto Kusumaningrat Adiwijaya', 'Raden Ajeng Kartika Puspita'],
      number: 'K-000001',
      born: '1990',
      sex: 'F',
    });
    await world.addStudy({
      patientId: ali,
      procedure: 'CT head',
      modality: 'CT',
      paths: headSlices.slice(-16),
      minutes: 28_800,
    });
    head = await world.addStudy({
      patientId: ali,
      procedure: 'CT head, plain',
      modality: 'CT',
      paths: [...headSlices, 'pdf/pdf.dcm', notProven],
      minutes: 44,
      urgent: true,
      question: 'Headache 3 days, word-finding trouble since yesterday. New infarct?',
    });
    await world.addStudy({
      patientId: long,
      procedure: 'X-ray chest',
      modality: 'CR',
      paths: ['cr-dx/dx_image.dcm'],
      minutes: 300,
    });
    served = await servePage(builtRenderer(), world);
    reading = await openReading(served.origin, world);
    page = reading.page;
    mkdirSync(shots, { recursive: true });
  }, 300_000);
  afterAll(async () => {
    await reading?.close();
    served?.close();
  });

  it('the list shows who waits, urgent first, and opens by keys alone', async () => {
    await reading.go('#/read');
    await page.getByRole('navigation', { name: 'Reading list' }).getByRole('button').first().waitFor();
    await page.locator('li:focus-within').first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Urgent');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.locator('[data-shown]').waitFor();
    await page.locator('[data-tool]:focus').waitFor();
    await page.screenshot({ path: join(shots, 'reading-dark-1440x900.png') });
  });

  it('scrolls, and keeps the window that the reader chose', async () => {
    await openStudy(head);
    const corner = (): Promise<string> => tile().innerText();
    const at = (image: number): RegExp => new RegExp(`Im ${image} / ${last}[\\s\\S]*W 80 · L 38`);
    expect(await corner()).toContain(`Im ${firstShown} / ${last}`);
    await tile().focus();
    await page.keyboard.press('5');
    await eventually(corner).toContain('W 80 · L 38');
    await page.keyboard.press('ArrowDown');
    await eventually(corner).toMatch(at(firstShown + 1));
    await page.keyboard.press('Home');
    await eventually(corner).toMatch(at(1));
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, 120);
    await eventually(corner).toMatch(at(Math.min(4, last)));
    const grey = await meanGrey();
    await page.keyboard.press('i');
    await eventually(corner).toContain('inverted');
    await eventually(meanGrey).toBeGreaterThan(grey + 50);
    await page.keyboard.press(' ');
    await eventually(corner).not.toContain('inverted');
  });

  it('a length of 280 pixels drawn by keys is right in millimetres, and is there again after reopening', async () => {
    await openStudy(head);
    await tile().focus();
    await page.keyboard.press('l');
    for (let at = 0; at < 14; at++) await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Enter');
    for (let at = 0; at < 28; at++) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    const row = page.getByRole('list', { name: 'Measurements' }).getByRole('listitem');
    await row.first().waitFor();
    const input = world.runs.at(-1)?.input as {
      lengthPx: number;
      lengthTenthsMm: number;
      points: { x: number; y: number }[];
    };
    const spacing = /\[(.*)\\/.exec(
      execFileSync('dcmdump', ['+P', '0028,0030', join(samples, headSlices[firstShown - 1] ?? '')]).toString(),
    );
    expect(input.lengthPx).toBe(280);
    expect(input.lengthTenthsMm).toBe(Math.round(2800 * Number(spacing?.[1])));
    expect(input.points).toEqual([
      { x: 116, y: 256 },
      { x: 396, y: 256 },
    ]);
    await openStudy(head);
    await eventually(() => page.locator('[data-measurement]').count()).toBe(1);
    const words = `${(input.lengthTenthsMm / 10).toFixed(1)} mm`;
    expect(await row.first().innerText()).toContain(words);

    await page.keyboard.press('r');
    await page.locator('[data-field=findings]').pressSequentially('Low density, ');
    await row.first().getByRole('button').first().focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type(' long. .norm ');
    await eventually(() => page.locator('[data-field=findings]').inputValue()).toBe(
      `Low density, ${words} (2:${firstShown}) long. No abnormality seen.`,
    );
    await page.getByText(/^Saved \d/).waitFor();
    await page.screenshot({ path: join(shots, 'reading-dark-report-1440x900.png') });
    await openStudy(head);
    expect(await page.locator('[data-field=findings]').inputValue()).toContain(words);
  });

  it('what is not proven is not drawn, says why, and offers the file', async () => {
    await openStudy(head);
    const series = page.getByRole('group', { name: 'Series' });
    const view = (await world.readView('imaging/study', { studyId: head })) as {
      series: { instances: { verdict: { drawable: boolean; reason?: string } }[] }[];
    };
    const verdicts = view.series.map((one) => one.instances[0]?.verdict).toSorted((a) => (a?.drawable ? -1 : 0));
    const place = verdicts.findIndex((one) => one?.reason === 'transfer_syntax_not_proven');
    await series.getByRole('button').nth(place).click();
    await page.locator('[data-reason=transfer_syntax_not_proven]').waitFor();
    expect(await page.locator('[data-shown]').count()).toBe(0);
    await page.getByRole('button', { name: 'Save the file as it came' }).click();
    await page.getByText('Saved as image-1.dcm in').waitFor();
    await series.getByRole('button', { name: /DOC/ }).click();
    await page.getByText('A PDF document').waitFor();
  });

  it('a film plays at its own rate and stops', async () => {
    await openStudy(await addOne(['us/IM00001.fragmented_no_bot_jpeg_baseline.50.dcm'], 'US'));
    await tile().focus();
    const corner = (): Promise<string> => tile().innerText();
    await page.keyboard.press('c');
    await eventually(corner).toContain('fps');
    const first = await corner();
    await eventually(corner).not.toBe(first);
    await page.keyboard.press('c');
    await eventually(corner).not.toContain('fps');
  });

  const inWindow = ['+Ww', '40', '400'];
  const slices = 'ct-all-transfer-syntaxes';
  const ctSyntax = (uid: string): string =>
    has(slices) ? `${slices}/${readdirSync(join(samples, slices)).find((name) => name.endsWith(`_${uid}.dcm`))}` : '';
  it.each(
    [
      ['explicit', ctSyntax('1.2.840.10008.1.2.1'), 'codecs/MR_small.dcm'],
      ['big endian', ctSyntax('1.2.840.10008.1.2.2'), 'codecs/MR_small_bigendian.dcm'],
      ['RLE', ctSyntax('1.2.840.10008.1.2.5'), 'ct-syntaxes/rle.dcm'],
      ['JPEG lossless', ctSyntax('1.2.840.10008.1.2.4.70'), ''],
      ['JPEG-LS', ctSyntax('1.2.840.10008.1.2.4.80'), 'codecs/MR_small_jpeg_ls_lossless.dcm'],
      ['JPEG 2000', ctSyntax('1.2.840.10008.1.2.4.90'), 'codecs/MR_small_jp2klossless.dcm'],
    ]
      .map(([name, large, small]) => ({ name, path: large || (small ?? '') }))
      .filter(({ path }) => path !== ''),
  )('$name is painted as DCMTK paints it', async ({ name, path }) => {
    await openStudy(await addOne([path], 'CT'));
    await tile().focus();
    await page.keyboard.press('2');
    await eventually(() => tile().innerText()).toContain('W 400 · L 40');
    const box = await page.locator('canvas.cornerstone-canvas').boundingBox();
    // DCMTK here cannot read JPEG 2000: the picture is compared with the uncompressed one that it was made of.
    const reference = name === 'JPEG 2000' ? ctSyntax('1.2.840.10008.1.2.1') || 'codecs/MR_small.dcm' : path;
    await eventually(async () =>
      Math.abs((await meanGrey()) - dcmtkGrey(reference, inWindow, box ?? { width: 1, height: 1 })),
    ).toBeLessThan(1);
  });

  it.each(
    [
      ['a radiograph in MONOCHROME1', 'cr-dx/dx_image.dcm', 'DX', ['+Wi', '1']],
      ['colour JPEG', 'us/IM00001.fragmented_no_bot_jpeg_baseline.50.dcm', 'US', []],
      ['uncompressed colour', 'us/US1_UNCR.dcm', 'US', []],
    ].filter(([, path]) => has(String(path))) as [string, string, string, string[]][],
  )('%s is painted as DCMTK paints it', async (_name, path, modality, args) => {
    await openStudy(await addOne([path], modality));
    const box = await page.locator('canvas.cornerstone-canvas').boundingBox();
    await eventually(async () =>
      Math.abs((await meanGrey()) - dcmtkGrey(path, args, box ?? { width: 1, height: 1 })),
    ).toBeLessThan(2);
  });

  it('signs by Ctrl+Enter, says what is missing before, and takes an addendum after', async () => {
    const studyId = await addOne(['cr-dx/dx_image.dcm'], 'DX');
    await openStudy(studyId);
    await page.getByText('Findings and impression are both empty').waitFor();
    await page.keyboard.press('Control+Enter');
    expect(world.runs.some((one) => one.name === 'reports/finalize')).toBe(false);
    await page.keyboard.press('k');
    await page.keyboard.press('r');
    await page.locator('[data-field=impression]').pressSequentially('No fracture.');
    const box = await page.getByRole('button', { name: 'Preliminary' }).boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(page.viewportSize()?.width ?? 0);
    await page.getByRole('button', { name: 'Preliminary' }).click();
    await page.getByText('Preliminary', { exact: true }).and(page.locator('header span')).waitFor();
    await eventually(() => page.locator('[data-field=impression]').inputValue()).toBe('No fracture.');
    await page.locator('[data-field=impression]').press('Control+End');
    await page.keyboard.type(' No effusion.');
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-final=impression]').waitFor();
    expect(await page.locator('[data-final=impression]').innerText()).toBe('No fracture. No effusion.');
    const finalize = world.runs.find((one) => one.name === 'reports/finalize');
    expect((finalize?.input['text'] as { keyInstanceIds: string[] }).keyInstanceIds).toHaveLength(1);
    await page.locator('[data-field=addendum]').pressSequentially('Left side.');
    await page.getByRole('button', { name: 'Sign addendum' }).click();
    await page.locator('[data-addendum]').waitFor();
    await page.getByRole('button', { name: 'Print or save' }).click();
    await page.getByText('Ready: 1 page').waitFor();
    await page.keyboard.press('Control+p');
    await page.getByText('sent to Front-Desk').waitFor();
  });

  it('an object that is not here says so, and no picture is empty', async () => {
    const studyId = await addOne(['cr-dx/dx_image.dcm'], 'DX');
    const view = (await world.readView('imaging/study', { studyId })) as { series: { instances: { id: string }[] }[] };
    world.files.delete(view.series[0]?.instances[0]?.id ?? '');
    await reading.go(`#/read?studyId=${studyId}`);
    await page.locator('[data-reason=not-here]').waitFor();
  });

  it('has no accessibility violations, broken rules or errors, in two viewports with a prior', async () => {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await openStudy(head);
    await page.keyboard.press('Alt+2');
    await page.getByRole('button', { name: /^Prior.* CT head · / }).click();
    await page.keyboard.press('ArrowRight');
    await page
      .getByRole('region', { name: /\d{4}$/ })
      .getByRole('button')
      .first()
      .click();
    await eventually(() => page.locator('[data-shown]').count()).toBe(2);
    await page.screenshot({ path: join(shots, 'reading-dark-1920x1080.png') });
    const found = await new AxeBuilder({ page })
      .include('main')
      .include('aside')
      .include('nav[aria-label="Reading list"]')
      .analyze();
    expect(
      found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`),
    ).toEqual([]);
    // dcmjs says this of a lookup table's VR while it parses; the header was read by our own parser before.
    expect(reading.problems.filter((one) => !one.startsWith('Invalid vr type'))).toEqual([]);
  });

  it('fetches the next study of the list while this one is read, and nothing of it again when it is opened', async () => {
    await reading.go('#/read');
    const asked: string[] = [];
    const note = (request: Request): unknown => asked.push(/\/instances\/([^?]+)/.exec(request.url())?.[1] ?? '');
    page.on('request', note);
    const list = (await world.readView('imaging/reading-list', { filter: 'to-read' })) as ReadingList;
    const next = (await world.readView('imaging/study', { studyId: list.rows[1]?.studyId ?? '' })) as StudyView;
    const ofNext = next.series.flatMap((one) => one.instances).flatMap((one) => (one.verdict.drawable ? one.id : []));
    const rows = page.getByRole('navigation', { name: 'Reading list' }).getByRole('listitem').getByRole('button');
    await rows.first().click();
    await page.locator('[data-shown]').waitFor();
    await expect.poll(() => ofNext.filter((id) => !asked.includes(id)), { timeout: 30_000 }).toEqual([]);
    await rows.nth(1).click();
    await page.locator('[data-shown]').waitFor();
    await page.waitForTimeout(1_500);
    expect(ofNext.length).toBeGreaterThan(0);
    for (const id of ofNext) expect({ id, times: asked.filter((one) => one === id).length }).toEqual({ id, times: 1 });
    page.off('request', note);
  });
});
