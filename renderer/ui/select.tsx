import { ChevronsUpDown } from 'lucide-react';
import { classNames } from './class-names.ts';
import { Field, type FieldFrame } from './field.tsx';
import styles from './field.module.css';

export type Option<V extends string> = { value: V; label: string; disabled?: boolean };

/** One of a few. The platform's own list: every key works, and no screen reader is surprised. */
export function Select<V extends string>({
  options,
  value,
  onChange,
  ...frame
}: FieldFrame & { options: readonly Option<V>[]; value: V; onChange: (value: V) => void }) {
  return (
    <Field {...frame}>
      {(control) => (
        <div className={styles.selectBox}>
          <select
            {...control}
            className={classNames(styles.input, styles.select)}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value as V)}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronsUpDown size={16} aria-hidden="true" />
        </div>
      )}
    </Field>
  );
}
