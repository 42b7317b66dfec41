import { useRef, useState } from 'react';
import type { DayView } from '../../shared/scheduling/day-views.ts';
import { localTime } from '../../shared/kernel/time.ts';
import { go, useParams } from '../app/router.ts';
import { useNow } from '../app/use-now.ts';
import { useSession } from '../bridge/use-session.ts';
import { useView } from '../bridge/use-view.ts';
import { ErrorState, NotPermitted, Skeleton } from '../ui/states.tsx';
import { ScheduleDay } from './schedule-day.tsx';
import type { Span } from './schedule-toolbar.tsx';
import { useWords } from './words.ts';

/** The front desk's home: the day of this person's location. */
export function Screen() {
  const { say } = useWords('scheduling');
  const { state } = useSession();
  const params = useParams('day');
  const nowUtc = useNow(60_000);
  const location = state?.location ?? null;
  const today = location ? localTime(nowUtc, location.zone).day : '';
  const [chosenDay, setDay] = useState<string | null>(null);
  const [span, setSpan] = useState<Span>('1');
  const day = chosenDay ?? params.day ?? today;
  const days = span === '1' ? 1 : span === '3' ? 3 : 7;
  const view = useView('scheduling/day', location ? { locationId: location.id, fromDay: day, days } : null);
  const catalogue = useView('scheduling/catalogue', location ? { locationId: location.id } : null);
  // Another day takes the place of the last one when it is here: the grid keeps its scroll, its cursor and what is open beside it.
  const kept = useRef<{ value: DayView | null; day: string; locationId: string | undefined } | null>(null);
  if (view.state === 'ready') kept.current = { value: view.value, day, locationId: location?.id };
  const shown = kept.current?.locationId === location?.id ? kept.current : null;
  if (view.state === 'not-permitted') return <NotPermitted />;
  if (view.state === 'error')
    return <ErrorState title={say('error.title')} why={say('error.why')} code={view.code} onRetry={view.retry} />;
  if (!shown || catalogue.state !== 'ready')
    return <Skeleton isSlow={view.state === 'loading' ? view.isSlow : true} rows={12} />;
  if (!shown.value || !catalogue.value) return <ErrorState title={say('error.title')} why={say('error.noLocation')} />;
  return (
    <ScheduleDay
      key={shown.locationId}
      view={shown.value}
      catalogue={catalogue.value}
      day={shown.day}
      today={today}
      nowUtc={nowUtc}
      span={span}
      startPatientId={params.do === 'new' || params.do === 'book' ? (params.patientId ?? '') : undefined}
      onStarted={() => go('day', params.day ? { day: params.day } : {}, { replace: true })}
      onDay={setDay}
      onSpan={setSpan}
    />
  );
}
