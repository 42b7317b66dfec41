import { useTranslation } from 'react-i18next';
import type { CardPerson } from '../../shared/waiting-room/board-card.ts';
import type { FinishedVisit } from '../../shared/waiting-room/board-view.ts';
import type { Encounter } from '../../shared/waiting-room/schema.ts';
import { Button } from '../ui/button.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { PersonName } from '../ui/values.tsx';
import styles from './bottom-strip.module.css';

/** The visits that ended today, the latest first, each with its way back. */
export function FinishedPanel({
  finished,
  zone,
  onBack,
  onClose,
}: {
  finished: readonly FinishedVisit[];
  zone: string;
  onBack: (encounter: Encounter, person: CardPerson) => void;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation('waiting-room');
  const latest = finished.toSorted((a, b) => (a.completedAtUtc < b.completedAtUtc ? 1 : -1));
  return (
    <SidePanel title={t('finished.title')} onClose={onClose}>
      <ul>
        {latest.map((one) => (
          <li key={one.encounter.id} className={styles.row}>
            <div>
              <PersonName written={one.person.name.written} latin={one.person.name.latin} />
              <span className={styles.when}>
                {formatInstant(one.completedAtUtc, { zone, locale: i18n.language, as: 'clock', withZone: false })}
                {one.service && ` · ${one.service}`}
              </span>
            </div>
            <Button size="toolbar" onClick={() => onBack(one.encounter, one.person)}>
              {t('finished.back')}
            </Button>
          </li>
        ))}
      </ul>
    </SidePanel>
  );
}
