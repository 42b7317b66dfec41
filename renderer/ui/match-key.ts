export type KeyPress = {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
};

/**
 * The name of a key press as the registry writes it: `Ctrl+K`, `Alt+ArrowLeft`, `A`, `?`. On a keyboard of another script the
 * letter is taken from the key's place, so that `Ctrl+K` works on a Russian or Arabic layout.
 */
export function pressName(press: KeyPress): string {
  const isForeign = press.key.length === 1 && press.key.charCodeAt(0) > 127 && /^Key[A-Z]$/.test(press.code);
  const key = isForeign ? press.code.slice(3) : press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const isLetter = /^[A-Z]$/.test(key);
  const parts = [press.ctrlKey || press.metaKey ? 'Ctrl' : '', press.altKey ? 'Alt' : ''];
  // Shift belongs to a sign's own name (`?`); it is named with letters and with keys that have no sign.
  const isShiftNamed = press.shiftKey && (isLetter || key.length > 1);
  return [...parts, isShiftNamed ? 'Shift' : '', key].filter((part) => part !== '').join('+');
}

/** Whether a press goes on, ends or leaves a sequence such as `G S`. `typed` are the names pressed so far, the new one last. */
export function matchSequence(keys: string, typed: readonly string[]): 'full' | 'part' | 'none' {
  const wanted = keys.split(' ');
  if (typed.length > wanted.length || !typed.every((name, at) => name === wanted[at])) return 'none';
  return typed.length === wanted.length ? 'full' : 'part';
}
