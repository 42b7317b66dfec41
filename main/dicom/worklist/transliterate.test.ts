import { expect, it } from 'vitest';
import { toAscii } from './transliterate.ts';

it.each([
  ['Иванов^Юрий Щукин', 'Ivanov^Yuriy Shchukin'],
  ['Παπαδόπουλος', 'Papadopoylos'],
  ['قباني^لنزار', 'qbany^lnzar'],
  ['שרון', 'shrvn'],
  ['ヤマダ^キョウコ', 'yamada^kyouko'],
  ['いっしゃ', 'issha'],
  ['홍^길동', 'hong^gildong'],
  ['Łódź ẞ Æsir', 'Lodz Ss Aesir'],
  ['ﾔﾏﾀﾞ', 'yamada'],
])('%s becomes %s', (text, latin) => expect(toAscii(text)).toBe(latin));

it('has nothing for Han', () => expect(toAscii('山田')).toBeUndefined());
