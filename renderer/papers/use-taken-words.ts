import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { TakenOut } from '../../shared/ipc/contract.ts';
import { showToast } from '../ui/toast-store.ts';

/** Says in a toast where something went, or why it did not; nothing where the person changed their mind. */
export function useTakenWords(): (taken: TakenOut, title: string) => void {
  const { t } = useTranslation('papers');
  return useCallback(
    (taken, title) => {
      if (!taken.ok) {
        if (taken.code !== 'cancelled') showToast({ words: t(`problem.${taken.code}`), undo: null });
        return;
      }
      const words =
        taken.did === 'saved'
          ? t('saved', { fileName: taken.fileName, folder: taken.folder })
          : taken.printer === null
            ? t('printed', { title })
            : t('printedOn', { title, printer: taken.printer });
      showToast({ words, undo: null });
    },
    [t],
  );
}
