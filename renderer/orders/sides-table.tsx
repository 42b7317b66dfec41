import { Check, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Study } from '../../shared/imaging/schema.ts';
import type { SeenIdentity, StepChoice } from '../../shared/imaging/unfiled-studies.ts';
import { formatDay } from '../ui/day-format.ts';
import styles from './scan.module.css';

type Side = { field: Study['differs'][number]; order: string; images: string };

/** What the order says and what the images say, side by side; only what differs is marked. */
export function SidesTable({
  order,
  seen,
  differs,
}: {
  order: StepChoice;
  seen: SeenIdentity;
  differs: Study['differs'];
}) {
  const { t, i18n } = useTranslation('orders');
  const day = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? formatDay(text, i18n.language) : text);
  const sides: Side[] = [
    {
      field: 'name',
      order: [order.name.written, order.name.latin].filter((one) => one !== '').join(' / '),
      images: seen.name,
    },
    { field: 'birth_date', order: day(order.birthDate ?? ''), images: day(seen.birthDate) },
    { field: 'sex', order: order.sex, images: seen.sex },
    { field: 'patient_id', order: order.recordNumber, images: seen.recordNumber },
  ];
  return (
    <table className={styles.side}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t('why.field')}</span>
          </th>
          <th scope="col">{t('sides.order')}</th>
          <th scope="col">{t('sides.images')}</th>
        </tr>
      </thead>
      <tbody>
        {sides.map((side) => {
          const isOther = differs.includes(side.field);
          return (
            <tr key={side.field} data-differs={isOther || undefined}>
              <th scope="row">
                {isOther ? (
                  <X size={14} className={styles.no} role="img" aria-label={t('why.differs')} />
                ) : (
                  <Check size={14} className={styles.yes} role="img" aria-label={t('why.fits')} />
                )}{' '}
                {t(`sides.${side.field}`)}
              </th>
              <td>
                <bdi>{side.order || '–'}</bdi>
              </td>
              <td>
                <bdi>{side.images || '–'}</bdi>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
