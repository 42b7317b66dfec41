import { useEffect, useRef, useState } from 'react';
import type { PatientRow } from '../../shared/people/search-views.ts';
import { usePersonFacts } from '../app/patient/patient-banner.tsx';
import { useWords } from '../scheduling/words.ts';
import { AllergyChip } from '../ui/chip.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { rowsInSight } from '../ui/rows-in-sight.ts';
import { MarkedText } from './marked-text.tsx';
import styles from './people.module.css';

const ROW_PX = 48;

type Part = {
  hits: readonly PatientRow[];
  at: number;
  today: string;
  zone: string;
  onOpen: (patientId: string) => void;
};

/** The found patients; only the rows in sight are drawn. The search field keeps the focus and moves the choice. */
export function PatientRows({ hits, at, today, zone, onOpen }: Part) {
  const { say, locale } = useWords('people');
  const facts = usePersonFacts();
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ topPx: 0, heightPx: 900 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    if (at * ROW_PX < element.scrollTop) element.scrollTop = at * ROW_PX;
    else if ((at + 1) * ROW_PX > element.scrollTop + element.clientHeight)
      element.scrollTop = (at + 1) * ROW_PX - element.clientHeight;
  }, [at]);
  const { from, to } = rowsInSight({ ...seen, rowHeightPx: ROW_PX, count: hits.length });
  const day = (atUtc: string): string => formatInstant(atUtc, { zone, locale, as: 'day', withZone: false });
  const visits = (hit: PatientRow): string =>
    [
      hit.lastVisitUtc && say('lastVisit', { day: day(hit.lastVisitUtc) }),
      hit.nextVisitUtc && say('nextVisit', { day: day(hit.nextVisitUtc) }),
    ]
      .filter(Boolean)
      .join(' · ');
  const why = (hit: PatientRow): string =>
    hit.why === 'name' ? hit.phone : say(`why.${hit.why}`, { value: hit.matched[0] ?? '' });
  return (
    <div
      ref={box}
      className={styles.rows}
      tabIndex={0}
      role="group"
      aria-label={say('find.results')}
      onScroll={(event) =>
        setSeen({ topPx: event.currentTarget.scrollTop, heightPx: event.currentTarget.clientHeight })
      }
    >
      <div id="patient-rows" role="listbox" aria-label={say('find.results')} style={{ height: hits.length * ROW_PX }}>
        {hits.slice(from, to).map((hit, i) => (
          <div
            key={hit.patientId}
            id={`patient-${hit.patientId}`}
            role="option"
            aria-selected={from + i === at}
            aria-setsize={hits.length}
            aria-posinset={from + i + 1}
            className={styles.row}
            style={{ top: (from + i) * ROW_PX, height: ROW_PX }}
            onClick={() => onOpen(hit.patientId)}
          >
            <span title={hit.name.written}>
              <b>
                <MarkedText text={hit.name.written} parts={hit.matched} />
              </b>{' '}
              <MarkedText text={hit.name.latin} parts={hit.matched} />
            </span>
            <span>{facts(hit, today)}</span>
            <span>{why(hit)}</span>
            <span>{visits(hit)}</span>
            <AllergyChip fact={hit.allergies} short />
          </div>
        ))}
      </div>
    </div>
  );
}
