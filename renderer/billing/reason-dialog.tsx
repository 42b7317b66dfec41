import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './billing.module.css';

/** Asks for the reason that a void or refund needs (BILL-4). Enter does it, Esc leaves it. */
export function ReasonDialog({
  title,
  why,
  doIt,
  blocked = null,
  isRunning,
  onReason,
  onClose,
  children,
}: {
  title: string;
  why: readonly string[];
  doIt: string;
  /** Why it can't be done yet, apart from the reason. */
  blocked?: string | null;
  isRunning: boolean;
  onReason: (reason: string) => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation('billing');
  const [reason, setReason] = useState('');
  const disabledReason = blocked ?? (reason.trim() === '' ? t('refund.missing') : isRunning ? '' : null);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className={styles.dialogForm}
        onSubmit={(event) => {
          event.preventDefault();
          if (disabledReason === null) onReason(reason.trim());
        }}
      >
        {why
          .filter((words) => words !== '')
          .map((words) => (
            <p key={words}>{words}</p>
          ))}
        {children}
        <TextField label={t('refund.reason')} value={reason} onChange={setReason} required autoFocus maxLength={500} />
        <div className={styles.dialogButtons}>
          <Button onClick={onClose} keyCap="Esc">
            {t('refund.leave')}
          </Button>
          <Button kind="danger" type="submit" keyCap="Enter" disabledReason={disabledReason}>
            {doIt}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
