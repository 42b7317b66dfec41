import { CircleAlert, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './states.module.css';

/** Dashed outline in the place of the content: what comes next, and what to do first. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}

/** What, why, what now. `code` is the stable code, for whoever is asked for help. */
export function ErrorState({
  title,
  why,
  code,
  onRetry,
}: {
  title: string;
  why: string;
  code?: string;
  onRetry?: () => void;
}) {
  const { t } = useTranslation('kit');
  return (
    <div className={styles.error} role="alert" data-status="red">
      <CircleAlert size={20} aria-hidden="true" />
      <div>
        <p className={styles.title}>{title}</p>
        <p>{why}</p>
        {code !== undefined && <p className={styles.code}>{t('errorCode', { code })}</p>}
        {onRetry && (
          <Button size="toolbar" onClick={onRetry}>
            {t('tryAgain')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The person's role does not include this; says whom to ask. */
export function NotPermitted() {
  const { t } = useTranslation('kit');
  return (
    <div className={styles.empty}>
      <Lock size={20} aria-hidden="true" />
      <p className={styles.title}>{t('notPermitted.title')}</p>
      <p>{t('notPermitted.why')}</p>
    </div>
  );
}

/** The shape of what is coming; drawn only once loading has lasted 150 ms (`isSlow`). */
export function Skeleton({
  isSlow,
  rows = 6,
  rowHeightPx = 36,
}: {
  isSlow: boolean;
  rows?: number;
  rowHeightPx?: number;
}) {
  const { t } = useTranslation('kit');
  if (!isSlow) return null;
  return (
    <div role="status" aria-label={t('loading')} className={styles.skeleton}>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} style={{ height: rowHeightPx - 12, width: `${90 - ((at * 17) % 40)}%` }} />
      ))}
    </div>
  );
}
