import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './card.module.css';

/** A card with a title line; `tone` gives it a status bar for what asks for attention. */
export function Card({
  title,
  note,
  aside,
  tone,
  padded = false,
  children,
}: {
  title?: ReactNode;
  note?: ReactNode;
  aside?: ReactNode;
  tone?: 'amber' | 'red' | 'ok';
  padded?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={styles.card} data-status={tone}>
      {title !== undefined && (
        <header className={styles.head}>
          <h2 className={styles.title}>{title}</h2>
          {note !== undefined && <span className={styles.note}>{note}</span>}
          {aside !== undefined && <span className={styles.aside}>{aside}</span>}
        </header>
      )}
      <div className={classNames(padded && styles.padded)}>{children}</div>
    </section>
  );
}
