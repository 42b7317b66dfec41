import { create } from 'zustand';
import type { TakeOutProblem } from './take-out.ts';

/** A paper that is there: by its hash, with its pages where they were counted. */
export type ReadyPaper = { sha256: string; pages: number | null };

/** Why no paper came; `signs` are the code points that no font here has. */
export type MakeProblem = {
  code: 'not-permitted' | 'not-found' | 'missing-glyphs' | 'files-missing' | 'made-failed';
  signs: readonly string[];
};

/** The one paper that lies before the person; `title` names it without the patient. */
export type ShownPaper = { title: string } & (
  | { state: 'making' }
  | { state: 'ready'; paper: ReadyPaper; problem: TakeOutProblem | null }
  | { state: 'not-made'; problem: MakeProblem }
);

export const usePaperStore = create<{ shown: ShownPaper | null }>(() => ({ shown: null }));

export function showPaper(shown: ShownPaper): void {
  usePaperStore.setState({ shown });
}

/** Lays a paper that is on file before the person. */
export function showFiledPaper(title: string, sha256: string): void {
  showPaper({ title, state: 'ready', paper: { sha256, pages: null }, problem: null });
}

/** Takes the paper off the screen: it is a patient's, and the screen locks. */
export function closePaper(): void {
  usePaperStore.setState({ shown: null });
}
