import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endProof, useProof } from '../../bridge/proof.ts';
import type { SessionFailure } from '../../bridge/session-store.ts';
import { useSession } from '../../bridge/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useFailureWords } from './failure-words.ts';
import styles from './session.module.css';

/** Who signs, refunds or overrides shows that it is they: PIN or password, once; what waited then goes on by itself. */
export function ProofDialog() {
  const asked = useProof((proof) => proof.answer !== null);
  return asked ? <ProofForm /> : null;
}

function ProofForm() {
  const { t } = useTranslation('session');
  const { state, unlock } = useSession();
  const words = useFailureWords();
  const [secret, setSecret] = useState('');
  const [failure, setFailure] = useState<SessionFailure | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const user = state?.user;
  const hasPin = state?.people.some((one) => one.userId === user?.id && one.hasPin) ?? false;
  const takesPin = hasPin && failure !== 'use-password' && failure !== 'too-many';
  const submit = async (): Promise<void> => {
    if (!user || isBusy || secret === '') return;
    setIsBusy(true);
    const why = await unlock(user.id, secret);
    setIsBusy(false);
    if (why === null) return endProof(true);
    setFailure(why);
    setSecret('');
  };
  return (
    <Dialog title={t('proof.title', { name: user?.name ?? '' })} onClose={() => endProof(false)} width={400}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>{t('proof.note')}</p>
        <TextField
          label={t(takesPin ? 'pinOrPassword' : 'password')}
          type="password"
          value={secret}
          onChange={setSecret}
          error={words(failure)}
          autoFocus
          dir="ltr"
        />
        <Button kind="main" type="submit" keyCap="Enter" disabledReason={isBusy ? t('checking') : null}>
          {t('proof.button')}
        </Button>
        <Button keyCap="Esc" onClick={() => endProof(false)}>
          {t('proof.leave')}
        </Button>
      </form>
    </Dialog>
  );
}
