import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionFailure } from '../../bridge/session-store.ts';
import { useSession } from '../../bridge/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Entrance } from './entrance.tsx';
import { useFailureWords } from './failure-words.ts';
import { PeopleList } from './people-list.tsx';
import styles from './session.module.css';

/** Nobody is signed in: one's own name and the password. Works without the line to the server. */
export function SignIn() {
  const { t } = useTranslation('session');
  const { state, signIn } = useSession();
  const words = useFailureWords();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<SessionFailure | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);
  const submit = async (): Promise<void> => {
    setIsBusy(true);
    const why = await signIn(username.trim(), password);
    setIsBusy(false);
    setFailure(why);
    if (why !== null) setPassword('');
    passwordField.current?.focus();
  };
  return (
    <Entrance title={state?.organizationName ?? t('signIn.title')} note={state?.station?.name ?? null}>
      <PeopleList
        people={state?.people ?? []}
        chosen={(one) => one.username === username}
        onChoose={(one) => {
          setUsername(one.username);
          passwordField.current?.focus();
        }}
      />
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void submit();
        }}
      >
        <TextField
          label={t('username')}
          value={username}
          onChange={setUsername}
          autoFocus
          autoCapitalize="none"
          dir="ltr"
        />
        <TextField
          label={t('password')}
          type="password"
          value={password}
          onChange={setPassword}
          ref={passwordField}
          error={words(failure)}
          dir="ltr"
        />
        <Button
          kind="main"
          size="main"
          type="submit"
          keyCap="Enter"
          disabledReason={isBusy ? t('checking') : username.trim() === '' ? t('signIn.nameFirst') : null}
        >
          {t('signIn.button')}
        </Button>
      </form>
    </Entrance>
  );
}
