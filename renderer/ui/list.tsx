import type { ReactNode } from 'react';
import styles from './list.module.css';

/** Rows with lines between them; each row lays itself out. */
export function List({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {children}
    </ul>
  );
}

/** Icon tile or mark, two lines, then what stands at the right in two lines. */
export function ListRow({
  mark,
  title,
  second,
  middle,
  aside,
  asideSecond,
}: {
  mark?: ReactNode;
  title: ReactNode;
  second?: ReactNode;
  middle?: ReactNode;
  aside?: ReactNode;
  asideSecond?: ReactNode;
}) {
  return (
    <li className={styles.row}>
      {mark}
      <div className={styles.main}>
        <div className={styles.title}>{title}</div>
        {second !== undefined && <div className={styles.second}>{second}</div>}
      </div>
      {middle}
      {aside !== undefined && (
        <div className={styles.aside}>
          <div>{aside}</div>
          {asideSecond !== undefined && <div className={styles.second}>{asideSecond}</div>}
        </div>
      )}
    </li>
  );
}

/** The grey tile an icon stands on at the start of a row. */
export function IconTile({ children }: { children: ReactNode }) {
  return (
    <span className={styles.tile} aria-hidden="true">
      {children}
    </span>
  );
}
