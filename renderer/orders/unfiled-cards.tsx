import { ScanSearch, ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeenIdentity, StepChoice, UnfiledStudy } from '../../shared/imaging/unfiled-studies.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useSession } from '../bridge/use-session.ts';
import { Button } from '../ui/button.tsx';
import { formatDay } from '../ui/day-format.ts';
import { formatInstant } from '../ui/instant-format.ts';
import { Select } from '../ui/select.tsx';
import { CompareTable, type CompareRow } from './compare-table.tsx';
import styles from './scan.module.css';

/** What came and could not be filed: strays with their likely visit, and held studies with what differs side by side. */
export function UnfiledCards({
  unfiled,
  choices,
  zone,
}: {
  unfiled: readonly UnfiledStudy[];
  choices: readonly StepChoice[];
  zone: string;
}) {
  const { t } = useTranslation('orders');
  return (
    <section className={styles.unfiled} aria-label={t('unfiled.label')}>
      {unfiled.map((one) => (
        <UnfiledCard key={one.study.id} one={one} choices={choices} zone={zone} />
      ))}
    </section>
  );
}

function UnfiledCard({ one, choices, zone }: { one: UnfiledStudy; choices: readonly StepChoice[]; zone: string }) {
  const { t, i18n } = useTranslation('orders');
  const { run, isRunning } = useCommand();
  const { may } = useSession();
  /** The step chosen by hand; empty while the list is open and nothing is, null while it is closed. */
  const [chosenOrderId, setChosenOrderId] = useState<string | null>(null);
  const { study, seen, heldFor, proposed } = one;
  const clock = (atUtc: string): string =>
    formatInstant(atUtc, { zone, locale: i18n.language, as: 'clock', withZone: false });
  const whyNot = may('imaging.link') ? null : t('mayNot');
  const link = (step: StepChoice): void => {
    if (isRunning || whyNot !== null) return;
    const done = t('unfiled.linked', { name: step.name.written, procedure: step.procedure });
    void run(
      'imaging/link-study',
      { studyId: study.id, orderId: step.orderId },
      { seen: { [`study/${study.id}`]: study }, done },
    );
  };
  const best = heldFor ? undefined : proposed[0];
  const byHand = [...choices, ...proposed].find((choice) => choice.orderId === chosenOrderId);
  const target = chosenOrderId === null ? best : byHand;
  const title = seen?.name || t('unfiled.noName');
  const Icon = heldFor ? ShieldAlert : ScanSearch;
  const stepWords = (step: StepChoice): string =>
    t('unfiled.step', { name: step.name.written, procedure: step.procedure, clock: clock(step.scheduledAtUtc) });
  return (
    <article className={styles.stray} data-status={heldFor ? 'red' : 'amber'}>
      <h2>
        <Icon size={16} aria-hidden="true" />
        <span>
          {heldFor
            ? t('unfiled.held', { procedure: heldFor.procedure, count: one.images })
            : t('unfiled.stray', { title, count: one.images })}
        </span>
        <time dateTime={study.firstImageAtUtc}>
          {formatInstant(study.firstImageAtUtc, { zone, locale: i18n.language, as: 'day-clock', withZone: false })}
        </time>
      </h2>
      {heldFor && seen && (
        <CompareTable
          left={t('sides.order')}
          right={t('sides.images')}
          rows={identityRows(heldFor, seen, i18n.language).map(
            ({ field, ...row }): CompareRow => ({
              ...row,
              key: field,
              label: t(`sides.${field}`),
              differs: study.differs.includes(field),
            }),
          )}
        />
      )}
      {!heldFor && (
        <p>
          {[
            one.deviceName ?? one.callingAeTitle,
            seen?.modality,
            seen?.description,
            seen?.birthDate && t('unfiled.born', { day: bornWords(seen.birthDate, i18n.language) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {best && (
        <p>
          {t('unfiled.likely', { step: stepWords(best) })}:{' '}
          {best.reasons.map((reason) => t(`fits.${reason}`)).join(', ')}
          {best.against.length > 0 &&
            `. ${t('unfiled.against')}: ${best.against.map((what) => t(`differs.${what}`)).join(', ')}`}
        </p>
      )}
      {heldFor && <p className={styles.quiet}>{t('unfiled.notInChart')}</p>}
      <div className={styles.buttons}>
        {heldFor && (
          <Button disabledReason={whyNot} onClick={() => link(heldFor)}>
            {t('unfiled.release', { name: heldFor.name.written })}
          </Button>
        )}
        {chosenOrderId !== null && (
          <Select
            label={t('unfiled.another')}
            labelHidden
            value={chosenOrderId}
            onChange={setChosenOrderId}
            options={[
              { value: '', label: t('unfiled.another') },
              ...choices.map((step) => ({ value: step.orderId, label: stepWords(step) })),
            ]}
          />
        )}
        {target && (
          <Button kind="main" disabledReason={whyNot} onClick={() => link(target)}>
            {t('unfiled.linkTo', { name: target.name.written })}
          </Button>
        )}
        {chosenOrderId === null && (
          <Button
            kind={heldFor || best ? 'plain' : 'main'}
            disabledReason={whyNot}
            onClick={() => setChosenOrderId('')}
          >
            {t('unfiled.another')}
          </Button>
        )}
      </div>
    </article>
  );
}

/** Who the order is for, and whom the images name. */
function identityRows(order: StepChoice, seen: SeenIdentity, locale: string) {
  return [
    {
      field: 'name',
      left: [order.name.written, order.name.latin].filter((one) => one !== '').join(' / '),
      right: seen.name,
    },
    { field: 'birth_date', left: bornWords(order.birthDate ?? '', locale), right: bornWords(seen.birthDate, locale) },
    { field: 'sex', left: order.sex, right: seen.sex },
    { field: 'patient_id', left: order.recordNumber, right: seen.recordNumber },
  ] as const;
}

const bornWords = (day: string, locale: string): string =>
  /^\d{4}(-\d{2}){0,2}$/.test(day) ? formatDay(day, locale) : day;
