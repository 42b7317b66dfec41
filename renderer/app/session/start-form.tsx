import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../../bridge/praxis-bridge.ts';
import type { useStation } from '../../bridge/use-station.ts';
import { useSession } from '../../bridge/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { useUi } from '../ui-state.ts';
import { Entrance } from './entrance.tsx';
import { useStartFailureWords } from './start-words.ts';
import styles from './session.module.css';

type StartAnswer = Awaited<ReturnType<ReturnType<typeof useStation>['setUp']>>;

/** A form that makes this machine a workstation: says what is missing and what went wrong, and shows the recovery key when it went well. */
export function StartForm({
  title,
  note,
  button,
  missing,
  onStart,
  onBack,
  children,
}: {
  title: string;
  note: string;
  button: string;
  /** What is still to be filled, in words; null when nothing is. */
  missing: string | null;
  onStart: () => Promise<StartAnswer>;
  onBack: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('session');
  const { reload } = useSession();
  const words = useStartFailureWords();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setIsBusy(true);
    setProblem(null);
    try {
      const answer = await onStart();
      if (!answer.ok) setProblem(answer.code);
      if (answer.ok) useUi.setState({ recoveryKey: answer.recoveryKey });
      if (answer.ok) await reload();
    } catch (error) {
      setProblem(codeOf(error));
    }
    setIsBusy(false);
  };
  return (
    <Entrance title={title} note={note} wide>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (missing === null && !isBusy) void submit();
        }}
      >
        {children}
        {problem !== null && (
          <p className={styles.error} role="alert">
            {words(problem)}
          </p>
        )}
        <div className={styles.foot}>
          <Button kind="main" size="main" type="submit" disabledReason={isBusy ? t('working') : missing}>
            {button}
          </Button>
          <Button size="main" onClick={onBack}>
            {t('back')}
          </Button>
        </div>
      </form>
    </Entrance>
  );
}
