import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../ui/text-field.tsx';

/** A whole number from 1 to 99; null while something else stands there. */
export function QuantityField(props: {
  label: string;
  value: number;
  readOnly: boolean;
  onChange: (value: number | null) => void;
}) {
  const { t } = useTranslation('billing');
  const [text, setText] = useState(String(props.value));
  const read = (typed: string): number | null => (/^[1-9]\d?$/.test(typed.trim()) ? Number(typed) : null);
  return (
    <TextField
      label={props.label}
      labelHidden
      inputMode="numeric"
      value={text}
      readOnly={props.readOnly}
      error={read(text) === null ? t('draft.quantityWrong') : null}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(typed) => {
        setText(typed);
        props.onChange(read(typed));
      }}
    />
  );
}
