import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitChart } from '../../shared/charting/visit-chart.ts';
import { Button } from '../ui/button.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { KeyCap } from '../ui/key-cap.tsx';
import styles from './note-editor.module.css';
import { expand, offeredFor, type Snippet, snippetsFor, wordBefore } from './snippets.ts';

/** The note as plain text. A short word such as `.us` offers its snippets: Tab takes, arrows choose, Esc leaves. */
export function NoteEditor({
  value,
  onChange,
  byline,
  isCorrection,
}: {
  value: string;
  onChange: (text: string) => void;
  byline: string;
  isCorrection: boolean;
}) {
  const { t, i18n } = useTranslation('charting');
  const area = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const caretAfter = useRef<number | null>(null);
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [leftWord, setLeftWord] = useState<number | null>(null);
  const typing = wordBefore(value, caret);
  const isOpen = typing !== undefined && typing.from !== leftWord;
  const offers = isOpen ? offeredFor(typing.word, snippetsFor(i18n.language)) : [];
  const chosen = offers[Math.min(at, offers.length - 1)];

  useLayoutEffect(() => {
    if (caretAfter.current === null) return;
    area.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    setCaret(caretAfter.current);
    caretAfter.current = null;
  }, [value]);

  const take = (snippet: Snippet): void => {
    if (!typing) return;
    const next = expand(value, typing.from, caret, snippet);
    caretAfter.current = next.caret;
    onChange(next.text);
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!chosen || event.nativeEvent.isComposing) return;
    if (event.key === 'Tab' && !event.shiftKey) take(chosen);
    else if (event.key === 'ArrowDown') setAt((now) => (now + 1) % offers.length);
    else if (event.key === 'ArrowUp') setAt((now) => (now - 1 + offers.length) % offers.length);
    else if (event.key === 'Escape') setLeftWord(typing?.from ?? null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className={styles.card} aria-label={t('note')}>
      <header className={styles.head}>
        <h2>{t(isCorrection ? 'noteCorrection' : 'note')}</h2>
        <span>{byline}</span>
        <span className={styles.hint}>
          <KeyCap keys="." /> {t('snippets')}
        </span>
      </header>
      <textarea
        ref={area}
        className={styles.text}
        dir="auto"
        aria-label={t('noteText')}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={offers.length > 0 ? listId : undefined}
        aria-activedescendant={chosen ? `${listId}-${chosen.word}` : undefined}
        placeholder={t('notePlaceholder')}
        maxLength={50_000}
        value={value}
        onChange={(event) => {
          setCaret(event.currentTarget.selectionStart);
          setAt(0);
          setLeftWord(null);
          onChange(event.currentTarget.value);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      {offers.length > 0 && (
        <div id={listId} role="listbox" aria-label={t('snippets')} className={styles.offers}>
          {offers.map((one) => (
            <div
              key={one.word}
              id={`${listId}-${one.word}`}
              role="option"
              tabIndex={-1}
              aria-selected={one === chosen}
              className={styles.offer}
              onMouseDown={(event) => {
                event.preventDefault();
                take(one);
              }}
            >
              <b>{one.word}</b>
              <span>{one.title}</span>
              {one === chosen && <KeyCap keys="Tab" />}
            </div>
          ))}
        </div>
      )}
    </section>
  );
}

/** What was signed in this visit, the latest first; one's own can be corrected by a new note that names it. */
export function SignedNotes({
  notes,
  zone,
  userId,
  onCorrect,
}: {
  notes: VisitChart['notes'];
  zone: string;
  userId: string;
  onCorrect: (id: string, text: string) => void;
}) {
  const { t, i18n } = useTranslation('charting');
  return (
    <>
      {notes.toReversed().map(({ doc, authorName, isReplaced }) => (
        <article key={doc.id} className={styles.signed} data-replaced={isReplaced || undefined}>
          <div className={styles.signedHead}>
            <span>
              {t(isReplaced ? 'noteReplaced' : 'noteSigned', {
                name: authorName,
                clock: formatInstant(doc.atUtc, { zone, locale: i18n.language, as: 'clock', withZone: false }),
              })}
            </span>
            {!isReplaced && doc.authorId === userId && (
              <Button size="toolbar" kind="quiet" onClick={() => onCorrect(doc.id, doc.text)}>
                {t('noteCorrect')}
              </Button>
            )}
          </div>
          <p dir="auto">{doc.text}</p>
        </article>
      ))}
    </>
  );
}
