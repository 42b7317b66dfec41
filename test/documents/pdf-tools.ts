import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CONTROLS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function withFile<T>(bytes: Uint8Array, use: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-pdf-'));
  try {
    const path = join(folder, 'document.pdf');
    writeFileSync(path, bytes);
    return use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Text as poppler reads it back, NFKC, without direction marks. */
export function pdfText(bytes: Uint8Array): string {
  return withFile(bytes, (path) => execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }))
    .replace(CONTROLS, '')
    .normalize('NFKC');
}

export function pdfPageCount(bytes: Uint8Array): number {
  const info = withFile(bytes, (path) => execFileSync('pdfinfo', [path], { encoding: 'utf8' }));
  return Number(/Pages:\s+(\d+)/.exec(info)?.[1]);
}

export type Word = { text: string; xMin: number; xMax: number; yMin: number };

/** Words with their boxes on the page (points), in no promised order: where ink stands, independent of reading order. */
export function pdfWords(bytes: Uint8Array): Word[] {
  const xml = withFile(bytes, (path) => execFileSync('pdftotext', ['-bbox', path, '-'], { encoding: 'utf8' }));
  return [...xml.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)<\/word>/g)].map(
    ([, xMin, yMin, xMax, text]) => ({
      text: (text ?? '').replace(CONTROLS, '').normalize('NFKC'),
      xMin: Number(xMin),
      xMax: Number(xMax),
      yMin: Number(yMin),
    }),
  );
}

/** Names of the fonts in the file, without the subset tag. */
export function pdfFonts(bytes: Uint8Array): string[] {
  const list = withFile(bytes, (path) => execFileSync('pdffonts', [path], { encoding: 'utf8' }));
  return [...list.matchAll(/[A-Z]{6}\+(\S+)/g)].map((match) => match[1] ?? '').toSorted();
}
