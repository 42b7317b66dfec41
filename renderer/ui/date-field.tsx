import { useState } from 'react';
import { parseBirthDateQuery } from '../../shared/kernel/birth-date.ts';
import { Field, type FieldFrame } from './field.tsx';
import styles from './field.module.css';
import { formatDay, dayFromDigits } from './day-format.ts';

/** Days that a typed text may mean, `YYYY-MM-DD` (or `YYYY-MM`, `YYYY` where that is all that is known), the likelier first. */
export type ParseDay = (text: string) => string[];

/** A birth date as people type it: `010190`, `1 jan 90`, `1990-01-01`; none after the year of the location's `today`. */
export const parseBirthDay = (text: string, today: string): string[] =>
  parseBirthDateQuery(text, Number(today.slice(0, 4))).map((digits) => dayFromDigits(digits));

/**
 * A day, typed. What was understood stands below in words while typing, with the other reading where there are two (`↓` takes
 * it); `onChange` gets null while nothing is understood.
 */
export function DateField({
  value,
  onChange,
  locale,
  wrongWords,
  parse,
  placeholder,
  error,
  ...frame
}: FieldFrame & {
  value: string | null;
  onChange: (day: string | null) => void;
  locale: string;
  wrongWords: string;
  parse: ParseDay;
  placeholder?: string;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === null ? '' : formatDay(value, locale));
  const readings = typed === null ? [] : parse(typed);
  const isWrong = typed !== null && typed.trim() !== '' && readings.length === 0;
  const change = (text: string): void => {
    setTyped(text);
    onChange(parse(text)[0] ?? null);
  };
  const takeOther = (): void => {
    const at = readings.indexOf(value ?? '');
    const other = readings[(at + 1) % readings.length];
    if (other !== undefined) onChange(other);
  };
  const understood = readings.length > 0 && value !== null ? formatDay(value, locale) : undefined;
  const others = readings.filter((day) => day !== value).map((day) => formatDay(day, locale));
  return (
    <Field
      {...frame}
      error={error ?? (isWrong ? wrongWords : null)}
      hint={understood === undefined ? frame.hint : [understood, ...others.map((day) => `↓ ${day}`)].join('  ')}
    >
      {(control) => (
        <input
          {...control}
          className={styles.input}
          autoComplete="off"
          placeholder={placeholder}
          value={shown}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' || readings.length < 2) return;
            event.preventDefault();
            takeOther();
          }}
          onBlur={() => value !== null && setTyped(null)}
        />
      )}
    </Field>
  );
}
