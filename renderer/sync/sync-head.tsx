import { CircleCheck, CloudDownload, CloudOff, RefreshCw, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SyncState } from '../../shared/ipc/contract.ts';
import { formatInstant } from '../ui/instant-format.ts';
import { useAgo } from '../app/frame/use-ago.ts';
import { useNow } from '../app/use-now.ts';
import styles from './sync.module.css';

const looks = {
  synced: { icon: CircleCheck, status: 'ok' },
  working: { icon: RefreshCw, status: 'ok' },
  loading: { icon: CloudDownload, status: 'booked' },
  offline: { icon: CloudOff, status: 'amber' },
  stuck: { icon: TriangleAlert, status: 'red' },
} as const;

/** How it stands, in one sentence that begins with what the person can do. */
export function SyncHead({ sync, zone }: { sync: SyncState; zone: string }) {
  const { t, i18n } = useTranslation('sync');
  const ago = useAgo();
  const nowUtc = useNow(1_000);
  const { icon: Icon, status } = looks[sync.phase];
  const clock =
    sync.sinceUtc === null
      ? null
      : formatInstant(sync.sinceUtc, { zone, locale: i18n.language, as: 'clock', withZone: false });
  const title =
    sync.phase === 'offline' && clock !== null ? t('head.offlineSince', { clock }) : t(`head.${sync.phase}`);
  const note = t(`note.${sync.phase}`, { count: sync.waiting.length, percent: sync.loadedPercent ?? 0 });
  const say = t as unknown as (key: string) => string;
  // A code that has no words of its own is shown as it is, so that it can be reported.
  const why = (code: string | null, rest: string): string =>
    code === null ? rest : i18n.exists(`sync:why.${code}`) ? say(`why.${code}`) : `${code} ${rest}`;
  return (
    <section className={styles.state} data-status={status}>
      <span className={styles.stateIcon} aria-hidden="true">
        <Icon size={24} />
      </span>
      <div className={styles.stateWords}>
        <h2>{title}</h2>
        <p>
          {sync.phase === 'stuck' ? why(sync.why, note) : note}
          {sync.aheadOfServer > 0 && ` ${t('ahead', { count: sync.aheadOfServer })}`}
        </p>
      </div>
      {sync.lastContactUtc !== null && (
        <p className={styles.contact}>{t('contact', { ago: ago(sync.lastContactUtc, nowUtc) })}</p>
      )}
    </section>
  );
}
