import { useTranslation } from 'react-i18next';
import type { Rounding } from '../../shared/kernel/money.ts';
import styles from './billing.module.css';
import type { DraftSums } from './draft-lines.ts';
import { useMoney } from './use-money.ts';

/** From the sum to the total: discounts and each tax in words, the rounding rule named. */
export function InvoiceSums({ sums, currency, rounding }: { sums: DraftSums; currency: string; rounding: Rounding }) {
  const { t } = useTranslation('billing');
  const { bare, money, locale } = useMoney();
  const rate = (basisPoints: number): string =>
    new Intl.NumberFormat(locale, { numberingSystem: 'latn', maximumFractionDigits: 2 }).format(basisPoints / 100);
  return (
    <>
      <div className={styles.sums}>
        <div className={styles.sum}>
          <span>{t('sums.sum')}</span>
          <span>{bare(sums.sumMinor, currency)}</span>
        </div>
        {sums.discountMinor !== 0 && (
          <div className={styles.sum} data-tone="ok">
            <span>{t('sums.discounts')}</span>
            <span>{bare(-sums.discountMinor, currency)}</span>
          </div>
        )}
        {sums.taxes.map((tax) => (
          <div key={`${tax.name}${tax.basisPoints}${tax.inclusive}`} className={styles.sum}>
            <span>
              {t(tax.inclusive ? 'sums.taxIncluded' : 'sums.taxAdded', {
                name: tax.name,
                rate: rate(tax.basisPoints),
                base: bare(tax.baseMinor, currency),
              })}
              , {t(`sums.rounding.${rounding}`)}
            </span>
            <span>{bare(tax.taxMinor, currency)}</span>
          </div>
        ))}
      </div>
      <div className={styles.total}>
        <span>{t('sums.total')}</span>
        <b>{money(sums.totalMinor, currency)}</b>
      </div>
    </>
  );
}
