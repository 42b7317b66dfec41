import { type KeyboardEvent, useRef } from 'react';
import { nextInRow } from './roving.ts';
import styles from './tabs.module.css';

/** Parts of one thing, one at a time. The panel names itself by `id={panelId}`. Arrow keys move (WAI-ARIA APG). */
export function Tabs<V extends string>({
  label,
  tabs,
  value,
  onChange,
  panelId,
}: {
  label: string;
  tabs: readonly { value: V; label: string; note?: string | number }[];
  value: V;
  onChange: (value: V) => void;
  panelId: string;
}) {
  const row = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const next = nextInRow(event.key, at, tabs.length, document.dir === 'rtl');
    const tab = next === undefined ? undefined : tabs[next];
    if (next === undefined || !tab) return;
    event.preventDefault();
    onChange(tab.value);
    row.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className={styles.tabs} ref={row} onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          aria-selected={tab.value === value}
          aria-controls={tab.value === value ? panelId : undefined}
          tabIndex={tab.value === value ? 0 : -1}
          className={styles.tab}
          onClick={() => onChange(tab.value)}
        >
          {tab.label}
          {tab.note !== undefined && <span className={styles.note}>{tab.note}</span>}
        </button>
      ))}
    </div>
  );
}
