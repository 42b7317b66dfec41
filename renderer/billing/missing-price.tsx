import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Service } from '../../shared/catalog/schema.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useSession } from '../bridge/use-session.ts';
import { Button } from '../ui/button.tsx';
import styles from './billing.module.css';
import { MoneyField } from './money-field.tsx';
import { useMoney } from './use-money.ts';

/** A service without a price (BILL-5): repaired here by who may, else it is said who can. */
export function MissingPrice({ service, pricers }: { service: Service; pricers: readonly string[] }) {
  const { t } = useTranslation('billing');
  const { locale } = useMoney();
  const { may } = useSession();
  const { run, isRunning } = useCommand();
  const [priceMinor, setPrice] = useState<number | null>(null);
  const wrong = priceMinor === null || priceMinor < 0;
  const words = { service: service.name };
  const save = (): void => {
    if (wrong || isRunning) return;
    const input = { serviceId: service.id, priceMinor };
    void run('catalog/set-price', input, {
      seen: { [`service/${service.id}`]: service },
      done: t('price.done', words),
    });
  };
  return (
    <div className={styles.repair} role="status">
      <b>{t('price.title', words)}</b>
      <span>{t('price.why')}</span>
      {may('settings.write') ? (
        <form
          className={styles.repairForm}
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <MoneyField
            label={t('price.field', words)}
            value={priceMinor}
            onChange={setPrice}
            currency={service.currency}
            locale={locale}
            wrongWords={t('price.wrong')}
          />
          <Button kind="main" size="main" type="submit" disabledReason={wrong ? t('price.wrong') : null}>
            {t('price.set')}
          </Button>
        </form>
      ) : (
        <span>{pricers.length > 0 ? t('price.whoCan', { names: pricers.join(', ') }) : t('price.nobody')}</span>
      )}
    </div>
  );
}
