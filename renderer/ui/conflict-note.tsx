import { CalendarX2, Shield } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './conflict-note.module.css';
import { KeyCap } from './key-cap.tsx';
import { TextField } from './text-field.tsx';

export type FreeTime = { key: string; day: string; clock: string };

/**
 * Why a time can't be had, in words, with the next free times on the keys 1–3, and the quiet way round it, which needs the right
 * and a reason. Keys work while the focus is not in a field that takes digits; the caller binds them (`useHotkey`).
 */
export function ConflictNote({
  title,
  reasons,
  freeTimes,
  freeTimesLabel,
  chosenKey,
  onChoose,
  override,
}: {
  title: string;
  reasons: readonly ReactNode[];
  freeTimes: readonly FreeTime[];
  freeTimesLabel: string;
  chosenKey: string | null;
  onChoose: (key: string) => void;
  /** Null where the person may not. */
  override: { label: string; onConfirm: (reason: string) => void } | null;
}) {
  const { t } = useTranslation('kit');
  const [reason, setReason] = useState<string | null>(null);
  return (
    <section className={styles.note} data-status="red" role="alert">
      <div className={styles.title}>
        <CalendarX2 size={16} aria-hidden="true" /> {title}
      </div>
      <ul className={styles.reasons}>
        {reasons.map((words, at) => (
          <li key={at}>{words}</li>
        ))}
      </ul>
      <div className={styles.label}>{freeTimesLabel}</div>
      <div className={styles.times}>
        {freeTimes.slice(0, 3).map((time, at) => (
          <button
            key={time.key}
            type="button"
            className={styles.time}
            aria-pressed={time.key === chosenKey}
            onClick={() => onChoose(time.key)}
          >
            <span>{time.day}</span>
            <b>{time.clock}</b>
            <KeyCap keys={String(at + 1)} />
          </button>
        ))}
      </div>
      {override && reason === null && (
        <p className={styles.around}>
          <Shield size={14} aria-hidden="true" />
          <button type="button" className={styles.link} onClick={() => setReason('')}>
            {override.label}
          </button>
          {t('needsReason')}
        </p>
      )}
      {override && reason !== null && (
        <form
          className={styles.reasonForm}
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() !== '') override.onConfirm(reason.trim());
          }}
        >
          <TextField label={t('reason')} value={reason} onChange={setReason} autoFocus />
          <Button kind="danger" type="submit" disabledReason={reason.trim() === '' ? t('reasonMissing') : null}>
            {override.label}
          </Button>
        </form>
      )}
    </section>
  );
}
