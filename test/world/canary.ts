/** A patient whose data can be found again anywhere on a disk: what no log, temp file or plain store file may hold. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const canary = {
  family: 'Kanarivogel',
  given: 'Zwelinda',
  birthDate: '1931-07-29',
  phone: '0877 4413 9052',
  address: 'Jalan Kenariqu 4713',
  identity: 'NIK9983310047',
  allergy: 'Quinoxalin',
  note: 'Trommelkloppen',
  drug: 'Zorbulatin',
};

/** Every way that one of these may be written, lower case. */
const marks: readonly string[] = [
  ...Object.values(canary),
  '19310729',
  '29.07.1931',
  '29/07/1931',
  '087744139052',
  '77441390',
].map((text) => text.toLowerCase());

/** The marks in some bytes: as UTF-8 in any case, as UTF-16, percent- or base64-encoded. */
export function marksIn(bytes: Buffer): string[] {
  const lower = bytes.toString('latin1').toLowerCase();
  return marks.filter(
    (mark) =>
      [mark, encodeURIComponent(mark), mark.replaceAll(' ', '+')].some((form) => lower.includes(form)) ||
      spellings(mark).some((word) => bytes.includes(Buffer.from(word, 'utf16le'))) ||
      spellings(mark).some((word) => base64Forms(word).some((form) => bytes.includes(form))),
  );
}

const spellings = (mark: string): string[] => [
  mark,
  mark.toUpperCase(),
  mark.replace(/\b./g, (one) => one.toUpperCase()),
];

/** What stays of a word's base64 text wherever it begins in the three bytes that four signs stand for: the signs that are its alone. */
const base64Forms = (word: string): string[] =>
  [0, 1, 2].map((skip) => {
    const bits = (skip + Buffer.byteLength(word)) * 8;
    const text = Buffer.from('x'.repeat(skip) + word).toString('base64');
    return text.slice(Math.ceil((skip * 8) / 6), Math.floor(bits / 6));
  });

/** Where marks lie below a folder: in names of files and folders, and in contents; `readable(path)` false leaves contents unread. */
export function findMarks(folder: string, readable: (path: string) => boolean = () => true): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const shown = relative(folder, path);
    for (const mark of marksIn(Buffer.from(shown))) found.push(`name of ${shown}: ${mark}`);
    if (!readable(shown) || !isFile(path)) continue;
    for (const mark of marksIn(readFileSync(path))) found.push(`${shown}: ${mark}`);
  }
  return found;
}

function isFile(path: string): boolean {
  try {
    return lstatSync(path).isFile();
  } catch {
    return false; // gone meanwhile
  }
}
