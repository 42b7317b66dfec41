import styles from './billing.module.css';

/** One line of figures: what, and how much. */
export function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className={styles.sum}>
      <span>{label}</span>
      <span>{value}</span>
    </div>
  );
}
