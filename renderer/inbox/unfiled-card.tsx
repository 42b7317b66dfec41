import { Check, Minus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudyItem } from '../../shared/inbox/item-schema.ts';
import type { ProposedStep, StepChoice } from '../../shared/imaging/unfiled-studies.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useSession } from '../bridge/use-session.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import styles from './inbox.module.css';
import { useWhen } from './use-when.ts';

/** Images that are filed nowhere: what they say, which visit they likely belong to and why, and the one button that files them. */
export function UnfiledCard({ item }: { item: StudyItem }) {
  const { t } = useTranslation('inbox');
  const { when } = useWhen();
  const { may } = useSession();
  const { run, isRunning } = useCommand();
  const { unfiled } = item;
  const { study, seen, heldFor } = unfiled;
  const others = unfiled.proposed.filter((one) => one.orderId !== heldFor?.orderId);
  const choices: Array<StepChoice | ProposedStep> = heldFor ? [heldFor, ...others] : others;
  const [orderId, setOrderId] = useState<string | null>(null);
  const chosen = choices.find((one) => one.orderId === orderId) ?? choices[0];
  const device = unfiled.deviceName ?? unfiled.callingAeTitle;
  const words = { name: chosen?.name.written ?? '' };
  const blocked = !may('imaging.link') ? t('mayNotLink') : !chosen ? t('study.noneLikely') : isRunning ? '' : null;
  const file = (): void => {
    if (blocked !== null || !chosen) return;
    const input = { studyId: study.id, orderId: chosen.orderId };
    void run('imaging/link-study', input, { seen: { [`study/${study.id}`]: study }, done: t('study.linked', words) });
  };
  useHotkey('Ctrl+Enter', t('study.pick'), file, { group: t('title') });
  const isRelease = chosen !== undefined && chosen.orderId === heldFor?.orderId;
  const title =
    item.type === 'held'
      ? t('study.heldTitle', { what: heldFor?.procedure ?? seen?.description ?? device })
      : t('study.strayTitle', { device });
  return (
    <Card title={title} aside={t('since', { when: when(item.atUtc) })} tone={item.type === 'held' ? 'red' : 'amber'}>
      <div className={styles.body}>
        <p>{item.type === 'held' ? t('study.heldMeans') : t('study.strayMeans', { count: unfiled.images })}</p>
        <Identity item={item} against={chosen} />
        {choices.length === 0 ? (
          <p>{t('study.noneLikely')}</p>
        ) : (
          <div role="radiogroup" aria-label={t('study.pick')} className={styles.body} style={{ padding: 0 }}>
            {choices.map((one) => (
              <label key={one.orderId} className={styles.proposal} data-chosen={one === chosen}>
                <span className={styles.choice}>
                  <input type="radio" name="visit" checked={one === chosen} onChange={() => setOrderId(one.orderId)} />
                  <span>
                    <b>
                      <bdi>{one.name.written}</bdi>
                    </b>{' '}
                    <bdi className={styles.small}>{one.name.latin}</bdi> {one.recordNumber}
                    <span className={styles.small} style={{ display: 'block' }}>
                      {t('study.when', { procedure: one.procedure, when: when(one.scheduledAtUtc) })}
                    </span>
                  </span>
                </span>
                {'reasons' in one && <Why step={one} />}
              </label>
            ))}
          </div>
        )}
        <div className={styles.buttons}>
          <Button kind="main" size="main" keyCap="Ctrl+Enter" disabledReason={blocked} onClick={file}>
            {t(isRelease ? 'study.release' : 'study.link', words)}
          </Button>
        </div>
      </div>
    </Card>
  );
}

function Why({ step }: { step: ProposedStep }) {
  const { t } = useTranslation('inbox');
  return (
    <span className={styles.why}>
      {step.reasons.map((reason) => (
        <span key={reason} data-status="ok">
          <Check size={12} aria-hidden="true" /> {t(`reason.${reason}`)}
        </span>
      ))}
      {step.against.map((reason) => (
        <span key={reason} data-status="amber">
          <Minus size={12} aria-hidden="true" /> {t(`against.${reason}`)}
        </span>
      ))}
    </span>
  );
}

/** What the images say beside what the visit says; only what differs is marked. */
function Identity({ item, against }: { item: StudyItem; against: StepChoice | undefined }) {
  const { t } = useTranslation('inbox');
  const { seen, study } = item.unfiled;
  if (!seen) return <p>{t('study.unread')}</p>;
  const visitName = against ? [against.name.written, against.name.latin].filter((part) => part !== '').join(', ') : '';
  const rows = [
    {
      key: 'name',
      label: t('study.name'),
      image: seen.name,
      visit: visitName,
      differs: study.differs.includes('name'),
    },
    {
      key: 'born',
      label: t('study.born'),
      image: seen.birthDate,
      visit: against?.birthDate ?? '',
      differs: study.differs.includes('birth_date'),
    },
    {
      key: 'sex',
      label: t('study.sex'),
      image: seen.sex,
      visit: against?.sex ?? '',
      differs: study.differs.includes('sex'),
    },
    {
      key: 'number',
      label: t('study.number'),
      image: seen.recordNumber,
      visit: against?.recordNumber ?? '',
      differs: study.differs.includes('patient_id'),
    },
  ];
  const cell = (text: string, differs: boolean) =>
    text === '' ? (
      <span className={styles.small}>{t('study.nothing')}</span>
    ) : (
      <bdi className={differs ? styles.marked : undefined}>{text}</bdi>
    );
  return (
    <table className={styles.compare}>
      <thead>
        <tr>
          <th scope="col">{item.unfiled.callingAeTitle}</th>
          <th scope="col">{t('study.says')}</th>
          <th scope="col">{t('study.visit')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.label}</th>
            <td>{cell(row.image, row.differs)}</td>
            <td>{cell(row.visit, row.differs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
