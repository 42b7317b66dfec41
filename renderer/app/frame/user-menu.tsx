import { ChevronDown, Lock, LogOut, Settings, UserRoundCog } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../bridge/use-session.ts';
import { Menu } from '../../ui/menu.tsx';
import { Avatar } from '../../ui/values.tsx';
import { useHotkey } from '../../ui/hotkeys.ts';
import { go } from '../router.ts';
import styles from './top-bar.module.css';

/** Who is at this station: lock, switch, sign out. */
export function UserMenu() {
  const { t } = useTranslation('frame');
  const { state, lock, signOut } = useSession();
  const doLock = (): void => void lock();
  useHotkey('Ctrl+L', t('user.lock'), doLock, { group: t('keys.everywhere'), inFields: true, inEveryLayer: true });
  const user = state?.user;
  if (!user) return null;
  const role = user.roles[0];
  // A doctor is known by name; at the desk, what counts is the place.
  const shown = role === undefined || role === 'doctor' ? user.name : t(`role.${role}`);
  return (
    <Menu
      label={t('user.label')}
      button={
        <button type="button" className={styles.user} aria-label={t('user.menuOf', { name: user.name })}>
          <Avatar initials={user.initials} />
          <bdi>{shown}</bdi>
          <ChevronDown size={16} aria-hidden="true" />
        </button>
      }
      entries={[
        { key: 'who', heading: user.name },
        { key: 'lock', label: t('user.lock'), icon: <Lock size={16} />, keyCap: 'Ctrl+L', onClick: doLock },
        { key: 'switch', label: t('user.switch'), icon: <UserRoundCog size={16} />, onClick: doLock },
        { key: 'settings', label: t('rail.settings'), icon: <Settings size={16} />, onClick: () => go('settings') },
        { key: 'line', line: true },
        { key: 'out', label: t('user.signOut'), icon: <LogOut size={16} />, onClick: () => void signOut() },
      ]}
    />
  );
}
