import { Search, UserRound } from 'lucide-react';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localTime } from '../../../shared/kernel/time.ts';
import { useZone } from '../../bridge/use-zone.ts';
import { stationNowUtc } from '../../bridge/station-clock.ts';
import { AllergyChip } from '../../ui/chip.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { useHotkeyLayer } from '../../ui/hotkeys.ts';
import type { PatientHit } from '../patient/banner-patient.ts';
import { usePersonFacts } from '../patient/patient-banner.tsx';
import { closePalette, useUi } from '../ui-state.ts';
import { markMatches } from './match.ts';
import { type PaletteItem, usePaletteItems } from './palette-items.ts';
import styles from './palette.module.css';

/** One field for any patient, deed or page, from everywhere (Ctrl+K). A combobox with a list, by WAI-ARIA APG. */
export function Palette() {
  const { t } = useTranslation('frame');
  const start = useUi((state) => state.palette.text);
  const [text, setText] = useState(start);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const { items, people } = usePaletteItems(text);
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  useHotkeyLayer();
  useLayoutEffect(() => {
    const before = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    return () => {
      // Closed first: while it is modal, nothing behind it takes the focus.
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  const chosenAt = Math.max(
    0,
    items.findIndex((item) => item.key === chosenKey),
  );
  const chosen = items[chosenAt];
  const take = (item: PaletteItem | undefined): void => {
    if (!item) return;
    closePalette();
    item.run();
  };
  const choose = (at: number): void => {
    const item = items[(at + items.length) % items.length];
    setChosenKey(item?.key ?? null);
    document.getElementById(`${listId}-${item?.key}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isControl = event.ctrlKey || event.metaKey;
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') choose(chosenAt + 1);
    else if (event.key === 'ArrowUp') choose(chosenAt - 1);
    else if (event.key === 'Tab') choose(items.findIndex((item) => item.group !== 'patients'));
    else if (event.key === 'Enter') take(isControl ? items.find((item) => item.key === 'newPatient') : chosen);
    else if (isControl && event.code === 'KeyK') closePalette();
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={t('search')}
      onCancel={(event) => {
        event.preventDefault();
        closePalette();
      }}
      onClick={(event) => event.target === dialog.current && closePalette()}
    >
      <div className={styles.inside}>
        <div className={styles.head}>
          <Search size={20} aria-hidden="true" />
          <input
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={chosen ? `${listId}-${chosen.key}` : undefined}
            aria-label={t('search')}
            className={styles.input}
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setChosenKey(null);
            }}
            onKeyDown={onKeyDown}
          />
          <span className={styles.count} role="status">
            {text.trim() === '' ? '' : t('palette.people', { count: people })}
          </span>
          <KeyCap keys="Esc" />
        </div>
        <div id={listId} role="listbox" aria-label={t('search')} className={styles.list}>
          {groupsOf(items).map(([group, members]) => (
            <div key={group} role="group" aria-label={t(`palette.${group}`)} className={styles.group}>
              <div className={styles.groupName} aria-hidden="true">
                {t(`palette.${group}`)}
              </div>
              {members.map((item) => (
                <div
                  key={item.key}
                  id={`${listId}-${item.key}`}
                  role="option"
                  aria-selected={item === chosen}
                  className={styles.item}
                  onMouseMove={() => setChosenKey(item.key)}
                  onClick={() => take(item)}
                >
                  <Row item={item} text={text} isChosen={item === chosen} />
                </div>
              ))}
            </div>
          ))}
        </div>
        <PaletteFoot />
      </div>
    </dialog>
  );
}

const groupsOf = (items: readonly PaletteItem[]) => [...Map.groupBy(items, (item) => item.group)];

function Row({ item, text, isChosen }: { item: PaletteItem; text: string; isChosen: boolean }) {
  if (item.group === 'patients') return <PatientRow hit={item.hit} isChosen={isChosen} />;
  const Icon = item.icon;
  return (
    <>
      <span className={styles.icon}>
        <Icon size={16} aria-hidden="true" />
      </span>
      <span className={styles.words}>
        <Marked text={item.words} words={text.split(/\s+/)} />
      </span>
      {item.keyCap !== undefined && <KeyCap keys={item.keyCap} />}
    </>
  );
}

function PatientRow({ hit, isChosen }: { hit: PatientHit; isChosen: boolean }) {
  const { t } = useTranslation('frame');
  const facts = usePersonFacts();
  const today = localTime(stationNowUtc(), useZone()).day;
  const { written, latin } = hit.name;
  return (
    <>
      <span className={styles.person}>
        <UserRound size={16} aria-hidden="true" />
      </span>
      <span className={styles.words}>
        <span className={styles.name}>
          <bdi>
            <Marked text={written} words={hit.matched} />
          </bdi>
          {latin !== '' && latin !== written && (
            <bdi className={styles.latin}>
              <Marked text={latin} words={hit.matched} />
            </bdi>
          )}
        </span>
        <span className={styles.facts}>
          {facts(hit, today)}
          {hit.why !== 'name' && <> · {t(`palette.why.${hit.why}`)}</>}
        </span>
      </span>
      <AllergyChip fact={hit.allergies} short />
      <span className={styles.enter}>{isChosen && <KeyCap keys="Enter" />}</span>
    </>
  );
}

/** Matched letters are underlined as well as coloured. */
function Marked({ text, words }: { text: string; words: readonly string[] }) {
  return markMatches(text, words).map((piece, at) =>
    piece.isMatch ? (
      <mark key={at} className={styles.match}>
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  );
}

function PaletteFoot() {
  const { t } = useTranslation('frame');
  return (
    <footer className={styles.foot}>
      <KeyCap keys="↑ ↓" /> {t('palette.choose')}
      <KeyCap keys="Enter" /> {t('palette.open')}
      <KeyCap keys="Tab" /> {t('palette.toActions')}
      <span className={styles.also}>{t('palette.also')}</span>
    </footer>
  );
}
