import { useTranslation } from 'react-i18next';
import type { TaskItem } from '../../shared/inbox/item-schema.ts';
import { go } from '../app/router.ts';
import { useSession } from '../bridge/use-session.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { useViolationWords } from '../ui/violation-words.ts';
import styles from './inbox.module.css';
import { kindWords } from './law-words.ts';
import { useSolve } from './use-solve.ts';
import { useWhen } from './use-when.ts';

/** Something that stands and needs a look: what speaks against it, where it is, and the word that it was seen to. */
export function TaskCard({ item }: { item: TaskItem }) {
  const { t } = useTranslation('inbox');
  const say = useViolationWords();
  const { when } = useWhen();
  const { may } = useSession();
  const { task, patient } = item;
  const { solve, blocked } = useSolve('task', task);
  const billed = item.invoiceId
    ? { invoiceId: item.invoiceId }
    : item.encounterId
      ? { encounterId: item.encounterId }
      : null;
  const isBill = ['invoice', 'payment', 'service'].includes(task.aboutKind);
  return (
    <Card
      title={t(`task.${task.reason}`)}
      note={patient ? <bdi>{patient.name.written}</bdi> : undefined}
      aside={t('since', { when: when(item.atUtc) })}
      tone="amber"
    >
      <div className={styles.body}>
        <p>{t(`taskMeans.${task.reason}`)}</p>
        <p className={styles.small}>{t('taskAbout', { kind: kindWords(t, task.aboutKind), about: item.about })}</p>
        {task.violations.length > 0 && (
          <ul>
            {task.violations.map((one, at) => (
              <li key={at}>{say(one)}</li>
            ))}
          </ul>
        )}
        <div className={styles.buttons}>
          {isBill && may('billing.view') && <Button onClick={() => go('bill', billed ?? {})}>{t('openBill')}</Button>}
          {patient && (
            <Button onClick={() => go('patient', { patientId: patient.id })}>
              {t('openPatient', { name: patient.name.written })}
            </Button>
          )}
          <Button kind="main" size="main" disabledReason={blocked} onClick={solve}>
            {t('acknowledge')}
          </Button>
        </div>
      </div>
    </Card>
  );
}
