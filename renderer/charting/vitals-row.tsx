import { CircleAlert, CircleHelp } from 'lucide-react';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { VitalField } from '../../shared/charting/rules.ts';
import type { PreviousVital, PreviousVitals } from '../../shared/charting/visit-chart.ts';
import { Button } from '../ui/button.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { judgeVitals, shownVital, type TypedVitals, vitalSpecs, type VitalVerdict } from './vital-values.ts';
import styles from './vitals-row.module.css';

/** Vitals in one row: what was measured before stands grey above, what can't be is refused, what is unlikely is asked about. */
export function VitalsRow({
  typed,
  confirmed,
  previous,
  zone,
  onType,
  onConfirm,
}: {
  typed: TypedVitals;
  confirmed: readonly string[];
  previous: PreviousVitals;
  zone: string;
  onType: (field: VitalField, text: string) => void;
  onConfirm: (field: VitalField) => void;
}) {
  const { t } = useTranslation('charting');
  const noteId = useId();
  const verdicts = judgeVitals(typed, confirmed);
  const diastolic = useRef<HTMLInputElement>(null);
  const cells = vitalSpecs.filter((one) => one.field !== 'diastolicMmHg');
  const input = (field: VitalField, unit: string) => (
    <input
      ref={field === 'diastolicMmHg' ? diastolic : undefined}
      className={styles.input}
      inputMode="decimal"
      autoComplete="off"
      maxLength={8}
      aria-label={`${t(`vital.${field}`)}, ${unit}`}
      aria-invalid={isWrong(verdicts[field]) || undefined}
      aria-describedby={isWrong(verdicts[field]) ? `${noteId}-${field}` : undefined}
      value={typed[field] ?? ''}
      onChange={(event) => onType(field, event.currentTarget.value)}
      onKeyDown={(event) => {
        if (field !== 'systolicMmHg' || event.key !== '/') return;
        event.preventDefault();
        diastolic.current?.focus();
      }}
    />
  );
  return (
    <section aria-label={t('vitals')}>
      <div className={styles.row}>
        {cells.map(({ field, unit }) => (
          <div key={field} className={styles.cell}>
            <span className={styles.label}>{field === 'systolicMmHg' ? t('vital.pressure') : t(`vital.${field}`)}</span>
            <Before field={field} previous={previous} zone={zone} />
            <div className={styles.inputs}>
              {input(field, unit)}
              {field === 'systolicMmHg' && (
                <>
                  <span aria-hidden="true">/</span> {input('diastolicMmHg', unit)}
                </>
              )}
              <span className={styles.unit}>{unit}</span>
            </div>
          </div>
        ))}
      </div>
      <div className={styles.notes} aria-live="polite">
        {vitalSpecs
          .filter(({ field }) => isWrong(verdicts[field]))
          .map(({ field, unit }) => (
            <VitalNote
              key={field}
              id={`${noteId}-${field}`}
              field={field}
              unit={unit}
              verdict={verdicts[field]}
              onConfirm={() => onConfirm(field)}
            />
          ))}
      </div>
    </section>
  );
}

const isWrong = (verdict: VitalVerdict): boolean => verdict.kind !== 'fine' && verdict.kind !== 'empty';

/** The value before, with its day; the last five on hover. */
function Before({ field, previous, zone }: { field: VitalField; previous: PreviousVitals; zone: string }) {
  const { i18n } = useTranslation('charting');
  const day = (atUtc: string): string =>
    formatInstant(atUtc, { zone, locale: i18n.language, as: 'day', withZone: false }).replace(/\s\d{4}$/, '');
  const low = field === 'systolicMmHg' ? (previous.diastolicMmHg ?? []) : [];
  const words = (one: PreviousVital): string => {
    const beside = low.find((other) => other.atUtc === one.atUtc);
    const value = shownVital(field, one.value, i18n.language);
    return beside ? `${value} / ${shownVital('diastolicMmHg', beside.value, i18n.language)}` : value;
  };
  const values = previous[field] ?? [];
  const [last] = values;
  return (
    <span className={styles.before} title={values.map((one) => `${day(one.atUtc)}: ${words(one)}`).join('\n')}>
      {last ? `${words(last)}  ${day(last.atUtc)}` : '–'}
    </span>
  );
}

function VitalNote({
  id,
  field,
  unit,
  verdict,
  onConfirm,
}: {
  id: string;
  field: VitalField;
  unit: string;
  verdict: VitalVerdict;
  onConfirm: () => void;
}) {
  const { t, i18n } = useTranslation('charting');
  const limits =
    'from' in verdict
      ? { from: shownVital(field, verdict.from, i18n.language), to: shownVital(field, verdict.to, i18n.language), unit }
      : { from: '', to: '', unit };
  const isUnlikely = verdict.kind === 'unlikely';
  const kind = verdict.kind === 'fine' || verdict.kind === 'empty' ? 'not-a-number' : verdict.kind;
  return (
    <p id={id} className={styles.note} data-status={isUnlikely ? 'amber' : 'red'}>
      {isUnlikely ? <CircleHelp size={16} aria-hidden="true" /> : <CircleAlert size={16} aria-hidden="true" />}
      <span>{t(`verdict.${kind}`, { vital: t(`vital.${field}`), ...limits })}</span>
      {isUnlikely && (
        <Button size="toolbar" onClick={onConfirm}>
          {t('verdict.confirm')}
        </Button>
      )}
    </p>
  );
}
