import { foldText } from './fold.ts';

/** The oldest person looked for, in years. */
const oldestYears = 125;

/** Month names in the languages of the screens, folded; any beginning of three letters and more names the month. */
const monthNames: readonly string[] = [
  'january januar janvier enero gennaio janeiro',
  'february februar fevrier febrero febbraio fevereiro',
  'march marz mrz maerz mars marzo marco',
  'april avril abril aprile',
  'may mai mayo maggio maio',
  'june juni juin junio giugno junho',
  'july juli juillet julio luglio julho',
  'august aout agosto',
  'september septembre septiembre setiembre settembre setembro',
  'october oktober octobre octubre ottobre outubro',
  'november novembre noviembre novembro',
  'december dezember decembre diciembre dicembre dezembro',
];

/**
 * The birth dates that a typed text may mean: each `YYYYMMDD`, or `YYYYMM` / `YYYY` where no day or month was typed, the
 * likelier first (day before month), none twice, none after `todayYear`. Empty when the text is no date. Two-digit years
 * give every century a living person can be born in.
 */
export function parseBirthDateQuery(text: string, todayYear: number): string[] {
  const parts = foldText(text).match(/\d+|[\p{L}]+/gu) ?? [];
  const rest = foldText(text).replace(/\d+|[\p{L}]+|[\s./,\-–]+/gu, '');
  if (rest !== '' || parts.length === 0 || parts.length > 6) return [];
  const written = parts.map((part) => (/^\d/.test(part) ? part : monthOf(part)));
  // `1st of January`, `1990年1月1日`: words that are no month only separate.
  const signs = written.filter((part) => part !== undefined);
  const isSpelled = signs.length < parts.length;
  if (isSpelled && !parts.every((part, i) => written[i] !== undefined || isFiller.test(part))) return [];
  return [...new Set(readings(signs, todayYear))];
}

const isFiller = /^(st|nd|rd|th|of|de|le|er|年|月|日|년|월|일)$/;

function monthOf(word: string): string | undefined {
  if (word.length < 3) return undefined;
  const position = monthNames.findIndex((names) => names.split(' ').some((name) => name.startsWith(word)));
  return position < 0 ? undefined : `m${position + 1}`;
}

type Reading = { year: string; month?: string; day?: string };

function readings(signs: string[], todayYear: number): string[] {
  return possible(signs)
    .flatMap((reading) => yearsOf(reading.year, todayYear).map((year) => dateOf(year, reading)))
    .filter((date) => date !== undefined);
}

function possible(signs: string[]): Reading[] {
  const [a = '', b = '', c = ''] = signs;
  if (signs.length === 1) return undivided(a);
  if (signs.length === 2) {
    if (b.length === 4) return [{ month: a, year: b }];
    return a.length === 4 ? [{ year: a, month: b }] : [];
  }
  if (signs.length !== 3) return [];
  if (a.startsWith('m')) return [{ month: a, day: b, year: c }];
  if (b.startsWith('m')) return a.length === 4 ? [{ year: a, month: b, day: c }] : [{ day: a, month: b, year: c }];
  if (a.length === 4) return [{ year: a, month: b, day: c }];
  const endings = [
    { day: a, month: b, year: c },
    { month: a, day: b, year: c },
  ];
  return a.length === 2 && c.length <= 2 ? [...endings, { year: a, month: b, day: c }] : endings;
}

/** Digits in one run: `19900101`, `01011990`, `010190`, `199001`, `1990`. */
function undivided(digits: string): Reading[] {
  const cut = (from: number, to?: number): string => digits.slice(from, to);
  if (digits.length === 4) return [{ year: digits }];
  if (digits.length === 8) {
    return [
      { year: cut(0, 4), month: cut(4, 6), day: cut(6) },
      { day: cut(0, 2), month: cut(2, 4), year: cut(4) },
      { month: cut(0, 2), day: cut(2, 4), year: cut(4) },
    ];
  }
  if (digits.length !== 6) return [];
  return [
    { day: cut(0, 2), month: cut(2, 4), year: cut(4) },
    { month: cut(0, 2), day: cut(2, 4), year: cut(4) },
    { year: cut(0, 2), month: cut(2, 4), day: cut(4) },
    { year: cut(0, 4), month: cut(4) },
    { month: cut(0, 2), year: cut(2) },
  ];
}

function yearsOf(year: string, todayYear: number): number[] {
  if (!/^(\d{2}|\d{4})$/.test(year)) return [];
  const century = Math.floor(todayYear / 100) * 100;
  const all = year.length === 4 ? [Number(year)] : [century + Number(year), century - 100 + Number(year)];
  return all.filter((one) => one <= todayYear && one >= todayYear - oldestYears);
}

function dateOf(year: number, { month, day }: Reading): string | undefined {
  if (month === undefined) return String(year);
  const m = numberOf(month);
  if (m < 1 || m > 12) return undefined;
  const begin = `${year}${String(m).padStart(2, '0')}`;
  if (day === undefined) return begin;
  const d = numberOf(day);
  const days = new Date(Date.UTC(year, m, 0)).getUTCDate();
  return d >= 1 && d <= days ? begin + String(d).padStart(2, '0') : undefined;
}

const numberOf = (part: string): number => (/^m?\d{1,2}$/.test(part) ? Number(part.replace('m', '')) : Number.NaN);
