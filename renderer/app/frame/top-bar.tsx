import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../bridge/use-session.ts';
import { useZone } from '../../bridge/use-zone.ts';
import { zoneName } from '../../../shared/kernel/clock-words.ts';
import { formatInstant } from '../../ui/instant-format.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { openPalette } from '../ui-state.ts';
import { useNow } from '../use-now.ts';
import { SyncPill } from './sync-pill.tsx';
import styles from './top-bar.module.css';
import { UserMenu } from './user-menu.tsx';

/** Where and when, the one search, how the station stands, and who is at it. */
export function TopBar() {
  const { t, i18n } = useTranslation('frame');
  const { state } = useSession();
  const nowUtc = useNow(60_000);
  const location = state?.location;
  const zone = useZone();
  const part = (as: 'weekday-day' | 'clock'): string =>
    formatInstant(nowUtc, { zone, locale: i18n.language, as, withZone: false });
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        <b className={styles.location}>
          <bdi>{location?.name}</bdi>
        </b>
        <time dateTime={nowUtc} className={styles.time}>
          {part('weekday-day')} <b>{part('clock')}</b> <span className={styles.zone}>{zoneName(nowUtc, zone)}</span>
        </time>
      </div>
      <button type="button" className={styles.search} aria-keyshortcuts="Control+K" onClick={() => openPalette()}>
        <Search size={16} aria-hidden="true" />
        <span>{t('search')}</span>
        <KeyCap keys="Ctrl+K" />
      </button>
      <div className={styles.end}>
        <SyncPill zone={zone} />
        <UserMenu />
      </div>
    </header>
  );
}
