import { useState } from 'react';
import { Field, type FieldFrame } from './field.tsx';
import styles from './field.module.css';
import { parseClock } from './parse-clock.ts';

/** A wall-clock time, typed: `1445`, `14.45`, `9`, `2pm`. ↑ and ↓ move by `stepMinutes`. `onChange` gets `HH:MM` or null. */
export function TimeField({
  value,
  onChange,
  wrongWords,
  stepMinutes = 15,
  error,
  ...frame
}: FieldFrame & {
  value: string | null;
  onChange: (clock: string | null) => void;
  wrongWords: string;
  stepMinutes?: number;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? value ?? '';
  const isWrong = typed !== null && typed.trim() !== '' && parseClock(typed) === null;
  const change = (text: string): void => {
    setTyped(text);
    onChange(parseClock(text));
  };
  const step = (direction: 1 | -1): void => {
    const at = value === null ? 0 : Number(value.slice(0, 2)) * 60 + Number(value.slice(3));
    const minutes = (at + direction * stepMinutes + 1440) % 1440;
    setTyped(null);
    onChange(`${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`);
  };
  return (
    <Field {...frame} error={error ?? (isWrong ? wrongWords : null)}>
      {(control) => (
        <input
          {...control}
          className={styles.input}
          autoComplete="off"
          inputMode="numeric"
          value={shown}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            step(event.key === 'ArrowUp' ? 1 : -1);
          }}
          onBlur={() => !isWrong && setTyped(null)}
        />
      )}
    </Field>
  );
}
