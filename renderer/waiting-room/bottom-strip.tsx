import { useTranslation } from 'react-i18next';
import type { CardPerson } from '../../shared/waiting-room/board-card.ts';
import type { Board } from '../../shared/waiting-room/board-view.ts';
import { Button } from '../ui/button.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import styles from './bottom-strip.module.css';

const SHOWN = 8;

/** Who is still to come, next first: pressing a name receives them. At the end, who has gone today. */
export function BottomStrip({
  board,
  onArrive,
  onShowFinished,
}: {
  board: Board;
  onArrive: (appointmentId: string, person: CardPerson) => void;
  onShowFinished: () => void;
}) {
  const { t, i18n } = useTranslation('waiting-room');
  const clock = (atUtc: string): string =>
    formatInstant(atUtc, { zone: board.zone, locale: i18n.language, as: 'clock', withZone: false });
  const rest = board.expected.length - SHOWN;
  return (
    <section className={styles.strip} aria-label={t('expected.label')}>
      <span className={styles.label}>{t('expected.label')}</span>
      <ul className={styles.people}>
        {board.expected.length === 0 && <li className={styles.when}>{t('expected.none')}</li>}
        {board.expected.slice(0, SHOWN).map((one) => (
          <li key={one.appointmentId} className={styles.person}>
            <button
              type="button"
              className={styles.who}
              aria-label={t('expected.receive', { name: one.person.name.latin || one.person.name.written })}
              title={t('expected.receive', { name: one.person.name.written })}
              onClick={() => onArrive(one.appointmentId, one.person)}
            >
              <bdi>{one.person.name.written}</bdi>
            </button>
            <span className={styles.when}>
              {clock(one.startsAtUtc)} · <bdi>{one.practitioner?.name ?? one.service}</bdi>
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && <span className={styles.label}>{t('expected.more', { count: rest })}</span>}
      <Button
        size="toolbar"
        kind="quiet"
        onClick={onShowFinished}
        disabledReason={board.finished.length === 0 ? t('finished.none') : null}
      >
        {t('finished.count', { count: board.finished.length })}
      </Button>
    </section>
  );
}
