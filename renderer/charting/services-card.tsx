import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OfferedService } from '../../shared/charting/visit-view.ts';
import { formatMoney } from '../../shared/kernel/money-format.ts';
import type { Encounter } from '../../shared/waiting-room/schema.ts';
import { IconButton } from '../ui/button.tsx';
import { Select } from '../ui/select.tsx';
import styles from './side-cards.module.css';

type Done = Encounter['services'];

/** What was done in the visit, with prices: the bill begins here. */
export function ServicesCard({
  services,
  catalogue,
  mayWrite,
  onChange,
}: {
  services: Done;
  catalogue: readonly OfferedService[];
  mayWrite: boolean;
  onChange: (services: Done) => void;
}) {
  const { t, i18n } = useTranslation('charting');
  const byId = new Map(catalogue.map((one) => [one.id, one]));
  const price = (one: OfferedService | undefined): string =>
    one && one.priceMinor !== null ? formatMoney(one.priceMinor, one.currency, i18n.language) : t('services.noPrice');
  const add = (serviceId: string): void => {
    const known = services.find((one) => one.serviceId === serviceId);
    if (!known) onChange([...services, { serviceId, quantity: 1 }]);
    else onChange(services.map((one) => (one === known ? { ...one, quantity: Math.min(99, one.quantity + 1) } : one)));
  };
  return (
    <section className={styles.card} aria-label={t('services.title')}>
      <header className={styles.head}>
        <h2>{t('services.title')}</h2>
      </header>
      {services.length === 0 && <p className={styles.empty}>{t('services.none')}</p>}
      {services.map((one) => {
        const service = byId.get(one.serviceId);
        const name = service?.name ?? t('services.unknown');
        return (
          <div key={one.serviceId} className={styles.line}>
            <span>
              {one.quantity > 1 && `${one.quantity} × `}
              <b>{name}</b>
            </span>
            <span className={styles.quiet}>{price(service)}</span>
            {mayWrite && (
              <IconButton
                size="toolbar"
                label={t('services.remove', { name })}
                onClick={() => onChange(services.filter((other) => other !== one))}
              >
                <X size={14} />
              </IconButton>
            )}
          </div>
        );
      })}
      {mayWrite && (
        <div className={styles.form}>
          <Select
            label={t('services.add')}
            labelHidden
            value=""
            onChange={(serviceId) => serviceId !== '' && add(serviceId)}
            options={[
              { value: '', label: t('services.add') },
              ...catalogue.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </div>
      )}
    </section>
  );
}
