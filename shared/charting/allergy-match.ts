/** Whether a medicine and a listed allergy name the same substance, told from their names alone (README.md, CHART-3). */
import { foldedWords } from '../kernel/fold.ts';

/** Scripts written without spaces between words: there a substance is found inside the run of letters that it stands in. */
const unspacedScripts =
  'Han Hiragana Katakana Hangul Bopomofo Thai Lao Khmer Myanmar Tibetan Tai_Le New_Tai_Lue Tai_Tham Javanese Balinese'
    .split(' ')
    .map((script) => String.raw`\p{scx=${script}}`)
    .join('');
const runsOfOneWriting = new RegExp(`[${unspacedScripts}]+|[^${unspacedScripts}]+`, 'gu');
const isUnspaced = new RegExp(`^[${unspacedScripts}]`, 'u');

/** Words of a label that name no substance: form, salt, unit, "allergy". "Sulfate" stands here because it is no sulfa drug. */
const labelWords = new Set(
  `allergy allergies allergic alergi reaction reaksi drug drugs medicine obat class golongan group type
  tablet tablets tab kaplet capsule capsules caps kapsul syrup sirup injection injeksi infusion infus cream krim ointment salep
  drops tetes spray oral forte and dan or atau with dengan for untuk mg mcg ml iu
  acid asam vitamin sodium natrium potassium kalium hydrochloride hidroklorida hcl
  sulfate sulphate sulfat phosphate fosfat`.split(/\s+/),
);
const amount = /^\d+(?:mg|mcg|g|ml|iu)?$/;

const unspacedLabel =
  '类药物|類藥物|类|類|系抗生物質|系|剤|薬|药物|药|藥物|藥|过敏|過敏|あれるぎー|' +
  '注射用|注射液|注射剂|注射|胶囊|膠囊|颗粒|片|錠|かぷせる|计|万单位|单位|毫克|毫升|维生素|維生素|びたみん|' +
  '계|알레르기|주사|캡슐|정|약|ยา|แพ้|กลุ่ม';
const unspacedSalt = '钠|鈉|钾|鉀|なとりうむ|かりうむ';
const onlyLabel = new RegExp(`^(?:${unspacedLabel}|${unspacedSalt})+$`, 'u');
/** What is left must still name something: of 阿片类 (opioids) stays 阿片, of 氯化钠 all. */
const labelBefore = /^(?:注射用|ยา|แพ้|กลุ่ม)(?=..)/u;
const labelAfter = new RegExp(`(?<=..)(?:${unspacedLabel})$|(?<=...)(?:${unspacedSalt})$`, 'u');

/** One spelling for the Indonesian and the English name: penisilin and penicillin, kodein and codeine, sulfa and sulpha. */
const oneSpelling = (word: string): string =>
  word
    .replaceAll('ph', 'f')
    .replaceAll('th', 't')
    .replaceAll('rh', 'r')
    .replaceAll('ch', 'k')
    .replaceAll('qu', 'ku')
    .replaceAll('x', 'ks')
    .replace(/[ao]e/g, 'e')
    .replace(/c(?=[eiy])/g, 's')
    .replaceAll('c', 'k')
    .replaceAll('y', 'i')
    .replace(/([a-z])\1/g, '$1')
    .replace(/(?<=...)(?:es|e|s)$/, '');

type Name = { words: string[]; labels: string[]; runs: string[] };

function nameOf(text: string): Name {
  const name: Name = { words: [], labels: [], runs: [] };
  for (const part of foldedWords(text).flatMap((word) => word.match(runsOfOneWriting) ?? [])) {
    if (isUnspaced.test(part)) name.runs.push(part);
    else if (labelWords.has(part) || amount.test(part)) name.labels.push(oneSpelling(part));
    else name.words.push(oneSpelling(part));
  }
  const telling = name.runs.filter((run) => !onlyLabel.test(run)).map(withoutLabel);
  return { ...name, runs: telling.length > 0 || name.words.length > 0 ? telling : name.runs };
}

function withoutLabel(run: string): string {
  const shorter = run.replace(labelBefore, '').replace(labelAfter, '');
  return shorter === run ? run : withoutLabel(shorter);
}

/** A short word alone says little: "Cat" is not Cataflam, "iron" does not stand in spironolactone, "opium" not in tiotropium. */
function isSameWord(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short === long) return short.length > 2;
  const opensAt = /^[a-z]/.test(short) ? 4 : 3;
  return (short.length >= opensAt && long.startsWith(short)) || (short.length >= 6 && long.includes(short));
}

const isShortName = (words: readonly string[]): boolean => words.length > 0 && words.every((word) => word.length <= 2);

/** 5-FU, Fe: a name of short words alone is the same where they stand in the other; vitamin B is not in amphotericin B. */
const isShortNameIn = (words: readonly string[], others: readonly string[]): boolean =>
  isShortName(words) &&
  words.every((word) => others.includes(word)) &&
  (words.some((word) => word.length === 2) || isShortName(others));

function isSameSubstance(one: Name, other: Name): boolean {
  if (one.runs.some((run) => other.runs.some((run2) => run.includes(run2) || run2.includes(run)))) return true;
  const [words, others] =
    one.words.length > 0 && other.words.length > 0
      ? [one.words, other.words]
      : [
          [...one.words, ...one.labels],
          [...other.words, ...other.labels],
        ];
  return (
    words.some((word) => others.some((word2) => isSameWord(word, word2))) ||
    isShortNameIn(words, others) ||
    isShortNameIn(others, words)
  );
}

/**
 * Compares a medicine's name with the listed allergies: `against` names the same substance, `notRelated` could not be told from the
 * names. The second is no all-clear (Aspirin and acetylsalicylic acid share no word): whoever shows the first shows the second.
 */
export function compareAllergies(
  medicine: string,
  allergies: ReadonlyArray<{ substance: string }>,
): { against: string[]; notRelated: string[] } {
  const name = nameOf(medicine);
  const against: string[] = [];
  const notRelated: string[] = [];
  for (const { substance } of allergies)
    (isSameSubstance(name, nameOf(substance)) ? against : notRelated).push(substance);
  return { against, notRelated };
}
