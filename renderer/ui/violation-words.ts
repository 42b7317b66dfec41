import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../shared/kernel/money-format.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import { useCommandWords } from './command-words.ts';

type Params = NonNullable<Violation['params']>;

/** Amounts as people read them, where the violation says in which currency they are. */
function withMoney(params: Params, locale: string): Params {
  const { currency } = params;
  if (typeof currency !== 'string') return params;
  const worded = Object.entries(params).map(([name, value]) => [
    name,
    name.endsWith('Minor') && typeof value === 'number' ? formatMoney(value, currency, locale) : value,
  ]);
  return Object.fromEntries(worded) as Params;
}

/** The sentence of a violation in the person's language; one without a sentence names its law, so that it can be reported. */
export function useViolationWords(): (one: Violation) => string {
  const { t, i18n } = useTranslation();
  const commandWords = useCommandWords();
  return (one) => {
    const key = `violations:${one.code}`;
    // Codes come from the law's areas, so the key is known only at run time.
    const say = t as unknown as (key: string, params: object) => string;
    const { command } = one.params ?? {};
    const what = typeof command === 'string' ? { what: commandWords(command) } : {};
    return i18n.exists(key)
      ? say(key, { ...withMoney(one.params ?? {}, i18n.language), ...what })
      : say('kit:refused', { law: one.law, code: one.code });
  };
}
