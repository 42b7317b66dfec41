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

/** Somebody's screen waits: they unlock it, or another person takes their place, by PIN or password. */
export function LockScreen() {
  const { t } = useTranslation('session');
  const { state, unlock } = useSession();
  const words = useFailureWords();
  const people = state?.people ?? [];
  const [userId, setUserId] = useState(
    state?.user?.id ?? people.find((one) => one.signedIn)?.userId ?? people[0]?.userId,
  );
  const [secret, setSecret] = useState('');
  const [failure, setFailure] = useState<SessionFailure | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const person = people.find((one) => one.userId === userId);
  const takesPin = person?.hasPin === true && failure !== 'use-password' && failure !== 'too-many';
  const submit = async (): Promise<void> => {
    if (userId === undefined || isBusy) return;
    setIsBusy(true);
    const why = await unlock(userId, secret);
    setIsBusy(false);
    setFailure(why);
    setSecret('');
    field.current?.focus();
  };
  return (
    <Entrance title={t('locked.title')} note={t('locked.note')}>
      <PeopleList
        people={people}
        chosen={(one) => one.userId === userId}
        onChoose={(one) => {
          setUserId(one.userId);
          setFailure(null);
          setSecret('');
          field.current?.focus();
        }}
      />
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          key={userId}
          label={t(takesPin ? 'pinOrPassword' : 'password')}
          type="password"
          value={secret}
          onChange={setSecret}
          error={words(failure)}
          ref={field}
          autoFocus
          dir="ltr"
        />
        <Button
          kind="main"
          size="main"
          type="submit"
          keyCap="Enter"
          disabledReason={isBusy ? t('checking') : person ? null : t('locked.chooseFirst')}
        >
          {person ? t('locked.button', { name: person.name }) : t('locked.buttonBare')}
        </Button>
      </form>
    </Entrance>
  );
}
