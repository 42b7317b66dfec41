import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../../bridge/praxis-bridge.ts';
import { useSession } from '../../bridge/use-session.ts';
import { useStation } from '../../bridge/use-station.ts';
import { Button } from '../../ui/button.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useUi } from '../ui-state.ts';
import { Entrance } from './entrance.tsx';
import { useStartFailureWords } from './start-words.ts';
import styles from './session.module.css';

const profiles = ['desk', 'scan', 'reading'] as const;

/** One more workstation of a clinic: the server's address and the one-time code that the manager gave. */
export function EnrolForm({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('session');
  const { enrol } = useStation();
  const { reload } = useSession();
  const words = useStartFailureWords();
  const [serverUrl, setServerUrl] = useState('https://');
  const [code, setCode] = useState('');
  const [stationName, setStationName] = useState('');
  const [profile, setProfile] = useState<(typeof profiles)[number]>('desk');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isComplete = URL.canParse(serverUrl) && code.trim() !== '' && stationName.trim() !== '';
  const submit = async (): Promise<void> => {
    setIsBusy(true);
    setProblem(null);
    try {
      const request = { serverUrl: serverUrl.trim(), code: code.trim(), stationName: stationName.trim(), profile };
      const answer = await enrol({ do: 'enrol', ...request });
      if (!answer.ok) setProblem(answer.code);
      if (answer.ok) useUi.setState({ recoveryKey: answer.recoveryKey });
      if (answer.ok) await reload();
    } catch (error) {
      setProblem(codeOf(error));
    }
    setIsBusy(false);
  };
  return (
    <Entrance title={t('enrol.title')} note={t('enrol.note')} wide>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete && !isBusy) void submit();
        }}
      >
        <TextField label={t('enrol.serverUrl')} value={serverUrl} onChange={setServerUrl} dir="ltr" autoFocus />
        <TextField label={t('enrol.code')} value={code} onChange={setCode} hint={t('enrol.codeHint')} dir="ltr" />
        <TextField label={t('enrol.stationName')} value={stationName} onChange={setStationName} />
        <SegmentedControl
          label={t('enrol.profile')}
          value={profile}
          onChange={setProfile}
          options={profiles.map((value) => ({ value, label: t(`enrol.profiles.${value}`) }))}
        />
        {problem !== null && (
          <p className={styles.error} role="alert">
            {words(problem)}
          </p>
        )}
        <div className={styles.foot}>
          <Button
            kind="main"
            size="main"
            type="submit"
            disabledReason={isBusy ? t('working') : isComplete ? null : t('enrol.incomplete')}
          >
            {t('enrol.button')}
          </Button>
          <Button size="main" onClick={onBack}>
            {t('back')}
          </Button>
        </div>
      </form>
    </Entrance>
  );
}
