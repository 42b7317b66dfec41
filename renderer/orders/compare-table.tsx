import { Check, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './scan.module.css';

export type CompareRow = { key: string; label: string; left: string; right: string; differs: boolean };

/** Two sides of the same fields beside each other; only what differs is marked. */
export function CompareTable({ left, right, rows }: { left: string; right: string; rows: readonly CompareRow[] }) {
  const { t } = useTranslation('orders');
  return (
    <table className={styles.side}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t('why.field')}</span>
          </th>
          <th scope="col">{left}</th>
          <th scope="col">{right}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} data-differs={row.differs || undefined}>
            <th scope="row">
              {row.differs ? (
                <X size={14} className={styles.no} role="img" aria-label={t('why.differs')} />
              ) : (
                <Check size={14} className={styles.yes} role="img" aria-label={t('why.fits')} />
              )}{' '}
              {row.label}
            </th>
            <td>
              <bdi>{row.left || '–'}</bdi>
            </td>
            <td>
              <bdi>{row.right || '–'}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
