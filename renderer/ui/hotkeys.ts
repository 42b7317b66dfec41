import { createContext, useContext, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { create } from 'zustand';
import { matchSequence, pressName } from './match-key.ts';

export type Hotkey = {
  id: string;
  /** `Ctrl+K`, `A`, `G S`. */
  keys: string;
  /** What it does, for the list that `?` shows. */
  words: string;
  group: string;
  /** Also while the focus is in a field; for keys with Ctrl or Alt, and function keys. */
  inFields: boolean;
  /** Under a dialog too: the screen can be locked whatever stands on it. */
  inEveryLayer: boolean;
  /** The dialog that it belongs to; null on the page. */
  layer: string | null;
  run: () => void;
};

/** `layers`: the dialogs that are open, the topmost last. */
type Registry = { hotkeys: readonly Hotkey[]; layers: readonly string[] };

/** All keys that work now; the list of keys is made from this and from nothing else. */
export const useHotkeys = create<Registry>(() => ({ hotkeys: [], layers: [] }));

const sequenceMs = 1_200;
let typed: string[] = [];
let typedAtMs = 0;

const LayerContext = createContext<string | null>(null);

/** What is inside belongs to the dialog whose `useHotkeyLayer` gave the value. */
export const HotkeyLayer = LayerContext.Provider;

/** Binds a key while the component is on the screen. The one bound last wins; a dialog silences what is not inside it. */
export function useHotkey(
  keys: string,
  words: string,
  run: () => void,
  options: { group: string; inFields?: boolean; inEveryLayer?: boolean; enabled?: boolean },
): void {
  const id = useId();
  const layer = useContext(LayerContext);
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  }, [run]);
  const { group, inFields = false, inEveryLayer = false, enabled = true } = options;
  useEffect(() => {
    if (!enabled) return undefined;
    const hotkey = {
      id,
      keys,
      words,
      group,
      inFields,
      inEveryLayer,
      layer,
      run: () => latest.current(),
    };
    useHotkeys.setState(({ hotkeys }) => ({ hotkeys: [...hotkeys, hotkey] }));
    return () => useHotkeys.setState(({ hotkeys }) => ({ hotkeys: hotkeys.filter((one) => one.id !== id) }));
  }, [id, keys, words, group, inFields, inEveryLayer, enabled, layer]);
}

/** While the component is on the screen, only keys inside its `HotkeyLayer` are heard, whenever the others were bound. */
export function useHotkeyLayer(): string {
  const id = useId();
  useLayoutEffect(() => {
    useHotkeys.setState(({ layers }) => ({ layers: [...layers, id] }));
    return () => useHotkeys.setState(({ layers }) => ({ layers: layers.filter((one) => one !== id) }));
  }, [id]);
  return id;
}

/** Whether what is typed there is text. */
export function isTextPlace(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type)
  );
}

const isModifier = (key: string): boolean => ['Control', 'Shift', 'Alt', 'Meta'].includes(key);

/** Runs the key that the press completes; remembers it where it only begins a sequence. */
function take(event: KeyboardEvent, attempts: string[][]): boolean {
  const isText = isTextPlace(event.target);
  const { hotkeys, layers } = useHotkeys.getState();
  const top = layers.at(-1) ?? null;
  const isHeard = (one: Hotkey): boolean => one.layer === top || one.inEveryLayer;
  const usable = hotkeys.filter((one) => isHeard(one) && (one.inFields || !isText)).toReversed();
  for (const attempt of attempts) {
    const full = usable.find((one) => matchSequence(one.keys, attempt) === 'full');
    if (full) {
      typed = [];
      event.preventDefault();
      full.run();
      return true;
    }
    if (usable.some((one) => matchSequence(one.keys, attempt) === 'part')) {
      typed = attempt;
      return false;
    }
  }
  typed = [];
  return false;
}

/** The rest of a sequence comes before what the key would do where the focus is: `G W` on a booking goes to the waiting room. */
function onKeyDownFirst(event: KeyboardEvent): void {
  if (event.isComposing || isModifier(event.key)) return;
  const nowMs = performance.now();
  if (nowMs - typedAtMs > sequenceMs) typed = [];
  typedAtMs = nowMs;
  if (typed.length === 0) return;
  const { hotkeys } = useHotkeys.getState();
  const attempt = [...typed, pressName(event)];
  if (hotkeys.some((one) => matchSequence(one.keys, attempt) === 'full') && take(event, [attempt]))
    event.stopPropagation();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented) typed = [];
  else if (!event.isComposing && !isModifier(event.key)) {
    const name = pressName(event);
    take(event, [[...typed, name], [name]]);
  }
}

/** Starts the one listener for all keys; the returned function ends it. */
export function startHotkeys(): () => void {
  window.addEventListener('keydown', onKeyDownFirst, true);
  window.addEventListener('keydown', onKeyDown);
  return () => {
    window.removeEventListener('keydown', onKeyDownFirst, true);
    window.removeEventListener('keydown', onKeyDown);
  };
}
