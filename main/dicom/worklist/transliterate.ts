/** Letter tables: characters, then their Latin forms in the same order. */
const pairs: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
};
function table(letters: string, latin: string): void {
  const forms = latin.split(' ');
  for (const [index, letter] of Array.from(letters).entries())
    pairs[letter] = forms[index] === '-' ? '' : (forms[index] ?? '');
}
table(
  'абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюя',
  'a b v g g d e ye zh z i i yi y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya',
);
table('ђјљњћџѓќѕў', 'dj j lj nj c dz gj kj dz u');
table('αβγδεζηθικλμνξοπρστυφχψως', 'a v g d e z i th i k l m n x o p r s t y f ch ps o s');
table(
  'ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءٱپچژگکی',
  'a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a - a p ch zh g k y',
);
table('אבגדהוזחטיכךלמםנןסעפףצץקרשת', 'a b g d h v z h t y k k l m m n n s a p f ts ts q r sh t');
table(
  'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん',
  'a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo ra ri ru re ro wa i e o n',
);
table(
  'がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔぁぃぅぇぉ',
  'ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe po vu a i u e o',
);
table('‐‑‒–—―’‘ʼ“”„·、。', '- - - - - - \' \' \' " " " - , .');
for (const dash of '‐‑‒–—―') pairs[dash] = '-';

const initials = 'g kk n d tt r m b pp s ss - j jj ch k t p h'.split(' ');
const vowels = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const finals = '- k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ');

/**
 * Writes a text in printable ASCII: accents off, Cyrillic, Greek, Arabic, Hebrew, Kana and Hangul letter by letter. It is a help for
 * a scanner that cannot show the script, not a standard's transcription; case of first letters is kept.
 * @returns undefined when a character has no Latin form here (Han, for one)
 */
export function toAscii(text: string): string | undefined {
  let latin = '';
  const plain = text
    .normalize('NFKC')
    .replace(/[\u064B-\u065F\u0670\u0640\u200B-\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .replace(/[\u30A1-\u30F6]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/ー/gu, '');
  for (const cluster of plain.match(/っ?[きぎしじちにひびぴみり][ゃゅょ]|っ?[^]/gu) ?? []) {
    const written = cluster.length > 1 ? kanaCluster(cluster) : oneCharacter(cluster);
    if (written === undefined) return undefined;
    latin += written;
  }
  return latin;
}

/** A doubled consonant (small tsu), a glide (small ya, yu, yo), or both. */
function kanaCluster(cluster: string): string | undefined {
  if (cluster.startsWith('っ')) {
    const rest = cluster.slice(1);
    const next = rest.length > 1 ? kanaCluster(rest) : oneCharacter(rest);
    return next === undefined ? undefined : next.slice(0, 1) + next;
  }
  const [first = '', second = ''] = cluster;
  const glide = { ゃ: 'ya', ゅ: 'yu', ょ: 'yo' }[second];
  if (glide === undefined) return oneCharacter(cluster);
  const stem = (pairs[first] ?? '').slice(0, -1);
  return /(?:sh|ch|j)$/.test(stem) ? stem + glide.slice(1) : stem + glide;
}

function oneCharacter(character: string): string | undefined {
  if (/^[\x20-\x7e\r\n\t]$/.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xac00 && code <= 0xd7a3) return hangul(code - 0xac00);
  const lower = character.toLowerCase();
  const written = pairs[lower];
  if (written !== undefined) return lower === character ? written : capitalized(written);
  const base = character.normalize('NFD').replace(/\p{M}/gu, '');
  return base !== character && base !== '' ? oneCharacter(base) : undefined;
}

function hangul(index: number): string {
  const part = (parts: readonly string[], at: number): string => (parts[at] ?? '').replace('-', '');
  const final = index % 28;
  const vowel = Math.floor(index / 28) % 21;
  return part(initials, Math.floor(index / 588)) + part(vowels, vowel) + part(finals, final);
}

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
