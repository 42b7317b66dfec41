import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import styles from './reason-dialog.module.css';
import { TextField } from './text-field.tsx';

/** Asks for the reason that an action needs. Enter does it, Esc leaves it. */
export function ReasonDialog({
  title,
  notes = [],
  hint,
  doIt,
  kind = 'danger',
  leaveIt,
  blocked = null,
  isRunning = false,
  onReason,
  onClose,
  children,
}: {
  title: string;
  /** What the person should know before; empty ones are left out. */
  notes?: readonly string[];
  /** Under the field: why a reason is asked. */
  hint?: string;
  doIt: string;
  kind?: 'danger' | 'main';
  leaveIt?: string;
  /** Why it can't be done yet, apart from the reason. */
  blocked?: string | null;
  isRunning?: boolean;
  /** The reason without spaces around it; never empty. */
  onReason: (reason: string) => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation('kit');
  const [reason, setReason] = useState('');
  const disabledReason = blocked ?? (reason.trim() === '' ? t('reasonMissing') : isRunning ? '' : null);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (disabledReason === null) onReason(reason.trim());
        }}
      >
        {notes
          .filter((words) => words !== '')
          .map((words) => (
            <p key={words}>{words}</p>
          ))}
        {children}
        <TextField
          label={t('reason')}
          hint={hint}
          value={reason}
          onChange={setReason}
          required
          autoFocus
          maxLength={500}
        />
        <div className={styles.buttons}>
          <Button onClick={onClose} keyCap="Esc">
            {leaveIt ?? t('leaveIt')}
          </Button>
          <Button kind={kind} type="submit" keyCap="Enter" disabledReason={disabledReason}>
            {doIt}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
