import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localTime } from '../../shared/kernel/time.ts';
import type { ScanRow } from '../../shared/orders/scan-row.ts';
import type { ScanDay } from '../../shared/orders/scan-view.ts';
import { go, useParams } from '../app/router.ts';
import { useNow } from '../app/use-now.ts';
import { useSession } from '../bridge/use-session.ts';
import { useView } from '../bridge/use-view.ts';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { Select } from '../ui/select.tsx';
import { ErrorState, NotPermitted, Skeleton } from '../ui/states.tsx';
import { DevicePanel } from './device-panel.tsx';
import { ScanTable } from './scan-table.tsx';
import { UnfiledCards } from './unfiled-cards.tsx';
import styles from './scan.module.css';

const ALL = '';
/** More devices than fit into one row of buttons become a list. */
const MAX_SEGMENTS = 5;

/** Scan: one row per step of the day, the device beside it, and what came and could not be filed below. */
export function Screen() {
  const { t } = useTranslation('orders');
  const { state } = useSession();
  const { deviceId } = useParams('scan');
  const nowUtc = useNow(60_000);
  const location = state?.location;
  const day = location ? localTime(nowUtc, location.zone).day : '';
  const view = useView('orders/scan', location ? { locationId: location.id, day, deviceId: deviceId ?? null } : null);
  if (view.state === 'not-permitted') return <NotPermitted />;
  if (view.state === 'error')
    return <ErrorState title={t('error.title')} why={t('error.why')} code={view.code} onRetry={view.retry} />;
  if (view.state === 'loading') return <Skeleton isSlow={view.isSlow} rows={10} rowHeightPx={48} />;
  if (!view.value) return <ErrorState title={t('error.title')} why={t('error.noLocation')} />;
  return <ScanPage value={view.value} deviceId={deviceId ?? null} />;
}

function ScanPage({ value, deviceId }: { value: ScanDay; deviceId: string | null }) {
  const { t } = useTranslation('orders');
  const params = useParams('scan');
  const [selectedId, setSelectedId] = useState<string | null>(params.stepId ?? null);
  const { devices, rows } = value;
  const selected = rows.find((row) => row.id === selectedId) ?? nextToDo(rows);
  const shownDevice =
    devices.find((one) => one.id === (deviceId ?? selected?.bookedDeviceId ?? selected?.deviceId)) ?? devices[0];
  const images = rows.reduce((sum, row) => sum + row.images, 0);
  const done = rows.filter((row) => row.state === 'done').length;
  const options = [
    { value: ALL, label: t('allDevices') },
    ...devices.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const choose = (id: string): void => go('scan', id === ALL ? {} : { deviceId: id }, { replace: true });
  return (
    <div className={styles.screen}>
      <div className={styles.page}>
        <header className={styles.head}>
          <h1>{t('title', { device: devices.find((one) => one.id === deviceId)?.name ?? t('allDevices') })}</h1>
          <span className={styles.sum}>
            {[t('steps', { count: rows.length }), t('doneSteps', { count: done }), t('images', { count: images })].join(
              ' · ',
            )}
          </span>
          {options.length <= MAX_SEGMENTS ? (
            <SegmentedControl label={t('device')} value={deviceId ?? ALL} onChange={choose} options={options} />
          ) : (
            <Select label={t('device')} labelHidden value={deviceId ?? ALL} onChange={choose} options={options} />
          )}
        </header>
        {value.held !== 'held' && (
          <p className={styles.why} data-status="amber" role="status">
            {t(value.held === 'loading' ? 'held.loading' : 'held.no')}
          </p>
        )}
        <div className={styles.rows}>
          <ScanTable
            rows={rows}
            zone={value.zone}
            device={shownDevice}
            selectedId={selected?.id ?? null}
            onSelect={(row) => setSelectedId(row.id)}
          />
        </div>
        {value.unfiled.length > 0 && <UnfiledCards unfiled={value.unfiled} choices={value.choices} zone={value.zone} />}
      </div>
      {shownDevice && (
        <DevicePanel
          key={shownDevice.id}
          device={shownDevice}
          zone={value.zone}
          rows={rows}
          selected={selected ?? null}
        />
      )}
    </div>
  );
}

/** Who comes next: the first step that is neither over nor given up. */
function nextToDo(rows: readonly ScanRow[]): ScanRow | undefined {
  return rows.find((row) => !['done', 'no-show', 'cancelled'].includes(row.state)) ?? rows[0];
}
