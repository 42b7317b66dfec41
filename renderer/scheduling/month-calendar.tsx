import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { addDays } from '../../shared/kernel/time.ts';
import { useView } from '../bridge/use-view.ts';
import { IconButton } from '../ui/button.tsx';
import { dayWords, monthGridStart, monthMoved, weekdayLetters } from './day-words.ts';
import styles from './schedule-screen.module.css';
import { useWords } from './words.ts';

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Six weeks with the load of each day as a line under it; arrows move the day, one tab stop. */
export function MonthCalendar({
  locationId,
  day,
  onDay,
}: {
  locationId: string;
  day: string;
  onDay: (day: string) => void;
}) {
  const { say, locale } = useWords('scheduling');
  const [shown, setShown] = useState<{ of: string; month: string }>({ of: day, month: day });
  const month = shown.of === day ? shown.month : day;
  const fromDay = monthGridStart(month);
  const view = useView('scheduling/month', { locationId, fromDay });
  const load = view.state === 'ready' && view.value ? view.value.load : [];
  const today = view.state === 'ready' ? view.value?.today : undefined;
  const most = Math.max(8, ...load.map((one) => one.count));
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined || event.altKey) return;
    event.preventDefault();
    onDay(addDays(day, step));
  };
  return (
    <section className={styles.month} aria-label={say('month.label')}>
      <header>
        <h2>{dayWords(month, locale, 'month')}</h2>
        <IconButton
          label={say('month.back')}
          size="toolbar"
          onClick={() => setShown({ of: day, month: monthMoved(month, -1) })}
        >
          <ChevronLeft size={16} />
        </IconButton>
        <IconButton
          label={say('month.on')}
          size="toolbar"
          onClick={() => setShown({ of: day, month: monthMoved(month, 1) })}
        >
          <ChevronRight size={16} />
        </IconButton>
      </header>
      <div className={styles.days} onKeyDown={onKeyDown}>
        {weekdayLetters(locale).map((letter, i) => (
          <span key={i} className={styles.letter} aria-hidden="true">
            {letter}
          </span>
        ))}
        {Array.from({ length: 42 }, (_, i) => addDays(fromDay, i)).map((one) => {
          const count = load.find((entry) => entry.day === one)?.count ?? 0;
          return (
            <button
              key={one}
              type="button"
              className={styles.day}
              data-other={one.slice(0, 7) !== month.slice(0, 7) || undefined}
              data-today={one === today || undefined}
              aria-current={one === day ? 'date' : undefined}
              aria-label={say('month.day', { day: dayWords(one, locale, 'long'), count })}
              tabIndex={one === day ? 0 : -1}
              onClick={() => onDay(one)}
            >
              {Number(one.slice(8))}
              <i style={{ width: `${Math.round((count / most) * 20)}px` }} />
            </button>
          );
        })}
      </div>
    </section>
  );
}
