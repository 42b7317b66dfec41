import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { handOut } from '../../shared/billing/cash-rules.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import styles from './billing.module.css';
import { useMoney } from './use-money.ts';

/** The change, large; the notes and coins that make it, for whoever wants to see them. */
export function ChangeBack({ changeMinor, currency }: { changeMinor: number; currency: string }) {
  const { t } = useTranslation('billing');
  const { money, bare } = useMoney();
  const [withNotes, setWithNotes] = useState(true);
  if (changeMinor <= 0) return <p className={styles.small}>{t('pay.noChange')}</p>;
  const pieces = handOut(changeMinor, currency).map((one) => `${one.count} × ${bare(one.pieceMinor, currency)}`);
  return (
    <div>
      <output className={styles.change}>
        <span>
          {t('pay.change')}
          {withNotes && <small>{pieces.join(' · ')}</small>}
        </span>
        <b>{money(changeMinor, currency)}</b>
      </output>
      <Checkbox checked={withNotes} onChange={setWithNotes}>
        {t('pay.notes')}
      </Checkbox>
    </div>
  );
}
