import { ListChecks, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../bridge/praxis-bridge.ts';
import type { CheckAnswer } from '../bridge/station-answers.ts';
import { useSession } from '../bridge/use-session.ts';
import { useZone } from '../bridge/use-zone.ts';
import { useStation, useStationSettings } from '../bridge/use-station.ts';
import { useSync } from '../bridge/use-sync.ts';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/states.tsx';
import { showToast } from '../ui/toast-store.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { CheckCard } from './check-card.tsx';
import { DiskCard, SafetyCard, StationsCard } from './station-cards.tsx';
import { SyncHead } from './sync-head.tsx';
import { WaitingCard, HeldCard } from './waiting-card.tsx';
import styles from './sync.module.css';

/** What waits, since when and why, what this machine stands on, and the loud checks. */
export function Screen() {
  const { t } = useTranslation('sync');
  const sync = useSync();
  const { state } = useSession();
  const { syncNow, check } = useStation();
  const settings = useStationSettings();
  const [checked, setChecked] = useState<CheckAnswer | null>(null);
  const [running, setRunning] = useState<'check' | 'try' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const zone = useZone();
  const during = async (what: 'check' | 'try', deed: () => Promise<void>): Promise<void> => {
    setRunning(what);
    setProblem(null);
    await deed().catch((error: unknown) => setProblem(codeOf(error)));
    setRunning(null);
  };
  const tryNow = (): void =>
    void during('try', async () => {
      await syncNow();
      showToast({ words: t('tried'), undo: null });
    });
  useHotkey('R', t('tryNow'), tryNow, { group: t('title') });
  if (!sync) return null;
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>{t('title')}</h1>
        {state?.station && (
          <p>
            {t('station', { name: state.station.name, code: state.station.code, location: state.location?.name ?? '' })}
          </p>
        )}
        <span className={styles.buttons}>
          <Button
            size="toolbar"
            icon={<ListChecks size={16} />}
            disabledReason={running === 'check' ? t('checking') : null}
            onClick={() => void during('check', async () => setChecked(await check()))}
          >
            {t('checkAll')}
          </Button>
          <Button
            kind="main"
            size="toolbar"
            icon={<RefreshCw size={16} />}
            keyCap="R"
            disabledReason={running === 'try' ? t('trying') : null}
            onClick={tryNow}
          >
            {t('tryNow')}
          </Button>
        </span>
      </header>
      {problem !== null && <ErrorState title={t('failed.title')} why={t('failed.why')} code={problem} />}
      <SyncHead sync={sync} zone={zone} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <WaitingCard sync={sync} zone={zone} />
          <HeldCard sync={sync} zone={zone} />
          {checked && <CheckCard answer={checked} />}
        </div>
        <div className={styles.column}>
          {settings.value && (
            <StationsCard
              stations={settings.value.stations.filter((one) => one.id !== state?.station?.id)}
              zone={zone}
            />
          )}
          {settings.value?.disk && <DiskCard disk={settings.value.disk} />}
          {settings.value?.safety && <SafetyCard safety={settings.value.safety} zone={zone} />}
        </div>
      </div>
    </div>
  );
}
