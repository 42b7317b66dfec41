import type { ReactNode } from 'react';
import { Mark } from '../frame/mark.tsx';
import styles from './session.module.css';

/** The card that stands alone on the page while nobody is at work: sign in, unlock, first run. */
export function Entrance({
  title,
  note,
  wide = false,
  children,
}: {
  title: string;
  note?: string | null;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <main className={styles.page}>
      <div className={styles.card} data-wide={wide || undefined}>
        <Mark size={40} />
        <h1 className={styles.title}>{title}</h1>
        {note !== undefined && note !== null && <p className={styles.note}>{note}</p>}
        {children}
      </div>
    </main>
  );
}
