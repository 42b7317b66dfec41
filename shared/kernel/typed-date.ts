/** What birth dates and other days have in common when they are typed: month names, the order of the parts, dates that exist. */
import { foldText } from './fold.ts';

/** Month names in the languages of the screens and their neighbours, folded; any beginning of three letters names the month. */
const monthNames: readonly string[] = [
  'january januari januar janvier enero gennaio janeiro',
  'february februari pebruari februar fevrier febrero febbraio fevereiro',
  'march maret maart marz mrz maerz mars marzo marco',
  'april avril abril aprile',
  'may mei mai mayo maggio maio',
  'june juni juin junio giugno junho',
  'july juli juillet julio luglio julho',
  'august agustus agt ags augustus aout agosto',
  'september septembre septiembre setiembre settembre setembro',
  'october oktober octobre octubre ottobre outubro',
  'november nopember novembre noviembre novembro',
  'december desember dezember decembre diciembre dicembre dezembro',
];

const isFiller = /^(st|nd|rd|th|of|de|le|er|年|月|日|년|월|일)$/;

/**
 * The parts of a typed date in the order typed: digits as they are, a named month as `m1` … `m12`. Empty when something else
 * stands there: a word that names no month, or two (`jui`), or a sign that separates no date.
 */
export function dateSigns(text: string): string[] {
  const folded = foldText(text);
  const parts = folded.match(/\d+|[\p{L}]+/gu) ?? [];
  const rest = folded.replace(/\d+|[\p{L}]+|[\s./,\-–]+/gu, '');
  if (rest !== '' || parts.length > 6 || !/^\s*[\p{L}\d]/u.test(folded)) return [];
  // `1st of January`, `1990年1月1日`: these words only separate.
  const signs = parts.filter((part) => !isFiller.test(part)).map((part) => (/^\d/.test(part) ? part : monthSign(part)));
  return signs.includes('') ? [] : signs;
}

function monthSign(word: string): string {
  const named = monthNames.flatMap((names, at) =>
    word.length >= 3 && names.split(' ').some((name) => name.startsWith(word)) ? [`m${at + 1}`] : [],
  );
  return named.length === 1 ? (named[0] ?? '') : '';
}

/** A typed date with its parts told apart, each as a sign. */
export type DateReading = { year: string; month?: string; day?: string };

/** The orders in which three signs are written, the likelier first: day before month. */
export function dateOrders(a: string, b: string, c: string): DateReading[] {
  if (a.length === 4) return [{ year: a, month: b, day: c }];
  const dayFirst = { day: a, month: b, year: c };
  const monthFirst = { month: a, day: b, year: c };
  if (a.startsWith('m')) return [monthFirst];
  return b.startsWith('m') ? [dayFirst] : [dayFirst, monthFirst];
}

/** Days in a month, 1 to 12, of a year. */
export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** `YYYYMMDD` of a reading in a year, or what of it was typed: `YYYYMM`, `YYYY`; undefined where no such date exists. */
export function dateDigits(year: number, { month, day }: DateReading): string | undefined {
  if (month === undefined) return String(year);
  const m = /^m?\d{1,2}$/.test(month) ? Number(month.replace('m', '')) : Number.NaN;
  if (!(m >= 1 && m <= 12)) return undefined;
  const begin = `${year}${String(m).padStart(2, '0')}`;
  if (day === undefined) return begin;
  const d = /^\d{1,2}$/.test(day) ? Number(day) : Number.NaN;
  return d >= 1 && d <= daysInMonth(year, m) ? begin + String(d).padStart(2, '0') : undefined;
}
