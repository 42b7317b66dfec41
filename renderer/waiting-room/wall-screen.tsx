import { useTranslation } from 'react-i18next';
import type { BoardCard } from '../../shared/waiting-room/board-card.ts';
import { currentStep } from '../../shared/waiting-room/schema.ts';
import { go } from '../app/router.ts';
import { useNow } from '../app/use-now.ts';
import { useSession } from '../bridge/use-session.ts';
import { useView } from '../bridge/use-view.ts';
import { Button } from '../ui/button.tsx';
import { useHotkey } from '../ui/hotkeys.ts';
import { formatInstant } from '../ui/instant-format.ts';
import { NotPermitted } from '../ui/states.tsx';
import { wallSign } from './board-columns.ts';
import styles from './wall-screen.module.css';

/**
 * For the screen on the wall: who is called where, and who waits; numbers or initials, never a name. `?show=initials`. Nothing of
 * the frame stands around it: Esc, or the quiet button at its foot, leads back to the waiting room.
 */
export function Screen() {
  const { t, i18n } = useTranslation('waiting-room');
  const { state } = useSession();
  const nowUtc = useNow(10_000);
  const location = state?.location;
  const view = useView('waiting-room/board', location ? { locationId: location.id } : null);
  const leave = (): void => go('wait');
  useHotkey('Escape', t('wall.leave'), leave, { group: t('title') });
  if (view.state === 'not-permitted') return <NotPermitted />;
  const cards = view.state === 'ready' ? (view.value?.cards ?? []) : [];
  const asked = new URLSearchParams(window.location.search).get('show');
  const show = asked === 'initials' ? 'initials' : 'numbers';
  const inStage = (stages: readonly string[]): BoardCard[] =>
    cards
      .filter((card) => stages.includes(currentStep(card.encounter).stage))
      .toSorted((a, b) => (currentStep(a.encounter).atUtc < currentStep(b.encounter).atUtc ? 1 : -1));
  return (
    <main className={styles.wall}>
      <section className={styles.part} aria-label={t('wall.called')}>
        <h1>{t('wall.called')}</h1>
        <ul aria-live="polite">
          {inStage(['in_room', 'in_scan']).map((card) => (
            <li key={card.encounter.id} className={styles.called} data-status={currentStep(card.encounter).stage}>
              <span className={styles.sign}>{wallSign(card, show)}</span>
              <bdi className={styles.place}>
                {(card.hasScan ? card.device?.name : card.room) ?? card.room ?? t('wall.desk')}
              </bdi>
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.part} aria-label={t('wall.waiting')}>
        <h2>{t('wall.waiting')}</h2>
        <ul className={styles.waiting}>
          {inStage(['arrived', 'waiting'])
            .toReversed()
            .map((card) => (
              <li key={card.encounter.id}>{wallSign(card, show)}</li>
            ))}
        </ul>
      </section>
      <footer className={styles.foot}>
        <p>
          {location &&
            `${location.name} · ${formatInstant(nowUtc, { zone: location.zone, locale: i18n.language, as: 'clock', withZone: false })} · ${t(`wall.hint.${show}`)}`}
        </p>
        <Button kind="quiet" size="toolbar" keyCap="Esc" onClick={leave}>
          {t('wall.leave')}
        </Button>
      </footer>
    </main>
  );
}
