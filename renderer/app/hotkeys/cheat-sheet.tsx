import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { useUi } from '../ui-state.ts';
import styles from './cheat-sheet.module.css';
import { useHotkeys } from '../../ui/hotkeys.ts';

/** All keys that work on this screen, from the registry itself. */
export function CheatSheet() {
  const { t } = useTranslation('frame');
  const hotkeys = useHotkeys((state) => state.hotkeys);
  const groups = Map.groupBy(hotkeys, (one) => one.group);
  return (
    <Dialog title={t('keys.title')} width={640} onClose={() => useUi.setState({ cheatSheet: false })}>
      <div className={styles.groups}>
        {[...groups].map(([group, keys]) => (
          <section key={group}>
            <h3 className={styles.group}>{group}</h3>
            <dl className={styles.keys}>
              {keys.map((one) => (
                <div key={one.id} className={styles.key}>
                  <dt>{one.words}</dt>
                  <dd>
                    <KeyCap keys={one.keys} />
                    <span className="visually-hidden">{one.keys}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
