import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { STEP_BACK_MIN } from '../../shared/waiting-room/rules.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { StepBack } from './use-board-deeds.ts';

/** Asks why a visit goes back, where the law wants a reason (WAIT-3). Enter says it, Esc leaves it. */
export function StepBackDialog({
  stepBack,
  onReason,
  onClose,
}: {
  stepBack: StepBack;
  onReason: (reason: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['waiting-room', 'kit']);
  const [reason, setReason] = useState('');
  const words = { name: stepBack.person.name.written, stage: t(`kit:status.${stepBack.to}`) };
  return (
    <Dialog title={t('back.title', words)} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') onReason(reason.trim());
        }}
      >
        <TextField
          label={t('back.reason')}
          hint={t('back.why', { minutes: STEP_BACK_MIN })}
          value={reason}
          onChange={setReason}
          required
          autoFocus
          maxLength={500}
        />
        <div style={{ display: 'flex', gap: 8, marginTop: 16, justifyContent: 'flex-end' }}>
          <Button onClick={onClose} keyCap="Esc">
            {t('back.leave')}
          </Button>
          <Button
            kind="main"
            type="submit"
            keyCap="Enter"
            disabledReason={reason.trim() === '' ? t('back.missing') : null}
          >
            {t('back.do', words)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
