import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useWords } from './words.ts';

/** Asks for the reason of a deed that needs one; Enter does it. */
export function ReasonDialog(part: {
  title: string;
  deed: string;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}) {
  const { say } = useWords('scheduling');
  const [reason, setReason] = useState('');
  return (
    <Dialog title={part.title} onClose={part.onClose} width={420}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') part.onConfirm(reason.trim());
        }}
      >
        <TextField label={say('reason')} value={reason} onChange={setReason} autoFocus required maxLength={2000} />
        <p style={{ display: 'flex', gap: 8, marginTop: 16 }}>
          <Button
            kind="danger"
            type="submit"
            keyCap="Enter"
            disabledReason={reason.trim() === '' ? say('reasonMissing') : null}
          >
            {part.deed}
          </Button>
          <Button keyCap="Esc" onClick={part.onClose}>
            {say('leave')}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
