/** Hangul syllables by Revised Romanization of Korean (2000), as far as names need it: liaison, and the sounds met most often. */
const initials = 'g kk n d tt r m b pp s ss - j jj ch k t p h'.split(' ').map((one) => (one === '-' ? '' : one));
const vowels = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const finals = '- k k k n n n t l k m l l l p l m p p t t ng t t k t p t'
  .split(' ')
  .map((one) => (one === '-' ? '' : one));
/** A final before a silent initial is spoken as the next syllable's beginning. */
const carried = '- g kk ks n nj n d r lg lm lb ls lt lp r m b bs s ss ng j ch k t p -'
  .split(' ')
  .map((one) => (one === '-' ? '' : one));

const FIRST = 0xac00;
const LAST = 0xd7a3;
const SILENT = 11;
const RIEUL = 5;

type Syllable = { initial: number; vowel: number; final: number };

const syllableOf = (sign: string): Syllable | null => {
  const code = sign.codePointAt(0) ?? 0;
  if (code < FIRST || code > LAST) return null;
  const index = code - FIRST;
  return { initial: Math.floor(index / 588), vowel: Math.floor(index / 28) % 21, final: index % 28 };
};

/** One Hangul word in small Latin letters: `이민준` → `iminjun`, `신라` → `silla`. Other signs fall away. */
export function hangulToLatin(word: string): string {
  const syllables = [...word.normalize('NFC')].map(syllableOf).filter((one) => one !== null);
  let latin = '';
  for (const [i, one] of syllables.entries()) {
    const before = syllables[i - 1];
    const after = syllables[i + 1];
    const afterL = before && ['l', 'n'].includes(finals[before.final] ?? '') && one.initial === RIEUL;
    latin += (afterL ? 'l' : (initials[one.initial] ?? '')) + (vowels[one.vowel] ?? '');
    const final = finals[one.final] ?? '';
    if (after && after.initial === SILENT && one.final > 0) latin += carried[one.final] ?? final;
    else if (after && after.initial === RIEUL && final === 'n') latin += 'l';
    else latin += final;
  }
  return latin;
}
