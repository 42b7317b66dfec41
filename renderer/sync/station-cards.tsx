import { Archive, Check, CircleCheck, CircleMinus, KeyRound, RotateCcw, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StationSettings } from '../bridge/station-answers.ts';
import { Card } from '../ui/card.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { List, ListRow } from '../ui/list.tsx';
import { useAgo } from '../app/frame/use-ago.ts';
import { useNow } from '../app/use-now.ts';
import { formatBytes } from './bytes.ts';
import styles from './sync.module.css';

/** The other stations, and when the server last knew each. */
export function StationsCard({ stations, zone }: { stations: StationSettings['stations']; zone: string }) {
  const { t, i18n } = useTranslation('sync');
  const ago = useAgo();
  const nowUtc = useNow(5_000);
  if (stations.length === 0) return null;
  const seen = (atUtc: string | null): { words: string; isFresh: boolean } => {
    if (atUtc === null) return { words: t('stations.never'), isFresh: false };
    const isFresh = Date.parse(nowUtc) - Date.parse(atUtc) < 90_000;
    const clock = formatInstant(atUtc, { zone, locale: i18n.language, as: 'day-clock', withZone: false });
    return { words: isFresh ? ago(atUtc, nowUtc) : t('stations.last', { clock }), isFresh };
  };
  return (
    <Card title={t('stations.title')} aside={t('stations.note')}>
      <List>
        {stations.map((station) => {
          const { words, isFresh } = seen(station.lastSeenUtc);
          const Icon = isFresh ? CircleCheck : CircleMinus;
          return (
            <ListRow
              key={station.id}
              mark={<Icon size={16} aria-hidden="true" className={isFresh ? styles.fresh : styles.stale} />}
              title={<bdi>{station.name}</bdi>}
              second={`${station.code} · ${station.locationName}`}
              aside={words}
              asideSecond={
                station.waiting === null ? t('stations.unknown') : t('stations.wait', { count: station.waiting })
              }
            />
          );
        })}
      </List>
    </Card>
  );
}

/** What is left on the disk, and what takes the rest. */
export function DiskCard({ disk }: { disk: NonNullable<StationSettings['disk']> }) {
  const { t, i18n } = useTranslation('sync');
  const bytes = (count: number): string => formatBytes(count, i18n.language);
  const other = Math.max(0, disk.totalBytes - disk.freeBytes - disk.imageBytes - disk.recordBytes);
  const parts = [
    { key: 'images', bytes: disk.imageBytes },
    { key: 'records', bytes: disk.recordBytes },
    { key: 'other', bytes: other },
  ] as const;
  return (
    <Card title={t('disk.title')} padded>
      <div className={styles.diskLine}>
        <span>{t('disk.label')}</span>
        <b>{t('disk.left', { free: bytes(disk.freeBytes), total: bytes(disk.totalBytes) })}</b>
      </div>
      <div className={styles.disk} aria-hidden="true">
        {parts.map((part) => (
          <span key={part.key} data-part={part.key} style={{ width: `${(part.bytes / disk.totalBytes) * 100}%` }} />
        ))}
      </div>
      <ul className={styles.diskParts}>
        {parts.map((part) => (
          <li key={part.key} data-part={part.key}>
            {t(`disk.${part.key}`)} {bytes(part.bytes)}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** When the things were last done that nobody misses until they are needed. */
export function SafetyCard({ safety, zone }: { safety: NonNullable<StationSettings['safety']>; zone: string }) {
  const { t, i18n } = useTranslation('sync');
  const at = (atUtc: string | null): string =>
    atUtc === null
      ? t('safety.never')
      : formatInstant(atUtc, { zone, locale: i18n.language, as: 'day-clock', withZone: false });
  const rows = [
    { key: 'backup', icon: Archive, value: at(safety.lastBackupUtc), done: safety.lastBackupUtc !== null },
    { key: 'drill', icon: RotateCcw, value: at(safety.lastRestoreDrillUtc), done: safety.lastRestoreDrillUtc !== null },
    {
      key: 'check',
      icon: ShieldCheck,
      value:
        safety.lastCheckFaults === null
          ? at(safety.lastCheckUtc)
          : `${at(safety.lastCheckUtc)}, ${t('safety.faults', { count: safety.lastCheckFaults })}`,
      done: safety.lastCheckFaults === 0,
    },
    { key: 'offlineUntil', icon: KeyRound, value: at(safety.offlineUntilUtc), done: false },
  ] as const;
  return (
    <Card title={t('safety.title')} padded>
      <ul className={styles.safety}>
        {rows.map(({ key, icon: Icon, value, done }) => (
          <li key={key}>
            <Icon size={16} aria-hidden="true" />
            <span>{t(`safety.${key}`)}</span>
            <span className={styles.safetyValue}>{value}</span>
            <span className={styles.safetyMark}>{done && <Check size={16} aria-label={t('safety.good')} />}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
