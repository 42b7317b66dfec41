/**
 * A proposal for the Latin form of a name, letter by letter, for a person to correct: Cyrillic (close to BGN/PCGN), Arabic without
 * its unwritten vowels, Kana (Hepburn), Hangul (Revised Romanization, with the sound changes between syllables that names show).
 * Han has no reading of its own, so nothing is proposed for it.
 */
import { hangulToLatin } from './transliterate-hangul.ts';
import type { NameForm } from './schema.ts';

const pairs = (letters: string, latin: string): Array<[string, string]> => {
  const forms = latin.split(' ');
  return [...letters].map((letter, i) => [letter, forms[i] === '-' ? '' : (forms[i] ?? '')]);
};

const cyrillic = new Map([
  ...pairs(
    'абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя',
    'a b v g g d e yo ye zh z i i yi y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya',
  ),
  ...pairs('ђјљњћџўқғҳөүұәң', 'dj j lj nj c dz u q gh h o u u a ng'),
]);

const arabic = new Map([
  ...pairs('ابتثجحخدذرزسشصضطظعغفقكلمنهوي', 'a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y'),
  ...pairs('ىةءآأإٱؤئپچژگکیﻻ', 'a a - a a i a u i p ch zh g k y la'),
  ...pairs('\u064E\u064F\u0650\u0651\u0652\u064B\u064C\u064D\u0670\u0640', 'a u i - - an un in a -'),
]);

const kana = new Map([
  ...pairs('あいうえおかきくけこさしすせそたちつてと', 'a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to'),
  ...pairs('なにぬねのはひふへほまみむめもやゆよ', 'na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo'),
  ...pairs('らりるれろわゐゑをんがぎぐげござじずぜぞ', 'ra ri ru re ro wa i e o n ga gi gu ge go za ji zu ze zo'),
  ...pairs('だぢづでどばびぶべぼぱぴぷぺぽゔ', 'da ji zu de do ba bi bu be bo pa pi pu pe po vu'),
  ...pairs('ぁぃぅぇぉゃゅょー', 'a i u e o ya yu yo -'),
]);

const toHiragana = (text: string): string =>
  text.replace(/[\u30A1-\u30F6]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60));

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

function kanaToLatin(word: string): string {
  let latin = '';
  for (const cluster of toHiragana(word).match(/っ?[きぎしじちぢにひびぴみり][ゃゅょ]|っ?[^]/gu) ?? []) {
    const doubled = cluster.startsWith('っ') && cluster.length > 1;
    const signs = [...(doubled ? cluster.slice(1) : cluster)].map((sign) => kana.get(sign) ?? '');
    const [first = '', glide = ''] = signs;
    const stem = first.slice(0, -1);
    const sound = glide ? stem + (/(?:sh|ch|j)$/.test(stem) ? glide.slice(1) : glide) : first;
    latin += doubled ? (sound.startsWith('ch') ? 't' : sound.slice(0, 1)) + sound : sound;
  }
  return latin;
}

/** A vowel is not written between two consonants at a word's beginning; names read better with `a` there (محمد → Mahmad is corrected by hand). */
function arabicToLatin(word: string): string {
  const bare = word.normalize('NFC').replace(/^ال(?=.)/u, '');
  const article = bare === word.normalize('NFC') ? '' : 'al-';
  const signs = [...bare];
  let latin = '';
  for (const [i, sign] of signs.entries()) {
    const next = signs[i + 1] ?? '';
    if (sign === 'و' && i > 0 && !/[اوىيةَُِ]/u.test(next)) latin += 'u';
    else if (sign === 'ي' && i > 0 && !/[اوىةَُِ]/u.test(next)) latin += 'i';
    else latin += arabic.get(sign) ?? '';
    if (i === 0 && /^[^aeiou]+$/.test(latin) && next && !/[اويىآُِ]/u.test(next)) latin += 'a';
  }
  return article + capital(latin);
}

function wordToLatin(word: string): string {
  if (/\p{Script=Han}/u.test(word)) return '';
  if (/\p{Script=Cyrillic}/u.test(word))
    return capital([...word.toLowerCase()].map((sign) => cyrillic.get(sign) ?? '').join(''));
  if (/\p{Script=Arabic}/u.test(word)) return arabicToLatin(word);
  if (/\p{Script=Hangul}/u.test(word)) return capital(hangulToLatin(word));
  if (/\p{Script=Hiragana}|\p{Script=Katakana}/u.test(word)) return capital(kanaToLatin(word));
  return /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+$/u.test(word) ? word : '';
}

/** One text in Latin letters; empty where any word of it has no reading. */
export function transliterate(text: string): string {
  const words = text.normalize('NFC').split(/([\s-]+)/u);
  const latin = words.map((word) => (/^[\s-]*$/u.test(word) ? word : wordToLatin(word)));
  return latin.some((word, i) => word === '' && words[i] !== '') ? '' : latin.join('').trim();
}

/** The Latin form proposed for a written name; of an ideographic name, its reading's (kana or hangul), where one is given. */
export function proposeLatin(written: NameForm, phonetic: NameForm): NameForm {
  const propose = (part: 'family' | 'given' | 'text'): string =>
    transliterate(written[part]) || (written[part] ? transliterate(phonetic[part]) : '');
  return { family: propose('family'), given: propose('given'), text: propose('text') };
}
