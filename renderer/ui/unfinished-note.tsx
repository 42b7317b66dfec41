import { useTranslation } from 'react-i18next';
import { localTime } from '../../shared/kernel/time.ts';
import { Button } from './button.tsx';
import { formatInstant } from './instant-format.ts';
import styles from './unfinished-note.module.css';

/**
 * One quiet line: something was begun and not saved. `onContinue` takes it up; null where it is on the screen already. The clock is
 * the zone's, with the day where it was not today.
 */
export function UnfinishedNote(props: {
  what: 'booking' | 'registration' | 'changes';
  name: string | undefined;
  savedAtUtc: string;
  zone: string;
  today: string;
  onContinue: (() => void) | null;
  onDiscard: () => void;
}) {
  const { t, i18n } = useTranslation('kit');
  const { savedAtUtc, zone } = props;
  const as = localTime(savedAtUtc, zone).day === props.today ? 'clock' : 'day-clock';
  const clock = formatInstant(savedAtUtc, { zone, locale: i18n.language, as, withZone: false });
  return (
    <div className={styles.note} role="status">
      <span className={styles.words}>
        {t(`unfinished.${props.what}`, { clock })}{' '}
        {props.name && (
          <span className={styles.name} dir="auto">
            {props.name}
          </span>
        )}
      </span>
      <span className={styles.deeds}>
        {props.onContinue && (
          <Button size="toolbar" onClick={props.onContinue}>
            {t('unfinished.continue')}
          </Button>
        )}
        <Button size="toolbar" onClick={props.onDiscard}>
          {t('unfinished.discard')}
        </Button>
      </span>
    </div>
  );
}
