import { useTranslation } from 'react-i18next';
import { useStationSettings } from '../bridge/use-station.ts';
import { ErrorState, Skeleton } from '../ui/states.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { go, useParams } from '../app/router.ts';
import { DevicesCard } from './devices-card.tsx';
import { InForceCard, KeysCard } from './station-settings.tsx';
import { StationsCard } from './stations-card.tsx';
import { OwnCard, PinCard } from './own-settings.tsx';
import styles from './settings.module.css';

const parts = ['own', 'devices', 'stations', 'station'] as const;

/** What is in force here, the devices with their test, the keys, and how the person likes their own screen. */
export function Screen() {
  const { t } = useTranslation('settings');
  const params = useParams('settings');
  const part = parts.find((one) => one === params.part) ?? 'own';
  const { value, failed } = useStationSettings();
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>{t('title')}</h1>
        <SegmentedControl
          label={t('title')}
          value={part}
          onChange={(next) => go('settings', { part: next }, { replace: true })}
          options={parts.map((one) => ({ value: one, label: t(`parts.${one}`) }))}
        />
      </header>
      {part === 'own' && (
        <>
          <OwnCard />
          <PinCard />
        </>
      )}
      {part !== 'own' && failed && value === null && <ErrorState title={t('failed.title')} why={t('failed.why')} />}
      {part !== 'own' && !failed && value === null && <Skeleton isSlow />}
      {part === 'devices' && value && <DevicesCard devices={value.devices} />}
      {part === 'stations' && value && <StationsCard settings={value} />}
      {part === 'station' && value && (
        <>
          <KeysCard keys={value.keys} />
          <InForceCard settings={value} />
        </>
      )}
    </div>
  );
}
