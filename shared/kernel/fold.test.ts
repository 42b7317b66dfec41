import { describe, expect, it } from 'vitest';
import { foldedWords, foldName, foldText } from './fold.ts';

describe('foldName', () => {
  it.each([
    ['Müller^Jürgen', 'muller jurgen'],
    ['STRAẞE Straße', 'strasse strasse'],
    ['Łukasz Đorđe Søren', 'lukasz dorde soren'],
    ['İSTANBUL IĞDIR ılık', 'istanbul igdir ilik'],
    ['Jérôme', 'jerome'],
    ['Ｙａｍａｄａ^Ｔａｒｏｕ', 'yamada tarou'],
    ['ヤマダ ﾔﾏﾀﾞ やまだ', 'やまだ やまだ やまだ'],
    ['김^희중', '김 희중'],
    ['김희중'.normalize('NFD'), '김희중'],
    ['أحمد إبراهيم آمنة', 'احمد ابراهيم امنه'],
    ['مُحَمَّـــد', 'محمد'],
    ['علی ىلع كريم کریم', 'علي يلع كريم كريم'],
    ['مسؤول شيء رئيس', 'مسوول شيء رييس'],
    ["O'Brien O’Brien OBrien", 'obrien obrien obrien'],
    ['Anne-Marie', 'anne marie'],
    ['Люкceмбypг Ёлкин', 'люкceмбypг елкин'],
    ['Διονυσιος', 'διονυσιοσ'],
    ['Αθανάσιος', 'αθανασιοσ'],
    ['שָׁלוֹם', 'שלום'],
    ['ไทยดี', 'ไทยดี'],
    ['हिन्दी', 'हिन्दी'],
    ['١٢٣ ۴۵۶', '123 456'],
    ['  ^=', ''],
  ])('%s is %s', (text, folded) => {
    expect(foldName(text)).toBe(folded);
    expect(foldName(folded)).toBe(folded);
  });

  it('keeps voiced and unvoiced Kana apart', () => {
    expect(foldText('やまだ')).not.toBe(foldText('やまた'));
  });

  it('gives words', () => {
    expect(foldedWords('de la Cruz^José')).toEqual(['de', 'la', 'cruz', 'jose']);
  });
});
