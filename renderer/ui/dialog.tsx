import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import styles from './dialog.module.css';
import { HotkeyLayer, useHotkeyLayer } from './hotkeys.ts';

/**
 * A question that must be answered before anything else. The platform's own modal: the page behind is inert, Tab stays inside,
 * Esc closes, the focus goes back, and only the keys inside are heard. `width` in px.
 */
export function Dialog({
  title,
  onClose,
  footer,
  width = 480,
  children,
}: {
  title: string;
  onClose: () => void;
  footer?: ReactNode;
  width?: number;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const layer = useHotkeyLayer();
  useLayoutEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (element && !element.open) element.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      style={{ width }}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className={styles.inside}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        <HotkeyLayer value={layer}>
          <div className={styles.body}>{children}</div>
          {footer !== undefined && <footer className={styles.foot}>{footer}</footer>}
        </HotkeyLayer>
      </div>
    </dialog>
  );
}
