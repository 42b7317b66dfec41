import {
  CalendarDays,
  CircleHelp,
  Hourglass,
  Inbox,
  type LucideIcon,
  Monitor,
  NotebookPen,
  ReceiptText,
  ScanLine,
  Settings,
  Users,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../bridge/use-session.ts';
import { useView } from '../../bridge/use-view.ts';
import { IconButton } from '../../ui/button.tsx';
import { useHotkey } from '../../ui/hotkeys.ts';
import { hashOf, railFor, type RailItem, type RouteName } from '../routes.ts';
import { useUi } from '../ui-state.ts';
import { go } from '../router.ts';
import { Mark } from './mark.tsx';
import styles from './rail.module.css';

const icons: Record<RailItem, LucideIcon> = {
  visit: NotebookPen,
  day: CalendarDays,
  wait: Hourglass,
  patients: Users,
  scan: ScanLine,
  read: Monitor,
  bill: ReceiptText,
  inbox: Inbox,
};

/** The pages that this person uses, their own first. A visit stands on top while one is open. */
export function useRailItems(): RailItem[] {
  const { state } = useSession();
  const openVisit = useUi((ui) => ui.openPatients.some((one) => one.hash.startsWith('#/visit')));
  const user = state?.user;
  if (!user) return [];
  const items = railFor(user.roles, user.permissions);
  return openVisit && user.permissions.includes('charts.view') ? ['visit', ...items] : items;
}

export function Rail({ open }: { open: RouteName | undefined }) {
  const { t } = useTranslation('frame');
  const items = useRailItems();
  const openPatients = useUi((ui) => ui.openPatients);
  const lastVisit = openPatients.findLast((one) => one.hash.startsWith('#/visit'))?.hash;
  const shown = open === 'patient' ? 'patients' : open;
  return (
    <nav className={styles.rail} aria-label={t('rail.label')}>
      <span className={styles.mark}>
        <Mark />
      </span>
      {items.map((item, at) => {
        const Icon = icons[item];
        const hash = item === 'visit' && lastVisit !== undefined ? lastVisit : hashOf(item);
        return (
          <a
            key={item}
            href={hash}
            className={styles.item}
            title={`Ctrl+${at + 1}`}
            aria-keyshortcuts={`Control+${at + 1}`}
            aria-current={shown === item ? 'page' : undefined}
          >
            <RailKey at={at} item={item} hash={hash} />
            <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
            {t(`rail.${item}`)}
            {item === 'inbox' && <InboxCount />}
          </a>
        );
      })}
      <span className={styles.foot}>
        <IconButton label={t('rail.help')} keyCap="?" onClick={() => useUi.setState({ cheatSheet: true })}>
          <CircleHelp size={20} strokeWidth={1.75} />
        </IconButton>
        <IconButton
          label={t('rail.settings')}
          onClick={() => go('settings')}
          aria-current={open === 'settings' ? 'page' : undefined}
        >
          <Settings size={20} strokeWidth={1.75} />
        </IconButton>
      </span>
    </nav>
  );
}

/** Binds the rail's own key of an item; works in fields too, where a letter is text. Draws nothing. */
function RailKey({ at, item, hash }: { at: number; item: RailItem; hash: string }) {
  const { t } = useTranslation('frame');
  const open = (): void => {
    window.location.hash = hash;
  };
  useHotkey(`Ctrl+${at + 1}`, t(`page.${item}`), open, { group: t('keys.pages'), inFields: true });
  return null;
}

function InboxCount() {
  const { t } = useTranslation('frame');
  const view = useView('inbox/count', {});
  const open = view.state === 'ready' ? view.value.open : 0;
  if (open === 0) return null;
  return (
    <span className={styles.count}>
      <span aria-hidden="true">{open > 99 ? '99+' : open}</span>
      <span className="visually-hidden">{t('rail.inboxOpen', { count: open })}</span>
    </span>
  );
}
