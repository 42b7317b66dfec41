import { useTranslation } from 'react-i18next';
import type { RefusalItem } from '../../shared/inbox/item-schema.ts';
import { formatMoney } from '../../shared/kernel/money-format.ts';
import { go } from '../app/router.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useSession } from '../bridge/use-session.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { useCommandWords } from '../ui/command-words.ts';
import { useViolationWords } from '../ui/violation-words.ts';
import styles from './inbox.module.css';
import { fieldWords } from './law-words.ts';
import { useSolve } from './use-solve.ts';
import { useWhen } from './use-when.ts';

/** What the server refused: what was wanted, why it could not be, and the way to repair it. */
export function Refused({ item }: { item: RefusalItem }) {
  const { t } = useTranslation('inbox');
  const say = useViolationWords();
  const commandWords = useCommandWords();
  const { when } = useWhen();
  const { state } = useSession();
  const { run, isRunning } = useCommand();
  const { refusal, patient, by } = item;
  const { solve, blocked } = useSolve('refusal', refusal);
  const location = state?.location;
  const again = async (): Promise<void> => {
    const answer = await run(refusal.command, refusal.input, { seen: {} });
    if (answer.ok) solve();
  };
  return (
    <Card
      title={t('refused.title', { what: commandWords(refusal.command) })}
      note={patient ? <bdi>{patient.name.written}</bdi> : undefined}
      aside={t('since', { when: when(item.atUtc) })}
      tone="red"
    >
      <div className={styles.body}>
        <p>{t('refused.means', { author: by.authorName || t('somebody'), station: by.stationName })}</p>
        <dl className={styles.facts} aria-label={t('refused.why')}>
          {refusal.violations.map((one, at) => (
            <div key={at} style={{ display: 'contents' }}>
              <dt>{t('refused.why')}</dt>
              <dd>{say(one)}</dd>
            </div>
          ))}
          {refusal.because !== null && <dd>{t('refused.because')}</dd>}
          {item.wanted.map((one) => (
            <div key={one.field} style={{ display: 'contents' }}>
              <dt>{fieldWords(t, one.field)}</dt>
              <dd dir="auto">
                {one.instantUtc
                  ? when(one.instantUtc)
                  : one.amountMinor !== null && location
                    ? formatMoney(one.amountMinor, location.currency, location.locale)
                    : one.text}
              </dd>
            </div>
          ))}
        </dl>
        <div className={styles.buttons}>
          {patient && (
            <Button onClick={() => go('patient', { patientId: patient.id })}>
              {t('openPatient', { name: patient.name.written })}
            </Button>
          )}
          <Button kind={item.repeatable ? 'plain' : 'main'} size="main" disabledReason={blocked} onClick={solve}>
            {t('refused.acknowledge')}
          </Button>
          {item.repeatable && (
            <Button kind="main" size="main" disabledReason={isRunning ? '' : blocked} onClick={() => void again()}>
              {t('refused.again')}
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}
