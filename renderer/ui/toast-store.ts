import { create } from 'zustand';
import type { Violation } from '../../shared/kernel/violation.ts';

/** What was taken back: the command's name in the law, and whose. */
export type UndoneFact = { command: string; patient: string | null; redone: boolean };

/** How long a deed can be undone from its toast. */
export const undoMs = 10_000;
const noticeMs = 5_000;

export type Toast = {
  id: string;
  content: { words: string } | { undone: UndoneFact } | { violations: readonly Violation[] };
  undo: (() => void) | null;
  endsAtMs: number;
};

export const useToasts = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));

/** Shows what happened; with `undo` for ten seconds, else for five. A newer toast takes the place of the one before. */
export function showToast({ words, undo }: { words: string; undo: (() => void) | null }): void {
  put({ content: { words }, undo, endsAtMs: Date.now() + (undo ? undoMs : noticeMs) });
}

/** Shows what was taken back. */
export function showUndone(undone: UndoneFact): void {
  put({ content: { undone }, undo: null, endsAtMs: Date.now() + undoMs });
}

/** Shows why something was not done, in words. */
export function showRefusal(violations: readonly Violation[]): void {
  put({ content: { violations }, undo: null, endsAtMs: Date.now() + undoMs });
}

export function closeToast(id: string): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

/** Takes all toasts away: they name patients, and the screen locks. */
export function clearToasts(): void {
  useToasts.setState({ toasts: [] });
}

function put(toast: Omit<Toast, 'id'>): void {
  useToasts.setState({ toasts: [{ id: crypto.randomUUID(), ...toast }] });
}
