import { expect, test } from 'vitest';
import { isolate } from './isolate.ts';
import { paragraphs } from './paragraphs.ts';

test('a numbered line is a row with its number at the side where reading begins', () => {
  expect(paragraphs([['1. No bleeding'], ['١. دون تغيير'], ['Plain 2. text']])).toMatchObject([
    { columns: [{ text: '1.' }, { text: ['No bleeding'], direction: 'ltr' }] },
    { columns: [{ text: ['دون تغيير'], direction: 'rtl' }, { text: '١.' }] },
    { text: ['Plain 2. text'] },
  ]);
});

test('an isolate can not be closed early or left open from inside', () => {
  expect(isolate('a\u2069\u202eb\u2067')).toBe('\u2068ab\u2069');
});
