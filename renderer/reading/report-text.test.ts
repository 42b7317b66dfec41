import { expect, test } from 'vitest';
import { expandSnippet, insertAt } from './report-text.ts';

test('words go to the cursor with a blank where one is missing', () => {
  expect(insertAt('lobe, long', 5, '46.0 mm')).toEqual({ text: 'lobe, 46.0 mm long', at: 13 });
  expect(insertAt('', 0, 'x')).toEqual({ text: 'x', at: 1 });
  expect(insertAt('a.', 1, 'x').text).toBe('a x.');
});

test('a snippet expands before the cursor alone, and never a word of the prototype', () => {
  const snippets = { us: 'Ultrasound.' };
  expect(expandSnippet('.us ', 4, snippets)).toEqual({ text: 'Ultrasound.', at: 11 });
  expect(expandSnippet('a .us b', 6, snippets)).toEqual({ text: 'a Ultrasound.b', at: 13 });
  expect(expandSnippet('x.us ', 5, snippets)).toBe(undefined);
  expect(expandSnippet('.constructor ', 13, snippets)).toBe(undefined);
});
