import { Download, FileText, Printer } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHotkey } from '../ui/hotkeys.ts';
import { useServices } from '../bridge/bridge-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { closePaper, type ShownPaper, showPaper, usePaperStore } from './paper-store.ts';
import styles from './paper-dialog.module.css';
import { takeOut } from './take-out.ts';
import { useTakenWords } from './use-taken-words.ts';

/** The paper that lies before the person, wherever it was asked for. */
export function PaperPlace() {
  const shown = usePaperStore((state) => state.shown);
  return shown && <PaperDialog shown={shown} />;
}

/**
 * A paper is ready: print it (Ctrl+P, or Enter at once), save it (Ctrl+S), or leave it (Esc). Its pages are not drawn: the
 * window's policy allows no frame (decision 0010).
 */
function PaperDialog({ shown }: { shown: ShownPaper }) {
  const { t } = useTranslation('papers');
  const { bridge } = useServices();
  const sayTaken = useTakenWords();
  const printButton = useRef<HTMLButtonElement>(null);
  const saveButton = useRef<HTMLButtonElement>(null);
  const [doing, setDoing] = useState<'print' | 'save' | null>(null);
  const isReady = shown.state === 'ready';
  const failed = isReady ? shown.problem : null;
  // Enter prints a paper that has just come, and saves it where there is nothing to print on.
  useEffect(() => {
    if (isReady) (failed === 'no-printer' ? saveButton : printButton).current?.focus();
  }, [isReady, failed]);

  const take = async (what: 'print' | 'save'): Promise<void> => {
    if (shown.state !== 'ready' || doing !== null) return;
    setDoing(what);
    const taken = await takeOut(bridge, { do: what, sha256: shown.paper.sha256 });
    setDoing(null);
    if (usePaperStore.getState().shown !== shown) return;
    if (!taken.ok) return showPaper({ ...shown, problem: taken.code === 'cancelled' ? null : taken.code });
    closePaper();
    sayTaken(taken, shown.title);
  };

  const wait = shown.state === 'making' ? t('making') : doing ? t(`doing.${doing}`) : null;
  const blocked = isReady ? wait : (wait ?? t('notMade'));
  return (
    <Dialog
      title={shown.title}
      width={520}
      onClose={closePaper}
      footer={
        <>
          <Button kind="quiet" keyCap="Esc" onClick={closePaper}>
            {t('close')}
          </Button>
          <Button
            ref={saveButton}
            icon={<Download size={15} aria-hidden="true" />}
            keyCap="Ctrl+S"
            disabledReason={blocked}
            onClick={() => void take('save')}
          >
            {t('save')}
          </Button>
          <Button
            ref={printButton}
            kind="main"
            icon={<Printer size={15} aria-hidden="true" />}
            keyCap="Ctrl+P"
            disabledReason={blocked}
            onClick={() => void take('print')}
          >
            {t('print')}
          </Button>
        </>
      }
    >
      <PaperKeys onTake={(what) => void take(what)} />
      <div className={styles.paper}>
        <FileText size={28} aria-hidden="true" />
        <div>
          <p role="status" className={styles.state}>
            {wait ?? (isReady ? readyWords(shown.paper.pages) : t('notMade'))}
          </p>
          {isReady && <p className={styles.small}>{t('pagesWhere')}</p>}
        </div>
      </div>
      {shown.state === 'not-made' && (
        <p role="alert" className={styles.problem}>
          {t(`problem.${shown.problem.code}`, { signs: shown.problem.signs.join(' ') })}
        </p>
      )}
      {failed !== null && doing === null && (
        <p role="alert" className={styles.problem}>
          {t(`problem.${failed}`)}
        </p>
      )}
    </Dialog>
  );

  function readyWords(pages: number | null): string {
    return pages === null ? t('ready') : t('readyPages', { count: pages });
  }
}

/** Inside the dialog, so that they are heard while it is open. */
function PaperKeys({ onTake }: { onTake: (what: 'print' | 'save') => void }) {
  const { t } = useTranslation('papers');
  const keys = { group: t('group'), inFields: true };
  useHotkey('Ctrl+P', t('print'), () => onTake('print'), keys);
  useHotkey('Ctrl+S', t('save'), () => onTake('save'), keys);
  return null;
}
