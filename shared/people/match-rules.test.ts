import { expect, it } from 'vitest';
import { matchedParts } from './match-rules.ts';

it.each([
  ['yam', ['山田 太郎', 'Tarō Yamada'], ['Yam']],
  ['taro', ['Tarō Yamada'], ['Tarō']],
  ['sar', ['Maya Kesari'], ['sar']],
  ['an ma', ['Maria Ana'], ['An', 'Ma']],
  ['山', ['山田 太郎'], ['山']],
  ['محمد', ['مُحَمَّد العلي'], ['مُحَمَّد']],
  ['xyz', ['Maria'], []],
])('%s in %j', (typed, values, parts) => {
  expect(matchedParts(typed, values)).toEqual(parts);
});
