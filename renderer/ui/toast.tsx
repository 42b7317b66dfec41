import { CircleAlert, CircleCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommandWords } from './command-words.ts';
import { KeyCap } from './key-cap.tsx';
import { closeToast, type Toast, useToasts } from './toast-store.ts';
import styles from './toast.module.css';
import { useViolationWords } from './violation-words.ts';

/** What just happened, dark, at the bottom in the middle, with Undo and the seconds left. */
export function ToastRegion() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div className={styles.region} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const { t } = useTranslation('kit');
  const words = useViolationWords();
  const commandWords = useCommandWords();
  const secondsLeft = useSecondsLeft(toast);
  const { content, undo } = toast;
  const isRefusal = 'violations' in content;
  return (
    <div className={styles.toast}>
      {isRefusal ? <CircleAlert size={16} aria-hidden="true" /> : <CircleCheck size={16} aria-hidden="true" />}
      <div className={styles.words}>
        {'words' in content && content.words}
        {'undone' in content &&
          t(content.undone.redone ? 'redone' : 'undone', { what: commandWords(content.undone.command) })}
        {'undone' in content && content.undone.patient !== null && (
          <>
            {' · '}
            <bdi>{content.undone.patient}</bdi>
          </>
        )}
        {isRefusal && content.violations.map((one) => <div key={`${one.law} ${one.code}`}>{words(one)}</div>)}
      </div>
      {undo && (
        <button
          type="button"
          className={styles.undo}
          onClick={() => {
            closeToast(toast.id);
            undo();
          }}
        >
          {t('undo')} <KeyCap keys="Ctrl+Z" tone="on-toast" />
        </button>
      )}
      <span className={styles.seconds} aria-hidden="true">
        {t('secondsShort', { count: secondsLeft })}
      </span>
    </div>
  );
}

function useSecondsLeft(toast: Toast): number {
  const left = (): number => Math.max(0, Math.ceil((toast.endsAtMs - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = window.setInterval(() => {
      const now = Math.max(0, Math.ceil((toast.endsAtMs - Date.now()) / 1000));
      setSeconds(now);
      if (now === 0) closeToast(toast.id);
    }, 250);
    return () => window.clearInterval(timer);
  }, [toast]);
  return seconds;
}
