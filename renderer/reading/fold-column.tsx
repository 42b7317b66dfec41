import { PanelLeftClose, PanelLeftOpen, PanelRightClose, PanelRightOpen } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useHotkey } from '../ui/hotkeys.ts';
import { useLayout } from '../app/layout-store.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './fold-column.module.css';

const columns = {
  list: { keys: 'Alt+L', close: PanelLeftClose, open: PanelLeftOpen },
  report: { keys: 'Alt+R', close: PanelRightClose, open: PanelRightOpen },
} as const;

/**
 * A column beside the pictures that folds away and stays as the person left it. What is folded is not there at all: a report that
 * nobody sees can't be signed by a key.
 */
export function FoldColumn({
  name,
  boxRef,
  children,
}: {
  name: keyof typeof columns;
  boxRef?: Ref<HTMLDivElement>;
  children: ReactNode;
}) {
  const { t } = useTranslation('reading');
  const [isFolded, setFolded] = useLayout(`reading/${name}-folded`, z.boolean(), false);
  const { keys, close: Close, open: Open } = columns[name];
  const label = t(isFolded ? `fold.${name}Open` : `fold.${name}Close`);
  useHotkey(keys, t(`fold.${name}`), () => setFolded(!isFolded), { group: t('keys.viewer'), inFields: true });
  return (
    <div ref={boxRef} className={styles.column} data-column={name} data-folded={isFolded || undefined}>
      <span className={styles.button}>
        <IconButton label={label} keyCap={keys} size="toolbar" onClick={() => setFolded(!isFolded)}>
          {isFolded ? <Open size={16} /> : <Close size={16} />}
        </IconButton>
      </span>
      {!isFolded && children}
    </div>
  );
}
