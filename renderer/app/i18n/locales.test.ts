import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { law } from '../../../shared/law.ts';

const folder = join(import.meta.dirname, '../../../resources/locales');
const read = (language: string, area: string): unknown =>
  JSON.parse(readFileSync(join(folder, language, area), 'utf8'));

/** `a.b` → words; the plural forms of a language are its own, so `x_one` and `x_other` count as `x`. */
function keysOf(words: unknown, path = ''): Map<string, string> {
  if (typeof words === 'string') return new Map([[path.replace(/_(?:zero|one|two|few|many|other)$/, ''), words]]);
  const members = Object.entries(words as object);
  return new Map(members.flatMap(([key, value]) => [...keysOf(value, path === '' ? key : `${path}.${key}`)]));
}

const placeholders = (words: string): string[] =>
  [...words.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();

it.each(readdirSync(join(folder, 'en')))('%s says the same in Indonesian, with the same values in it', (area) => {
  const english = keysOf(read('en', area));
  const indonesian = keysOf(read('id', area));
  expect([...indonesian.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  for (const [key, words] of english) expect(placeholders(indonesian.get(key) ?? ''), key).toEqual(placeholders(words));
});

it('no area is only in Indonesian', () => {
  expect(readdirSync(join(folder, 'id'))).toEqual(readdirSync(join(folder, 'en')));
});

/** The sync list, the inbox and every undo name what was done. */
it.each(readdirSync(folder))('every command of the law has its name in words, and no other: %s', (language) => {
  const { command } = z.object({ command: z.record(z.string(), z.string().min(1)) }).parse(read(language, 'law.json'));
  expect(Object.keys(command).toSorted()).toEqual([...Object.keys(law.commands), 'other'].toSorted());
});
