import { formatAmount, formatMoney } from '../../shared/kernel/money-format.ts';
import { useSession } from '../bridge/use-session.ts';
import { useZone } from '../bridge/use-zone.ts';
import { formatInstant } from '../ui/instant-format.ts';
import { useTranslation } from 'react-i18next';

/** Amounts and times as this location writes them. */
export function useMoney() {
  const { state } = useSession();
  const { i18n } = useTranslation();
  const locale = state?.location?.locale ?? i18n.language;
  const zone = useZone();
  return {
    locale,
    zone,
    money: (amountMinor: number, currency: string): string => formatMoney(amountMinor, currency, locale),
    bare: (amountMinor: number, currency: string): string => formatAmount(amountMinor, currency, locale),
    clock: (atUtc: string): string =>
      formatInstant(atUtc, { zone, locale: i18n.language, as: 'clock', withZone: false }),
    when: (atUtc: string): string =>
      formatInstant(atUtc, { zone, locale: i18n.language, as: 'day-clock', withZone: false }),
  };
}
