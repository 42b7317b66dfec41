import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react';
import { classNames } from './class-names.ts';
import { Field, type FieldFrame } from './field.tsx';
import styles from './field.module.css';

type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'required' | 'size'>;

/** One line of text in any script; the writing direction follows what is typed. */
export function TextField({
  label,
  aside,
  hint,
  error,
  required,
  labelHidden,
  value,
  onChange,
  ref,
  className,
  ...rest
}: FieldFrame &
  InputProps & { value: string; onChange: (value: string) => void; ref?: Ref<HTMLInputElement> | undefined }) {
  const frame = { label, aside, hint, error, ...(required && { required }), ...(labelHidden && { labelHidden }) };
  return (
    <Field {...frame}>
      {(control) => (
        <input
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          {...rest}
          {...control}
          ref={ref}
          className={classNames(styles.input, className)}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  error,
  value,
  onChange,
  ...rest
}: FieldFrame &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange' | 'value' | 'required'> & {
    value: string;
    onChange: (value: string) => void;
  }) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <textarea
          dir="auto"
          {...rest}
          {...control}
          className={styles.input}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
