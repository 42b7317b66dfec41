import { useId, useRef, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import type { PatientRow } from '../../shared/people/search-views.ts';
import { usePersonFacts } from '../app/patient/patient-banner.tsx';
import { useView } from '../bridge/use-view.ts';
import { useWords } from '../scheduling/words.ts';
import { AllergyChip } from '../ui/chip.tsx';
import { TextField } from '../ui/text-field.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { MarkedText } from './marked-text.tsx';
import styles from './people.module.css';

/** Hits of a text, the last ones kept while the next are on their way so that the list does not blink. */
export function usePatientHits(text: string, limit: number): { hits: readonly PatientRow[]; failed: boolean } {
  const kept = useRef<readonly PatientRow[]>([]);
  const view = useView('people/search', text.trim() === '' ? null : { text: text.trim(), limit });
  if (text.trim() === '') kept.current = [];
  else if (view.state === 'ready') kept.current = view.value.hits;
  return { hits: kept.current, failed: view.state === 'error' || view.state === 'not-permitted' };
}

/**
 * Finds one patient: a few letters of a name in any script, a phone's last digits, a birth date, a number. Arrows choose, Enter takes;
 * Ctrl+Enter registers whoever is not here yet.
 */
export function PatientField({
  today,
  initialText = '',
  autoFocus = false,
  onTake,
  onNew,
  ref,
}: {
  today: string;
  initialText?: string;
  autoFocus?: boolean;
  /** The chosen one, and what was typed to find them. */
  onTake: (hit: PatientRow, text: string) => void;
  /** Absent where the person may not register. */
  onNew?: ((text: string) => void) | undefined;
  ref?: Ref<HTMLInputElement>;
}) {
  const { say } = useWords('people');
  const listId = useId();
  const [text, setText] = useState(initialText);
  const [chosen, setChosen] = useState(0);
  const { hits } = usePatientHits(text, 6);
  const asked = text.trim() !== '';
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter and arrows of an input method choose among its own signs.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((at) => Math.min(Math.max(0, at + step), Math.max(0, hits.length - 1)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const hit = hits[chosen];
      if (event.ctrlKey || !hit) onNew?.(text.trim());
      else onTake(hit, text.trim());
    }
  };
  return (
    <div className={styles.finder}>
      <TextField
        label={say('field.patient')}
        placeholder={say('find.placeholder')}
        value={text}
        onChange={(value) => {
          setText(value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
        autoFocus={autoFocus}
        ref={ref}
        role="combobox"
        aria-expanded={asked}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={hits[chosen] ? `${listId}-${chosen}` : undefined}
      />
      {asked && (
        <div className={styles.options}>
          <ul id={listId} role="listbox" aria-label={say('find.results')}>
            {hits.map((hit, i) => (
              <PatientOption
                key={hit.patientId}
                id={`${listId}-${i}`}
                hit={hit}
                today={today}
                chosen={i === chosen}
                onTake={() => onTake(hit, text.trim())}
              />
            ))}
          </ul>
          {hits.length === 0 && <p className={styles.quiet}>{say(onNew ? 'find.nobody' : 'find.nobodyHere')}</p>}
          {onNew && (
            <button type="button" className={styles.newOption} onClick={() => onNew(text.trim())}>
              <span>{say('find.new', { text: text.trim() })}</span>
              <KeyCap keys={hits.length === 0 ? 'Enter' : 'Ctrl+Enter'} />
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function PatientOption(part: { id: string; hit: PatientRow; today: string; chosen: boolean; onTake: () => void }) {
  const { say } = useWords('people');
  const facts = usePersonFacts();
  const { hit } = part;
  return (
    <li id={part.id} role="option" aria-selected={part.chosen} className={styles.option} onMouseDown={part.onTake}>
      <span className={styles.optionName}>
        <b>
          <MarkedText text={hit.name.written} parts={hit.matched} />
        </b>{' '}
        <MarkedText text={hit.name.latin} parts={hit.matched} />
      </span>
      <span className={styles.optionFacts}>
        {facts(hit, part.today)}
        {hit.why === 'phone' && <> · {say('why.phone', { value: hit.matched[0] ?? '' })}</>}
      </span>
      {hit.allergies.state === 'listed' && <AllergyChip fact={hit.allergies} short />}
    </li>
  );
}
