import { CircleAlert, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { statusIcons } from '../ui/status.tsx';
import type { BoardColumn } from './board-columns.ts';
import styles from './waiting-room-screen.module.css';

/** One stage: its name, how many, how many are over the limit in words, and its cards. */
export function BoardColumnView({ column, children }: { column: BoardColumn; children: ReactNode }) {
  const { t } = useTranslation(['waiting-room', 'kit']);
  const Icon = statusIcons[column.stage];
  const words = t(`kit:status.${column.stage}`);
  return (
    <section className={styles.column} aria-label={words}>
      <header className={styles.columnHead} data-status={column.stage}>
        <Icon size={16} aria-hidden="true" />
        <h2>{words}</h2>
        <span className={styles.count}>{column.cards.length}</span>
        {column.over > 0 && (
          <span className={styles.over} data-status={column.isRed ? 'red' : 'amber'}>
            {column.isRed ? <CircleAlert size={14} aria-hidden="true" /> : <Clock size={14} aria-hidden="true" />}
            {t('overCount', { count: column.over })}
          </span>
        )}
      </header>
      {column.cards.length === 0 ? (
        <p className={styles.nobody}>{t(`nobody.${column.stage}`)}</p>
      ) : (
        <ul className={styles.cards}>{children}</ul>
      )}
    </section>
  );
}
