import { formatPersonName, type PersonNameForms } from '../../../shared/imaging/pn.ts';
import { type CharacterSet, canEncode } from '../dataset/character-set.ts';
import type { ValueRepresentation } from '../dataset/tags.ts';
import { toAscii } from './transliterate.ts';

/** Characters a value may have (PS3.5 table 6.2-1); for PN each group. */
const lengthMax: Partial<Record<ValueRepresentation, number>> = {
  AE: 16,
  CS: 16,
  DA: 8,
  DS: 16,
  LO: 64,
  LT: 10_240,
  PN: 64,
  SH: 16,
  ST: 1024,
  TM: 14,
  UI: 64,
};

export type WriteProblem = 'value_too_long' | 'value_not_writable';

/** A value as it goes out, or why it cannot. */
export type WrittenValue = { ok: true; text: string } | { ok: false; why: WriteProblem };

/** Blanks for control characters, and `/` for `\`, which would make two values of one. */
const oneLine = (text: string): string =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .replaceAll('\\', '/')
    .trim();

const fits = (text: string, vr: ValueRepresentation): boolean => {
  const most = lengthMax[vr] ?? Infinity;
  return text.length <= most || Array.from(text).length <= most;
};

/** An identifier goes out as it is or not at all: another spelling would be another patient or order. */
export function writeIdentifier(text: string, vr: ValueRepresentation, set: CharacterSet): WrittenValue {
  if (oneLine(text) !== text.trim() || !canEncode(text, set)) return { ok: false, why: 'value_not_writable' };
  return fits(text.trim(), vr) ? { ok: true, text: text.trim() } : { ok: false, why: 'value_too_long' };
}

/** Words for people: in the device's set, else in Latin letters. */
export function writeText(text: string, vr: ValueRepresentation, set: CharacterSet): WrittenValue {
  const line = oneLine(text);
  const written = canEncode(line, set) ? line : toAscii(line);
  if (written === undefined) return { ok: false, why: 'value_not_writable' };
  return fits(written, vr) ? { ok: true, text: written } : { ok: false, why: 'value_too_long' };
}

/** Several values (LO 1-n): a text that is too long for one is parted where it lists things, by `;`, `,` or new lines. */
export function writeList(text: string, vr: ValueRepresentation, set: CharacterSet): WrittenValue {
  const whole = writeText(text, vr, set);
  if (whole.ok || whole.why === 'value_not_writable') return whole;
  const parts = text.split(/[;,،、；\r\n]+/).map((part) => writeText(part, vr, set));
  const failed = parts.find((part) => !part.ok);
  if (failed !== undefined) return failed;
  return { ok: true, text: parts.flatMap((part) => (part.ok && part.text !== '' ? [part.text] : [])).join('\\') };
}

export type WrittenName =
  | {
      ok: true;
      text: string;
      /** Some form of the name could not be written in the device's set. */
      latinOnly: boolean;
      /** A form was longer than PN allows, and lost its last words. */
      shortened: boolean;
    }
  | { ok: false; why: WriteProblem };

/** A group of a name without as many of its last words as are too many for PN; undefined where one word alone is. */
function shortenGroup(group: string): string | undefined {
  const components = group.split('^').map((component) => component.split(' '));
  while (!fits(formatGroup(components), 'PN')) {
    const last = components.findLastIndex((words) => words.length > 1);
    if (last >= 0) components[last]?.pop();
    else if (components.length > 2) components.pop();
    else return undefined;
  }
  return formatGroup(components);
}
const formatGroup = (components: readonly string[][]): string => components.map((words) => words.join(' ')).join('^');

/**
 * A name in the device's set: all its forms; or, if one does not fit, the Latin (alphabetic) form alone, in ASCII if need be.
 * Longer than 64 characters in a form, it is sent without its last words: patient id and accession number carry the identity, and a
 * patient who is not on the worklist is typed in by hand (decision 0008).
 */
export function writeName(name: PersonNameForms, set: CharacterSet): WrittenName {
  const forms = {
    alphabetic: oneLine(name.alphabetic),
    ideographic: oneLine(name.ideographic),
    phonetic: oneLine(name.phonetic),
  };
  const latin = forms.alphabetic || forms.phonetic || forms.ideographic;
  const candidates = [
    formatPersonName(forms),
    formatPersonName({ alphabetic: forms.alphabetic, ideographic: '', phonetic: '' }),
  ];
  let text = candidates.find((candidate) => candidate !== '' && canEncode(candidate, set, 'name'));
  if (latin === '') text = '';
  text ??= toAscii(latin);
  if (text === undefined) return { ok: false, why: 'value_not_writable' };
  const groups = text.split('=').map(shortenGroup);
  if (groups.includes(undefined)) return { ok: false, why: 'value_too_long' };
  const sent = groups.join('=');
  return { ok: true, text: sent, latinOnly: text !== candidates[0], shortened: sent !== text };
}
