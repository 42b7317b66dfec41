import { CircleCheck, CloudOff, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SyncState } from '../../../shared/ipc/contract.ts';
import { useSync } from '../../bridge/use-sync.ts';
import { formatInstant } from '../../ui/instant-format.ts';
import { go } from '../router.ts';
import { useNow } from '../use-now.ts';
import { useAgo } from './use-ago.ts';
import styles from './sync-pill.module.css';

const icons = {
  synced: CircleCheck,
  working: LoaderCircle,
  loading: LoaderCircle,
  offline: CloudOff,
  stuck: TriangleAlert,
} as const;

/** How this station stands with the server: quiet while all is well, whole words when it is not. Opens the sync screen. */
export function SyncPill({ zone }: { zone: string }) {
  const sync = useSync();
  const words = useSyncWords(zone);
  if (!sync) return null;
  const Icon = icons[sync.phase];
  return (
    <button type="button" className={styles.pill} data-phase={sync.phase} onClick={() => go('sync')}>
      <Icon size={16} aria-hidden="true" />
      {words(sync)}
    </button>
  );
}

function useSyncWords(zone: string): (sync: SyncState) => string {
  const { t, i18n } = useTranslation('frame');
  const nowUtc = useNow(1_000);
  const ago = useAgo();
  return (sync) => {
    const count = sync.waiting.length;
    const clock = (atUtc: string): string =>
      formatInstant(atUtc, { zone, locale: i18n.language, as: 'clock', withZone: false });
    if (sync.phase === 'loading') return t('sync.loading', { percent: sync.loadedPercent ?? 0 });
    if (sync.phase === 'working') return t('sync.working');
    if (sync.phase === 'stuck' && sync.why === 'station-revoked') return t('sync.revoked');
    if (sync.phase === 'stuck') return t(sync.why === 'disk-full' ? 'sync.diskFull' : 'sync.stuck');
    if (sync.phase === 'synced')
      return sync.lastContactUtc === null
        ? t('sync.synced')
        : t('sync.syncedAgo', { ago: ago(sync.lastContactUtc, nowUtc) });
    const since = sync.sinceUtc === null ? t('sync.offline') : t('sync.offlineSince', { clock: clock(sync.sinceUtc) });
    return count === 0 ? since : `${since} · ${t('sync.wait', { count })}`;
  };
}
