import { type ChangeEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { expandSnippet, reportFields, type ReportField, type ReportText } from './report-text.ts';
import styles from './report.module.css';

/** Where words from outside go: the field that had the cursor last, and where it stood. */
export type Cursor = { field: ReportField; at: number };

const rowsOf: Record<ReportField, number> = { technique: 2, findings: 7, impression: 4 };

/** The three texts of a report. `.us` and a blank expands; the cursor stays where the words end. */
export function ReportFields(props: {
  text: ReportText;
  /** While a save is on its way: keys would be lost with the draft that it empties. */
  isLocked: boolean;
  onChange: (part: Partial<ReportText>) => void;
  cursor: RefObject<Cursor>;
  /** Set to put the cursor back after words were inserted. */
  moveTo: Cursor | null;
  onMoved: () => void;
  onLeave: () => void;
}) {
  const { t } = useTranslation('reading');
  const { text, cursor, moveTo, onMoved } = props;
  const fields = useRef(new Map<ReportField, HTMLTextAreaElement>());
  useLayoutEffect(() => {
    const field = moveTo && fields.current.get(moveTo.field);
    if (!moveTo || !field) return;
    field.focus();
    field.setSelectionRange(moveTo.at, moveTo.at);
    cursor.current = moveTo;
    onMoved();
  }, [moveTo, cursor, onMoved]);

  const note = (field: ReportField, element: HTMLTextAreaElement): void => {
    cursor.current = { field, at: element.selectionStart };
  };
  const type = (field: ReportField, event: ChangeEvent<HTMLTextAreaElement>): void => {
    const element = event.currentTarget;
    const { value, selectionStart } = element;
    // The snippets are a table of words, one per language.
    const snippets = t('snippets', { returnObjects: true });
    const expanded = expandSnippet(value, selectionStart, snippets);
    props.onChange({ [field]: expanded?.text ?? value });
    cursor.current = { field, at: expanded?.at ?? selectionStart };
    if (expanded) queueMicrotask(() => element.setSelectionRange(expanded.at, expanded.at));
  };
  return reportFields.map((field) => (
    <label key={field} className={styles.field}>
      <span>{t(`report.${field}`)}</span>
      <textarea
        ref={(element) => {
          if (element) fields.current.set(field, element);
        }}
        dir="auto"
        rows={rowsOf[field]}
        data-field={field}
        value={text[field]}
        readOnly={props.isLocked}
        onChange={(event) => type(field, event)}
        onSelect={(event) => note(field, event.currentTarget)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          props.onLeave();
        }}
      />
    </label>
  ));
}
