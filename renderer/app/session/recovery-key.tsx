import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useUi } from '../ui-state.ts';
import { Entrance } from './entrance.tsx';
import styles from './session.module.css';

/**
 * The recovery key, once. Whoever goes on has typed its last four signs: proof that it is written down somewhere, for it is
 * never shown again.
 */
export function RecoveryKey({ recoveryKey }: { recoveryKey: string }) {
  const { t } = useTranslation('session');
  const [typed, setTyped] = useState('');
  const bare = (text: string): string => text.replace(/[^a-z0-9]/gi, '').toUpperCase();
  const isConfirmed = bare(typed) === bare(recoveryKey).slice(-4);
  return (
    <Entrance title={t('recovery.title')} note={t('recovery.note')} wide>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isConfirmed) useUi.setState({ recoveryKey: null });
        }}
      >
        <output className={styles.key} aria-label={t('recovery.key')} dir="ltr">
          {recoveryKey}
        </output>
        <TextField label={t('recovery.lastFour')} value={typed} onChange={setTyped} dir="ltr" maxLength={6} />
        <Button kind="main" size="main" type="submit" disabledReason={isConfirmed ? null : t('recovery.writeFirst')}>
          {t('recovery.button')}
        </Button>
      </form>
    </Entrance>
  );
}
