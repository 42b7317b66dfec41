import { describe, expect, it } from 'vitest';
import { canEncode, decodeText, encodeText, parseCharacterSet, type TextKind } from './character-set.ts';

const setOf = (value: string) => parseCharacterSet(value).set;
/** `<` stands for ESC. */
const latin1 = (text: string): Uint8Array => Uint8Array.from(text.replaceAll('<', '\x1b'), (c) => c.charCodeAt(0));

describe('character sets of PS3.5 annexes H to K', () => {
  it.each([
    [
      '\\ISO 2022 IR 87',
      'Yamada^Tarou=山田^太郎=やまだ^たろう',
      'Yamada^Tarou=<$B;3ED<(B^<$BB@O:<(B=<$B$d$^$@<(B^<$B$?$m$&<(B',
    ],
    [
      'ISO 2022 IR 13\\ISO 2022 IR 87',
      'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう',
      '\xd4\xcf\xc0\xde^\xc0\xdb\xb3=<$B;3ED<(J^<$BB@O:<(J=<$B$d$^$@<(J^<$B$?$m$&<(J',
    ],
    [
      '\\ISO 2022 IR 149',
      'Hong^Gildong=洪^吉洞=홍^길동',
      'Hong^Gildong=<$)C\xfb\xf3^<$)C\xd1\xce\xd4\xd7=<$)C\xc8\xab^<$)C\xb1\xe6\xb5\xbf',
    ],
    ['\\ISO 2022 IR 58', 'Zhang^XiaoDong=张^小东=', 'Zhang^XiaoDong=<$)A\xd5\xc5^<$)A\xd0\xa1\xb6\xab='],
    ['ISO_IR 144', 'Люкceмбypг', '\xbb\xee\xdace\xdc\xd1yp\xd3'],
    ['ISO_IR 127', 'قباني^لنزار', '\xe2\xc8\xc7\xe6\xea^\xe4\xe6\xd2\xc7\xd1'],
    ['ISO_IR 100', 'Buc^Jérôme', 'Buc^J\xe9r\xf4me'],
    ['ISO_IR 126', 'Διονυσιος', '\xc4\xe9\xef\xed\xf5\xf3\xe9\xef\xf2'],
    ['ISO_IR 138', 'שרון^דבורה', '\xf9\xf8\xe5\xef^\xe3\xe1\xe5\xf8\xe4'],
    ['GB18030', 'Wang^XiaoDong=王^小东', 'Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab'],
    ['GBK', '王', '\xcd\xf5'],
    ['ISO_IR 192', '王é', '\xe7\x8e\x8b\xc3\xa9'],
  ])('%s writes and reads %s', (value, text, bytes) => {
    expect(encodeText(text, setOf(value), 'name')).toEqual(latin1(bytes));
    expect(decodeText(latin1(bytes), setOf(value), 'name')).toBe(text);
  });

  it.each([
    ['ISO_IR 101', 'Łódź Wałęsa'],
    ['ISO_IR 109', 'Ħaż-Żebbuġ'],
    ['ISO_IR 110', 'Ķēniņš'],
    ['ISO_IR 148', 'İĞşü'],
    ['ISO_IR 166', 'สมชาย'],
    ['ISO_IR 13', 'ﾔﾏﾀﾞ'],
    ['GB18030', '€𠀀Ǹก王'],
    ['\\ISO 2022 IR 87\\ISO 2022 IR 159', '丂山丂~\\亜'],
    ['ISO 2022 IR 100\\ISO 2022 IR 144\\ISO 2022 IR 126', 'é^Ж^λ=éЖλé'],
    ['ISO 2022 IR 100\\ISO 2022 IR 149', 'é^홍é=길'],
  ])('%s carries %s both ways', (value, text) => {
    for (const kind of ['name', 'text'] satisfies TextKind[]) {
      const bytes = encodeText(text, setOf(value), kind);
      expect(bytes).toBeDefined();
      expect(decodeText(bytes ?? new Uint8Array(), setOf(value), kind)).toBe(text);
    }
  });

  it('carries every character of each double-byte set both ways', () => {
    for (const value of ['\\ISO 2022 IR 87', '\\ISO 2022 IR 149', '\\ISO 2022 IR 58']) {
      let count = 0;
      for (let code = 0xa0; code < 0xffe6; code += 1) {
        if (code >= 0xd800 && code < 0xe000) continue;
        const character = String.fromCharCode(code);
        const bytes = encodeText(character, setOf(value), 'text');
        if (bytes === undefined || '〜−‖—¢£¬'.includes(character)) continue;
        count += 1;
        const back = decodeText(bytes, setOf(value), 'text');
        if (back !== character.normalize('NFC')) throw new Error(`${value} U+${code.toString(16)}`);
      }
      expect(count).toBeGreaterThan(6000);
    }
  });
});

describe('parseCharacterSet', () => {
  it('understands misspellings and nothing at all', () => {
    expect(parseCharacterSet('ISO-IR 100')).toEqual({ set: { kind: 'single', number: '100' }, known: true });
    expect(parseCharacterSet('iso_ir 192 ').set).toEqual({ kind: 'utf8' });
    expect(parseCharacterSet('').set).toEqual({ kind: 'single', number: '' });
    expect(parseCharacterSet('ISO_IR 6\0').set).toEqual({ kind: 'single', number: '' });
    expect(parseCharacterSet('ISO 2022 IR 6\\ISO 2022 IR 87').set).toEqual({ kind: 'iso2022', numbers: ['', '87'] });
    expect(parseCharacterSet('KLINGON').known).toBe(false);
  });

  it('reads undeclared high bytes as Latin-1, so that nothing is lost', () => {
    expect(decodeText(latin1('J\xe9r\x92'), setOf(''), 'name')).toBe('Jér\x92');
    expect(decodeText(latin1('<%%<'), setOf('\\ISO 2022 IR 87'), 'name')).toBe('%%');
  });

  it('goes back to the first set at each delimiter', () => {
    expect(decodeText(latin1('<-L\xd6^\xd6'), setOf('ISO 2022 IR 100\\ISO 2022 IR 144'), 'name')).toBe('ж^Ö');
    expect(decodeText(latin1('<-L\xd6^\xd6\\\xd6'), setOf('ISO 2022 IR 100\\ISO 2022 IR 144'), 'text')).toBe('ж^ж\\Ö');
  });
});

describe('canEncode', () => {
  it('never lets a character become another', () => {
    expect(canEncode('山', setOf('ISO_IR 100'))).toBe(false);
    expect(canEncode('é', setOf(''))).toBe(false);
    expect(canEncode('é', setOf('\\ISO 2022 IR 87'))).toBe(false);
    expect(canEncode('é'.normalize('NFD'), setOf('ISO_IR 100'))).toBe(true);
    expect(canEncode('𠀀', setOf('GBK'))).toBe(false);
    expect(canEncode('\uD800', setOf('ISO_IR 192'))).toBe(false);
  });
});
