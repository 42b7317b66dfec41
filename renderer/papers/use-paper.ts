import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { documentAnswerSchema, type MakePaperRequest } from '../../shared/ipc/contract.ts';
import { useServices } from '../bridge/bridge-context.tsx';
import { ask, type PraxisBridge } from '../bridge/praxis-bridge.ts';
import { type MakeProblem, type ReadyPaper, showPaper, usePaperStore } from './paper-store.ts';
import { takeOut } from './take-out.ts';
import { showToast } from '../ui/toast-store.ts';

export type PaperWish = {
  template: MakePaperRequest['template'];
  id: string;
  /** Names it without the patient (`Invoice K1-000012`); the template's own name unless given. */
  title?: string;
};

/**
 * The one way from a screen to a paper. `show` makes it and lays it before the person, to print or save; `print` makes it and
 * sends it to the printer at once, without a word over the deed's own, and lays it before the person only where that does not
 * work. Where no printer is set up it is said quietly: nobody there waits for paper, and it is on file. Neither rejects.
 */
export function usePaper(): { show: (wish: PaperWish) => Promise<void>; print: (wish: PaperWish) => Promise<void> } {
  const { t, i18n } = useTranslation('papers');
  const { bridge, isStillHere } = useServices();
  const locale = i18n.language;
  const show = useCallback(
    async ({ template, id, title = t(`template.${template}`) }: PaperWish) => {
      const waiting = { title, state: 'making' as const };
      showPaper(waiting);
      const made = await make(bridge, { do: 'make', template, id, locale });
      // Closed meanwhile, or another one asked for: it is filed, and found again by asking again.
      if (usePaperStore.getState().shown !== waiting) return;
      if ('code' in made) return showPaper({ title, state: 'not-made', problem: made });
      showPaper({ title, state: 'ready', paper: made, problem: null });
    },
    [bridge, locale, t],
  );
  const print = useCallback(
    async ({ template, id, title = t(`template.${template}`) }: PaperWish) => {
      const made = await make(bridge, { do: 'make', template, id, locale });
      if (!isStillHere()) return;
      if ('code' in made) return showPaper({ title, state: 'not-made', problem: made });
      const taken = await takeOut(bridge, { do: 'print', sha256: made.sha256 });
      if (!isStillHere()) return;
      if (!taken.ok && taken.code === 'no-printer') showToast({ words: t('filedOnly', { title }), undo: null });
      else if (!taken.ok && taken.code !== 'cancelled')
        showPaper({ title, state: 'ready', paper: made, problem: taken.code });
    },
    [bridge, isStillHere, locale, t],
  );
  return { show, print };
}

async function make(bridge: PraxisBridge, request: MakePaperRequest): Promise<ReadyPaper | MakeProblem> {
  const answer = documentAnswerSchema.safeParse(await ask(bridge, 'document', request).catch(() => null)).data;
  if (answer?.ok) return { sha256: answer.sha256, pages: answer.pages };
  const known = ['not-permitted', 'not-found', 'missing-glyphs', 'files-missing'] as const;
  return { code: known.find((code) => code === answer?.code) ?? 'made-failed', signs: answer?.missing ?? [] };
}
