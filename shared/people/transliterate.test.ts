import { expect, it } from 'vitest';
import { proposeLatin, transliterate } from './transliterate.ts';

const form = (family: string, given: string, text = '') => ({ family, given, text });

it.each([
  ['Иван', 'Ivan'],
  ['Щербаков', 'Shcherbakov'],
  ['Юлия', 'Yuliya'],
  ['Анна-Мария', 'Anna-Mariya'],
  ['سارة', 'Sara'],
  ['منصور', 'Mansur'],
  ['نور الهدى', 'Nur al-Hada'],
  ['やまだ', 'Yamada'],
  ['しょうた', 'Shouta'],
  ['マッチャ', 'Matcha'],
  ['きょうこ', 'Kyouko'],
  ['김', 'Gim'],
  ['민준', 'Minjun'],
  ['서연', 'Seoyeon'],
  ['신라', 'Silla'],
  ['박은영', 'Bageunyeong'],
  ['José', 'José'],
  ['Suharto', 'Suharto'],
])('%s becomes %s', (text, latin) => {
  expect(transliterate(text)).toBe(latin);
});

it('proposes nothing for Han, nor for a name that is partly Han', () => {
  expect(transliterate('山田')).toBe('');
  expect(transliterate('更紗 さら')).toBe('');
});

it('reads an ideographic name by its phonetic form', () => {
  expect(proposeLatin(form('山田', '太郎'), form('やまだ', 'たろう'))).toEqual(form('Yamada', 'Tarou'));
  expect(proposeLatin(form('', '', 'Суворов'), form('', ''))).toEqual(form('', '', 'Suvorov'));
});
