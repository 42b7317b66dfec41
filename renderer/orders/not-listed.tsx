import { useTranslation } from 'react-i18next';
import type { Device } from '../../shared/devices/schema.ts';
import type { ScanRow } from '../../shared/orders/scan-row.ts';
import { type WhyLine, whyNotListed } from '../../shared/orders/why-not-listed.ts';
import { useNow } from '../app/use-now.ts';
import { Button } from '../ui/button.tsx';
import { formatDay } from '../ui/day-format.ts';
import { CompareTable } from './compare-table.tsx';
import type { DeviceLog } from './device-log.ts';
import styles from './scan.module.css';
import { useStepDeeds } from './use-step-deeds.ts';

/** Why the chosen person is not on the device's worklist: a sentence, then asked against held, field by field. */
export function NotListed({
  row,
  device,
  log,
  zone,
}: {
  row: ScanRow;
  device: Device;
  log: DeviceLog | null;
  zone: string;
}) {
  const { t, i18n } = useTranslation('orders');
  const nowUtc = useNow(60_000);
  const deeds = useStepDeeds();
  const query = log?.lastQuery ?? null;
  const isOn = row.order !== null && (query?.answeredStepIds.includes(row.order.stepId) ?? false);
  if (isOn || row.images > 0 || row.state === 'done' || row.state === 'no-show') return null;
  const asked = { device, keys: query?.keys ?? null, atUtc: query?.atUtc ?? nowUtc, zone };
  const why = whyNotListed(asked, { order: row.order, aeTitle: row.aeTitle, recordNumber: row.recordNumber });
  if (why.reason === 'listed' && query === null) return null;
  const shown = (line: WhyLine, side: 'asked' | 'held'): string => {
    const value = line[side];
    if (line.field === 'state') return t(`orderState.${value as 'scheduled'}`);
    if (line.field === 'day' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value, i18n.language);
    if (line.field === 'location') return t(line.fits || side === 'asked' ? 'why.here' : 'why.elsewhere');
    return value;
  };
  return (
    <section className={styles.why} data-status="amber" aria-label={t('why.title', { name: row.name.written })}>
      <h3>{t('why.title', { name: row.name.written })}</h3>
      <p>{t(`why.reason.${why.reason}`, { device: device.name, other: row.deviceName ?? '' })}</p>
      {row.order && (
        <CompareTable
          left={t('why.asked')}
          right={t('why.held')}
          rows={why.lines.map((line) => ({
            key: line.field,
            label: t(`why.line.${line.field}`),
            left: shown(line, 'asked'),
            right: shown(line, 'held'),
            differs: !line.fits,
          }))}
        />
      )}
      <div className={styles.buttons}>
        {row.appointment && row.deviceId !== device.id && (
          <Button
            size="toolbar"
            disabledReason={deeds.mayMove ? null : t('mayNot')}
            onClick={() => deeds.moveTo(row, device)}
          >
            {t('why.moveTo', { name: row.name.written, device: device.name })}
          </Button>
        )}
        {row.order?.status === 'cancelled' && (
          <Button
            size="toolbar"
            disabledReason={deeds.mayWrite ? null : t('mayNot')}
            onClick={() => deeds.setStatus(row, 'scheduled')}
          >
            {t('deed.reopen')}
          </Button>
        )}
      </div>
    </section>
  );
}
