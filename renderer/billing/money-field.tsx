import { useState } from 'react';
import { formatAmount } from '../../shared/kernel/money-format.ts';
import { TextField } from '../ui/text-field.tsx';
import { parseMoney } from './draft-lines.ts';

/** An amount typed as the location writes it, in minor units; null for an empty field. What is no amount reaches nobody. */
export function MoneyField({
  label,
  labelHidden = false,
  hint,
  value,
  onChange,
  currency,
  locale,
  wrongWords,
  isWrong = false,
  name,
  autoFocus,
}: {
  label: string;
  labelHidden?: boolean;
  hint?: string;
  value: number | null;
  onChange: (amountMinor: number | null) => void;
  currency: string;
  locale: string;
  /** Said when what was typed is no amount, or `isWrong`. */
  wrongWords: string;
  isWrong?: boolean;
  /** By which a key finds the field. */
  name?: string;
  autoFocus?: boolean;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === null ? '' : formatAmount(value, currency, locale));
  const unread = parseMoney(shown, currency, locale) === undefined;
  return (
    <TextField
      label={label}
      labelHidden={labelHidden}
      hint={hint}
      error={unread || isWrong ? wrongWords : null}
      value={shown}
      inputMode="decimal"
      dir="ltr"
      name={name}
      autoFocus={autoFocus}
      style={{ textAlign: 'end' }}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(text) => {
        setTyped(text);
        const amountMinor = parseMoney(text, currency, locale);
        if (amountMinor !== undefined) onChange(amountMinor);
      }}
      onBlur={() => !unread && setTyped(null)}
    />
  );
}
