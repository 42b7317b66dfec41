import { useState } from 'react';
import { Field, type FieldFrame } from './field.tsx';
import styles from './field.module.css';
import { parseNumber } from './parse-number.ts';

/**
 * A number typed as the locale writes it. `onChange` gets the number, or null for an empty field; what is no number stays in
 * the field, is marked, and reaches nobody.
 */
export function NumberField({
  value,
  onChange,
  locale,
  wrongWords,
  min,
  max,
  error,
  ...frame
}: FieldFrame & {
  value: number | null;
  onChange: (value: number | null) => void;
  locale: string;
  /** Said when what was typed is no number, or not between `min` and `max`. */
  wrongWords: string;
  min?: number;
  max?: number;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown =
    typed ?? (value === null ? '' : new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).format(value));
  const read = parseNumber(shown, locale);
  const isWrong = read === undefined || (read !== null && (read < (min ?? -Infinity) || read > (max ?? Infinity)));
  const change = (text: string): void => {
    setTyped(text);
    const number = parseNumber(text, locale);
    if (number !== undefined) onChange(number);
  };
  return (
    <Field {...frame} error={error ?? (isWrong ? wrongWords : null)}>
      {(control) => (
        <input
          {...control}
          className={`${styles.input} ${styles.number}`}
          inputMode="decimal"
          autoComplete="off"
          value={shown}
          onChange={(event) => change(event.currentTarget.value)}
          onBlur={() => !isWrong && setTyped(null)}
        />
      )}
    </Field>
  );
}
