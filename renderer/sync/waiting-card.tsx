import { CalendarPlus, Check, CircleHelp, FilePen, Info, PauseCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SyncState } from '../../shared/ipc/contract.ts';
import { useCommandWords } from '../ui/command-words.ts';
import { Card } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { IconTile, List, ListRow } from '../ui/list.tsx';
import { EmptyState } from '../ui/states.tsx';
import styles from './sync.module.css';

type Waiting = SyncState['waiting'][number];

/** What has not reached the server yet, the newest first, and whether it stands in any case. */
export function WaitingCard({ sync, zone }: { sync: SyncState; zone: string }) {
  const { t, i18n } = useTranslation('sync');
  const words = useCommandWords();
  const moving = sync.waiting.filter((one) => one.held === null).toSorted((a, b) => (a.atUtc < b.atUtc ? 1 : -1));
  const clock = (atUtc: string): string =>
    formatInstant(atUtc, { zone, locale: i18n.language, as: 'clock', withZone: false });
  const oldest = moving.at(-1);
  return (
    <Card
      title={t('waiting.title', { count: moving.length })}
      note={oldest && t('waiting.oldest', { clock: clock(oldest.atUtc) })}
      aside={moving.length > 1 ? t('waiting.order') : undefined}
    >
      {moving.length === 0 && (
        <div className={styles.padded}>
          <EmptyState title={t('waiting.none')}>{t('waiting.noneNote')}</EmptyState>
        </div>
      )}
      <List label={t('waiting.title', { count: moving.length })}>
        {moving.slice(0, 200).map((one) => (
          <ListRow
            key={one.setId}
            mark={<IconTile>{one.claim ? <CalendarPlus size={16} /> : <FilePen size={16} />}</IconTile>}
            title={words(one.command)}
            second={<bdi>{one.authorName}</bdi>}
            middle={<Standing one={one} />}
            aside={clock(one.atUtc)}
          />
        ))}
      </List>
      {moving.some((one) => one.claim) && (
        <p className={styles.claimNote}>
          <Info size={14} aria-hidden="true" /> {t('waiting.claimNote')}
        </p>
      )}
    </Card>
  );
}

function Standing({ one }: { one: Waiting }) {
  const { t } = useTranslation('sync');
  return one.claim ? (
    <Chip tone="amber" icon={<CircleHelp size={14} aria-hidden="true" />}>
      {t('couldLose')}
    </Chip>
  ) : (
    <Chip tone="ok" icon={<Check size={14} aria-hidden="true" />}>
      {t('stands')}
    </Chip>
  );
}

/** What is held, and what it needs. */
export function HeldCard({ sync, zone }: { sync: SyncState; zone: string }) {
  const { t, i18n } = useTranslation('sync');
  const words = useCommandWords();
  const held = sync.waiting.filter((one) => one.held !== null);
  if (held.length === 0 && sync.waitingFiles === 0) return null;
  const needs = (what: string) => (
    <Chip tone="outlined" icon={<PauseCircle size={14} aria-hidden="true" />}>
      {what}
    </Chip>
  );
  return (
    <Card title={t('held.title')}>
      <List label={t('held.title')}>
        {sync.waitingFiles > 0 && (
          <ListRow
            mark={
              <IconTile>
                <FilePen size={16} />
              </IconTile>
            }
            title={t('held.files', { count: sync.waitingFiles })}
            second={t('held.filesNote')}
            middle={needs(t('held.needsServer'))}
          />
        )}
        {held.map((one) => (
          <ListRow
            key={one.setId}
            mark={
              <IconTile>
                <FilePen size={16} />
              </IconTile>
            }
            title={words(one.command)}
            second={<bdi>{one.authorName}</bdi>}
            middle={needs(t('held.because', { code: one.held ?? '' }))}
            aside={formatInstant(one.atUtc, { zone, locale: i18n.language, as: 'clock', withZone: false })}
          />
        ))}
      </List>
    </Card>
  );
}
