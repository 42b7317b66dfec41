import { CircleDot, Check, Clock, PenLine, Siren, Images } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReadingList as ReadingListValue, ReadingRow } from '../../shared/imaging/views.ts';
import { minutesBetween } from '../../shared/kernel/time.ts';
import { PersonName } from '../ui/values.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { EmptyState } from '../ui/states.tsx';
import styles from './reading-list.module.css';

export type ReadingFilter = 'to-read' | 'mine' | 'all';
/** After this many minutes an unread study is late. */
const LATE_MINUTES = 240;

/** The studies of the last 30 days: who, what, how many pictures, how far, how long. Arrows move, Enter opens. */
export function ReadingList(props: {
  list: ReadingListValue;
  filter: ReadingFilter;
  onFilter: (filter: ReadingFilter) => void;
  openId: string | undefined;
  onOpen: (row: ReadingRow) => void;
  nowUtc: string;
}) {
  const { t } = useTranslation('reading');
  const { list } = props;
  const move = (event: KeyboardEvent<HTMLUListElement>): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const rows = [...event.currentTarget.querySelectorAll('button')];
    rows[rows.indexOf(document.activeElement as HTMLButtonElement) + step]?.focus();
  };
  return (
    <nav className={styles.list} aria-label={t('list.title')}>
      <h1 className={styles.listTitle}>{t('list.title')}</h1>
      <SegmentedControl
        label={t('list.filter')}
        value={props.filter}
        onChange={props.onFilter}
        options={(['to-read', 'mine', 'all'] as const).map((value) => ({
          value,
          label: t(`list.${value}`),
          count: list.counts[value],
        }))}
      />
      {list.rows.length === 0 && <EmptyState title={t('list.empty')}>{t('list.emptyWhy')}</EmptyState>}
      <ul className={styles.rows} onKeyDown={move}>
        {list.rows.map((row) => (
          <li key={row.studyId}>
            <button
              type="button"
              className={styles.row}
              data-tone={toneOf(row, props.nowUtc)}
              aria-current={row.studyId === props.openId || undefined}
              onClick={() => props.onOpen(row)}
            >
              <Row row={row} nowUtc={props.nowUtc} />
            </button>
          </li>
        ))}
      </ul>
      {list.cut && <p className={styles.hint}>{t('list.cut')}</p>}
    </nav>
  );
}

const isLate = (row: ReadingRow, nowUtc: string): boolean =>
  row.state !== 'final' && minutesBetween(row.firstImageAtUtc, nowUtc) >= LATE_MINUTES;

function toneOf(row: ReadingRow, nowUtc: string): string {
  if (row.state === 'final') return 'done';
  if (row.urgent) return 'red';
  if (isLate(row, nowUtc)) return 'amber';
  return row.state === 'unread' ? 'plain' : 'accent';
}

function Row({ row, nowUtc }: { row: ReadingRow; nowUtc: string }) {
  const { t } = useTranslation('reading');
  const minutes = minutesBetween(row.firstImageAtUtc, nowUtc);
  const days = Math.floor(minutes / 1440);
  const age =
    days > 0
      ? t('age.days', { count: days })
      : minutes >= 60
        ? t('age.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
        : t('age.minutes', { count: minutes });
  return (
    <>
      <span className={styles.rowName}>
        {row.patient ? <PersonName written={row.patient.written} /> : t('list.unknownPatient')}
      </span>
      <span className={styles.rowCount}>
        {row.imageCount} <Images size={12} aria-label={t('list.images')} />
      </span>
      <span className={styles.rowWhat}>
        <bdi>{row.procedure || row.modality || t('list.noOrder')}</bdi>
      </span>
      <span className={styles.rowState}>
        <StateMark row={row} late={isLate(row, nowUtc)} />
      </span>
      <span className={styles.rowAge}>{age}</span>
    </>
  );
}

function StateMark({ row, late }: { row: ReadingRow; late: boolean }) {
  const { t } = useTranslation('reading');
  if (row.state === 'final') return mark(<Check size={13} />, t('state.final'));
  if (row.held !== 'held') return mark(<CircleDot size={13} />, t('state.notKnown'));
  if (row.state === 'mine') return mark(<PenLine size={13} />, t(row.urgent ? 'state.mineUrgent' : 'state.mine'));
  if (row.state === 'colleague') return mark(<PenLine size={13} />, t('state.colleague', { name: row.reportAuthor }));
  if (row.urgent) return mark(<Siren size={13} />, t('state.urgent'));
  if (late) return mark(<Clock size={13} />, t('state.late'));
  return mark(<CircleDot size={13} />, t('state.unread'));
}

const mark = (icon: React.ReactNode, words: string) => (
  <>
    <span aria-hidden="true" className={styles.icon}>
      {icon}
    </span>
    {words}
  </>
);
