import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lineOfService } from '../../shared/billing/rules.ts';
import { useView } from '../bridge/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/select.tsx';
import styles from './billing.module.css';
import type { DraftLine } from './draft-lines.ts';
import { useMoney } from './use-money.ts';

/** One more line for the draft: any service of the place that has a price. */
export function AddService({ locationId, onAdd }: { locationId: string; onAdd: (line: DraftLine) => void }) {
  const { t } = useTranslation('billing');
  const { money } = useMoney();
  const [serviceId, setServiceId] = useState('');
  const view = useView('scheduling/catalogue', { locationId });
  const services = view.state === 'ready' ? (view.value?.services.filter((one) => one.priceMinor !== null) ?? []) : [];
  const add = (): void => {
    const service = services.find((one) => one.id === serviceId);
    const line = service && lineOfService(service, 1);
    if (!line) return;
    onAdd({ ...line, key: crypto.randomUUID(), discountText: '' });
    setServiceId('');
  };
  return (
    <div className={styles.add}>
      <Select
        label={t('draft.addLabel')}
        value={serviceId}
        onChange={setServiceId}
        options={[
          { value: '', label: '–' },
          ...services.map((one) => ({
            value: one.id,
            label: `${one.name}, ${money(one.priceMinor ?? 0, one.currency)}`,
          })),
        ]}
      />
      <Button
        size="main"
        icon={<Plus size={15} aria-hidden="true" />}
        disabledReason={serviceId === '' ? t('draft.addLabel') : null}
        onClick={add}
      >
        {t('draft.addLine')}
      </Button>
    </div>
  );
}
