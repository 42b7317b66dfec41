import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientRow } from '../../shared/people/search-views.ts';
import { usePersonFacts } from '../app/patient/patient-banner.tsx';
import { useView } from '../bridge/use-view.ts';
import { TextField } from '../ui/text-field.tsx';
import { PersonName } from '../ui/values.tsx';
import styles from './patient-field.module.css';

const MOST = 6;

/** Finds a patient by a few letters, a number, a phone's end or a birth date: arrows choose, Enter takes. */
export function PatientField({ today, onPick }: { today: string; onPick: (hit: PatientRow) => void }) {
  const { t } = useTranslation('waiting-room');
  const listId = useId();
  const facts = usePersonFacts();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const asked = text.trim().length >= 2 ? { text: text.trim(), limit: MOST } : null;
  const found = useView('people/search', asked);
  const hits = found.state === 'ready' ? found.value.hits.slice(0, MOST) : [];
  const chosen = hits[Math.min(at, hits.length - 1)];
  return (
    <div>
      <TextField
        label={t('walkInPanel.patient')}
        placeholder={t('walkInPanel.find')}
        hint={asked && found.state === 'ready' && hits.length === 0 ? t('walkInPanel.nobody') : undefined}
        value={text}
        onChange={(next) => {
          setText(next);
          setAt(0);
        }}
        autoFocus
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={listId}
        aria-activedescendant={chosen ? `${listId}-${chosen.patientId}` : undefined}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            setAt((now) => Math.max(0, Math.min(hits.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))));
          } else if (event.key === 'Enter' && chosen) {
            event.preventDefault();
            onPick(chosen);
          }
        }}
      />
      <div
        id={listId}
        role="listbox"
        aria-label={t('walkInPanel.found')}
        className={hits.length > 0 ? styles.hits : undefined}
      >
        {hits.map((hit) => (
          <div
            key={hit.patientId}
            id={`${listId}-${hit.patientId}`}
            role="option"
            tabIndex={-1}
            aria-selected={hit === chosen}
            className={styles.hit}
            onClick={() => onPick(hit)}
          >
            <div>
              <PersonName written={hit.name.written} latin={hit.name.latin} />
            </div>
            <div className={styles.facts}>{facts(hit, today)}</div>
          </div>
        ))}
      </div>
    </div>
  );
}
