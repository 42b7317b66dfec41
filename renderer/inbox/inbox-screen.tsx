import {
  CalendarX2,
  CircleAlert,
  GitCompareArrows,
  Inbox,
  type LucideIcon,
  ScanSearch,
  ShieldAlert,
  TriangleAlert,
} from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { InboxItem } from '../../shared/inbox/item-schema.ts';
import type { InboxList } from '../../shared/inbox/views.ts';
import { go, useParams } from '../app/router.ts';
import { useSession } from '../bridge/use-session.ts';
import { useView } from '../bridge/use-view.ts';
import { Chip } from '../ui/chip.tsx';
import { EmptyState, ErrorState, NotPermitted, Skeleton } from '../ui/states.tsx';
import { useCommandWords } from '../ui/command-words.ts';
import styles from './inbox.module.css';
import { ItemDetail } from './item-detail.tsx';
import { fieldWords } from './law-words.ts';
import { useWhen } from './use-when.ts';

const looks: Record<InboxItem['type'], { icon: LucideIcon; tone: 'amber' | 'red' }> = {
  units: { icon: GitCompareArrows, tone: 'amber' },
  lostClaim: { icon: CalendarX2, tone: 'red' },
  refusal: { icon: CircleAlert, tone: 'red' },
  task: { icon: TriangleAlert, tone: 'amber' },
  stray: { icon: ScanSearch, tone: 'amber' },
  held: { icon: ShieldAlert, tone: 'red' },
};

/** The only place where problems wait: one list, the oldest first, the chosen one solved at the right. */
export function Screen() {
  const { t } = useTranslation('inbox');
  const { state } = useSession();
  const locationId = state?.location?.id;
  const view = useView('inbox/list', locationId ? { locationId } : null);
  if (view.state === 'not-permitted') return <NotPermitted />;
  if (view.state === 'error')
    return (
      <div className={styles.padded}>
        <ErrorState title={t('error.title')} why={t('error.why')} code={view.code} onRetry={view.retry} />
      </div>
    );
  if (view.state === 'loading') return <Skeleton isSlow={view.isSlow} rows={6} rowHeightPx={72} />;
  return <InboxPage list={view.value} />;
}

function InboxPage({ list }: { list: InboxList }) {
  const { t } = useTranslation('inbox');
  const { itemId } = useParams('inbox');
  const rows = useRef<HTMLDivElement>(null);
  const chosen = list.items.find((item) => item.key === itemId) ?? list.items[0];
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const all = [...(rows.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const next = all[all.indexOf(document.activeElement as HTMLElement) + step];
    if (step === 0 || !next) return;
    event.preventDefault();
    next.focus();
    next.click();
  };
  return (
    <div className={styles.screen}>
      <nav className={styles.list} aria-label={t('title')}>
        <header className={styles.head}>
          <h1>{t('title')}</h1>
          <Chip>{list.items.length}</Chip>
          <span className={styles.small}>{t('oldest')}</span>
        </header>
        {list.held !== 'held' && (
          <p className={styles.unknown} role="status">
            {t(list.held === 'loading' ? 'held.loading' : 'held.no')}
          </p>
        )}
        <div className={styles.rows} ref={rows} onKeyDown={move}>
          {list.items.map((item) => (
            <Row key={item.key} item={item} isOpen={item === chosen} />
          ))}
          {list.cut && <p className={styles.padded}>{t('cut')}</p>}
        </div>
        <footer className={styles.foot}>{t('foot')}</footer>
      </nav>
      <div className={styles.detail}>
        {chosen ? (
          <ItemDetail key={chosen.key} item={chosen} />
        ) : (
          <EmptyState title={t('empty.title')} action={<Inbox size={20} aria-hidden="true" />}>
            {t('empty.why')}
          </EmptyState>
        )}
      </div>
    </div>
  );
}

function Row({ item, isOpen }: { item: InboxItem; isOpen: boolean }) {
  const { t } = useTranslation('inbox');
  const { when } = useWhen();
  const { icon: Icon, tone } = looks[item.type];
  return (
    <button
      type="button"
      className={styles.row}
      data-status={tone}
      aria-current={isOpen || undefined}
      onClick={() => go('inbox', { itemId: item.key }, { replace: true })}
    >
      <span className={styles.rowTop}>
        <Icon size={14} aria-hidden="true" />
        <span>{t(`type.${item.type}`)}</span>
        <time dateTime={item.atUtc}>{when(item.atUtc)}</time>
      </span>
      <span className={styles.rowTitle} style={{ display: 'block' }}>
        <bdi>{titleOf(item)}</bdi>
      </span>
      <span className={styles.small}>{useSecondLine(item)}</span>
    </button>
  );
}

/** Whom it is about; where nobody is known, what the images say. */
function titleOf(item: InboxItem): string {
  if (item.patient) return item.patient.name.written;
  if (item.type === 'stray' || item.type === 'held') return item.unfiled.seen?.name || item.unfiled.callingAeTitle;
  if (item.type === 'task') return item.about;
  return item.type === 'units' ? item.docTitle : '';
}

function useSecondLine(item: InboxItem): string {
  const { t } = useTranslation('inbox');
  const commandWords = useCommandWords();
  const { when } = useWhen();
  switch (item.type) {
    case 'units':
      return [...new Set(item.fields.filter((one) => one.differs).map((one) => fieldWords(t, one.field)))].join(', ');
    case 'lostClaim':
      return [item.practitioner, item.appointment ? when(item.appointment.startsAtUtc) : '']
        .filter(Boolean)
        .join(' · ');
    case 'refusal':
      return commandWords(item.refusal.command);
    case 'task':
      return t(`task.${item.task.reason}`);
    default:
      return t('study.from', {
        device: item.unfiled.deviceName ?? item.unfiled.callingAeTitle,
        when: when(item.atUtc),
      });
  }
}
