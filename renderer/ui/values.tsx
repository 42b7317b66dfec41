import { useTranslation } from 'react-i18next';
import { Check, CircleAlert } from 'lucide-react';
import { formatAmount, formatMoney } from '../../shared/kernel/money-format.ts';
import { formatInstant, type InstantStyle } from './instant-format.ts';
import styles from './values.module.css';

/** An amount of integer minor units in its currency, as the locale writes it; `bare` under a heading that names the currency. */
export function Money({
  amountMinor,
  currency,
  locale,
  bare = false,
}: {
  amountMinor: number;
  currency: string;
  locale: string;
  bare?: boolean;
}) {
  const words = bare ? formatAmount(amountMinor, currency, locale) : formatMoney(amountMinor, currency, locale);
  return <span className={styles.figure}>{words}</span>;
}

/** An instant on a zone's wall clock. In another zone than the screen's (`homeZone`) its name always stands beside it. */
export function Instant({
  atUtc,
  zone,
  homeZone,
  locale,
  as = 'clock',
}: {
  atUtc: string;
  zone: string;
  homeZone: string;
  locale: string;
  as?: InstantStyle;
}) {
  return (
    <time dateTime={atUtc} className={styles.figure}>
      {formatInstant(atUtc, { zone, locale, as, withZone: zone !== homeZone })}
    </time>
  );
}

/** A name as written, then in Latin letters where those differ. Both are isolated, so nothing around them reorders. */
export function PersonName({ written, latin }: { written: string; latin?: string | null | undefined }) {
  const hasOther = latin !== null && latin !== undefined && latin !== '' && latin !== written;
  return (
    <>
      <bdi className={styles.written}>{written}</bdi>
      {hasOther && <bdi className={styles.latin}>{latin}</bdi>}
    </>
  );
}

/** A person of the house by initials. */
export function Avatar({ initials }: { initials: string }) {
  return (
    <span className={styles.avatar} aria-hidden="true">
      {initials}
    </span>
  );
}

/**
 * When what is typed reached the disk, and only while the disk holds all of it; red words when it did not. Its place stays the
 * same, so that nothing beside it moves while somebody types.
 */
export function SavedMark(props: { savedAtClock: string | null; pending: boolean; failed: boolean }) {
  const { t } = useTranslation('kit');
  if (props.failed)
    return (
      <span className={styles.notSaved} role="alert">
        <CircleAlert size={14} aria-hidden="true" /> {t('notSaved')}
      </span>
    );
  const isSaved = props.savedAtClock !== null && !props.pending;
  return (
    <span className={styles.saved} data-saved={isSaved}>
      {isSaved && <Check size={14} aria-hidden="true" />}
      {isSaved ? t('saved', { clock: props.savedAtClock }) : props.pending && t('saving')}
    </span>
  );
}
