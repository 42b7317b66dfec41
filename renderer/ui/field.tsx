import { type ReactNode, useId } from 'react';
import { CircleAlert } from 'lucide-react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

export type FieldFrame = {
  label: string;
  /** At the right of the label: a unit, a zone, where a value was found. */
  aside?: ReactNode;
  hint?: string | undefined;
  error?: string | null | undefined;
  required?: boolean;
  /** The label is there for readers of the page's structure only. */
  labelHidden?: boolean;
};

/** What a control inside a field must carry so that label, hint and error are read with it. */
export type FieldControl = {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
};

/** Label above, control, then the hint or the error in words. The error takes the hint's place, so nothing jumps. */
export function Field({
  label,
  aside,
  hint,
  error,
  required,
  labelHidden,
  children,
}: FieldFrame & { children: (control: FieldControl) => ReactNode }) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasError = error !== undefined && error !== null && error !== '';
  const note = hasError ? error : hint;
  return (
    <div className={styles.field}>
      <div className={classNames(styles.head, labelHidden && 'visually-hidden')}>
        <label htmlFor={id}>{label}</label>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </div>
      {children({
        id,
        'aria-describedby': note === undefined ? undefined : noteId,
        'aria-invalid': hasError || undefined,
        'aria-required': required || undefined,
      })}
      {note !== undefined && (
        <p id={noteId} className={hasError ? styles.error : styles.hint} role={hasError ? 'alert' : undefined}>
          {hasError && <CircleAlert size={14} aria-hidden="true" />}
          {note}
        </p>
      )}
    </div>
  );
}
