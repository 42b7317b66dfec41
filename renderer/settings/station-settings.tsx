import { Check, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StationSettings } from '../bridge/station-answers.ts';
import { Card } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import styles from './settings.module.css';

/** Where this station's key lies, how strong that is, and what could open the store if it were lost. */
export function KeysCard({ keys }: { keys: StationSettings['keys'] }) {
  const { t } = useTranslation('settings');
  if (!keys) return null;
  const mark = (isGood: boolean, words: string) => (
    <Chip
      tone={isGood ? 'ok' : 'amber'}
      icon={isGood ? <Check size={14} aria-hidden="true" /> : <TriangleAlert size={14} aria-hidden="true" />}
    >
      {words}
    </Chip>
  );
  return (
    <Card title={t('keys.title')} padded>
      <dl className={styles.values}>
        <dt>{t('keys.place')}</dt>
        <dd>
          {keys.backend} {mark(keys.strong, t(keys.strong ? 'keys.strong' : 'keys.weak'))}
          {keys.note !== '' && <span className={styles.from}>{keys.note}</span>}
        </dd>
        <dt>{t('keys.recovery')}</dt>
        <dd>{mark(keys.recoveryKeyMade, t(keys.recoveryKeyMade ? 'keys.made' : 'keys.notMade'))}</dd>
        <dt>{t('keys.escrow')}</dt>
        <dd>{mark(keys.serverEscrow, t(keys.serverEscrow ? 'keys.made' : 'keys.notMade'))}</dd>
      </dl>
    </Card>
  );
}

/** Every setting in force, and where it came from. */
export function InForceCard({ settings }: { settings: StationSettings }) {
  const { t } = useTranslation('settings');
  return (
    <Card
      title={t('inForce.title')}
      note={settings.version === null ? undefined : t('inForce.version', { version: settings.version })}
      padded
    >
      <dl className={styles.values}>
        {settings.serverUrl !== null && (
          <>
            <dt>{t('inForce.server')}</dt>
            <dd>{settings.serverUrl}</dd>
          </>
        )}
        {settings.values.map((one) => (
          <div key={one.name} className={styles.value}>
            <dt>{one.name}</dt>
            <dd>
              {one.value} <span className={styles.from}>{one.from}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
