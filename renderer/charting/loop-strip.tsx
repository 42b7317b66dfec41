import { Check, CircleDot, Eye, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LoopStep, Repair } from '../../shared/charting/loop-strip.ts';
import { localTime } from '../../shared/kernel/time.ts';
import type { Stage } from '../../shared/waiting-room/schema.ts';
import { stationNowUtc } from '../bridge/station-clock.ts';
import { formatInstant } from '../ui/instant-format.ts';
import styles from './loop-strip.module.css';

const stateIcons = { done: Check, now: Eye, todo: CircleDot, gap: TriangleAlert } as const;

/** From the booking to the bill: filled is done, ringed is now, empty is to come, a triangle is a gap with its repair. */
export function LoopStrip({
  steps,
  zone,
  onRepair,
}: {
  steps: readonly LoopStep[];
  zone: string;
  onRepair: (repair: Repair) => void;
}) {
  const { t, i18n } = useTranslation('charting');
  const noteWords = useNoteWords();
  return (
    <ol className={styles.strip} aria-label={t('loop.label')}>
      {steps.map((step) => {
        const Icon = stateIcons[step.state];
        const { repair } = step;
        const clock =
          step.atUtc &&
          formatInstant(step.atUtc, {
            zone,
            locale: i18n.language,
            as: isToday(step.atUtc, zone) ? 'clock' : 'day-clock',
            withZone: false,
          });
        const parts = [clock, noteWords(step)].filter((part): part is string => part !== null && part !== '');
        return (
          <li key={step.step} className={styles.step} data-state={step.state}>
            <span className={styles.mark}>
              <Icon size={step.state === 'gap' ? 18 : 12} aria-hidden="true" />
            </span>
            <span className={styles.name}>
              {step.step === 'images'
                ? t('loop.images', { count: Number(step.params['count'] ?? 0) })
                : t(`loop.${step.step}`)}
              <span className="visually-hidden">: {t(`loopState.${step.state}`)}</span>
            </span>
            <span className={styles.note}>
              {parts.join(' · ')}
              {repair && (
                <>
                  {parts.length > 0 && ': '}
                  <button type="button" className={styles.repair} onClick={() => onRepair(repair)}>
                    {t(`repair.${repair}`)}
                  </button>
                </>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

const isToday = (atUtc: string, zone: string): boolean =>
  localTime(atUtc, zone).day === localTime(stationNowUtc(), zone).day;

/** The sentence of a step's note; null where it has none, or one that this build does not know. */
function useNoteWords(): (step: LoopStep) => string | null {
  const { t, i18n } = useTranslation(['charting', 'kit']);
  return ({ note, params }) => {
    if (note === null) return null;
    if (note === 'stage') return t(`kit:status.${String(params['stage']) as Stage}`);
    const key = `charting:loopNote.${note}`;
    // Notes are codes of the law, so the key is known only at run time.
    return i18n.exists(key) ? (t as unknown as (key: string, params: object) => string)(key, params) : null;
  };
}
