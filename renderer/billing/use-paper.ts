import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { documentAnswerSchema, type MakePaperRequest } from '../../shared/ipc/contract.ts';
import { useServices } from '../bridge/bridge-context.tsx';
import { ask } from '../bridge/praxis-bridge.ts';
import { showToast } from '../ui/toast-store.ts';

/** Makes a paper and says when it is there, or why not. `what` names it without the patient; null says only what went wrong. */
export function usePaper(): (template: MakePaperRequest['template'], id: string, what: string | null) => Promise<void> {
  const { t, i18n } = useTranslation('billing');
  const { bridge } = useServices();
  return useCallback(
    async (template, id, what) => {
      const request = { do: 'make', template, id, locale: i18n.language };
      const answer = documentAnswerSchema.safeParse(await ask(bridge, 'document', request).catch(() => null)).data;
      const words = (): string => {
        if (answer?.ok) return t('print.made', { what: what ?? '' });
        if (answer?.code === 'missing-glyphs') return t('print.missing', { signs: answer.missing.join(' ') });
        return t(answer?.code === 'not-permitted' ? 'print.not-permitted' : 'print.failed');
      };
      if (answer?.ok && what === null) return;
      showToast({ words: words(), undo: null });
    },
    [bridge, i18n.language, t],
  );
}
