import { useTranslation } from 'react-i18next';
import type { SessionState } from '../../../shared/ipc/contract.ts';
import { Avatar } from '../../ui/values.tsx';
import styles from './session.module.css';

type Person = SessionState['people'][number];

/** Who may work here; one press takes the name, and those whose screen waits say so. */
export function PeopleList({
  people,
  chosen,
  onChoose,
}: {
  people: readonly Person[];
  chosen: (person: Person) => boolean;
  onChoose: (person: Person) => void;
}) {
  const { t } = useTranslation('session');
  if (people.length === 0) return null;
  return (
    <div className={styles.people} role="group" aria-label={t('people')}>
      {people.slice(0, 8).map((person) => (
        <button
          key={person.userId}
          type="button"
          className={styles.person}
          aria-pressed={chosen(person)}
          onClick={() => onChoose(person)}
        >
          <Avatar initials={person.initials} />
          <bdi>{person.name}</bdi>
          {person.signedIn && <span className={styles.here}>{t('screenWaits')}</span>}
        </button>
      ))}
    </div>
  );
}
