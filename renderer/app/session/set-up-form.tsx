import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../../bridge/praxis-bridge.ts';
import { useSession } from '../../bridge/use-session.ts';
import { useStation } from '../../bridge/use-station.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useUi } from '../ui-state.ts';
import { Entrance } from './entrance.tsx';
import { likelyCurrency, useStartFailureWords } from './start-words.ts';
import styles from './session.module.css';

type Values = Record<
  'organizationName' | 'locationName' | 'zone' | 'currency' | 'managerName' | 'username' | 'password',
  string
>;

const hereZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A new clinic: its name, its first location, and the one person who may give rights to others. */
export function SetUpForm({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('session');
  const { setUp } = useStation();
  const { reload } = useSession();
  const words = useStartFailureWords();
  const lists = useId();
  const [values, setValues] = useState<Values>({
    organizationName: '',
    locationName: '',
    zone: hereZone,
    currency: likelyCurrency(hereZone),
    managerName: '',
    username: '',
    password: '',
  });
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const field = (name: keyof Values) => ({
    label: t(`setUp.${name}`),
    value: values[name],
    onChange: (value: string) => setValues({ ...values, [name]: value }),
    required: true,
  });
  const missing = missingOf(values);
  const submit = async (): Promise<void> => {
    setIsBusy(true);
    setProblem(null);
    try {
      const trimmed = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()])) as Values;
      const answer = await setUp({ do: 'setUp', ...trimmed, password: values.password });
      if (!answer.ok) setProblem(answer.code);
      if (answer.ok) useUi.setState({ recoveryKey: answer.recoveryKey });
      if (answer.ok) await reload();
    } catch (error) {
      setProblem(codeOf(error));
    }
    setIsBusy(false);
  };
  return (
    <Entrance title={t('setUp.title')} note={t('setUp.note')} wide>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (missing === null && !isBusy) void submit();
        }}
      >
        <TextField {...field('organizationName')} autoFocus />
        <TextField {...field('locationName')} />
        <div className={styles.pair}>
          <TextField {...field('zone')} list={`${lists}-zones`} dir="ltr" />
          <TextField {...field('currency')} list={`${lists}-currencies`} maxLength={3} dir="ltr" />
        </div>
        <datalist id={`${lists}-zones`}>
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <datalist id={`${lists}-currencies`}>
          {Intl.supportedValuesOf('currency').map((currency) => (
            <option key={currency} value={currency} />
          ))}
        </datalist>
        <TextField {...field('managerName')} />
        <div className={styles.pair}>
          <TextField {...field('username')} autoCapitalize="none" dir="ltr" />
          <TextField {...field('password')} type="password" hint={t('setUp.passwordHint')} dir="ltr" />
        </div>
        {problem !== null && (
          <p className={styles.error} role="alert">
            {words(problem)}
          </p>
        )}
        <div className={styles.foot}>
          <Button
            kind="main"
            size="main"
            type="submit"
            disabledReason={
              isBusy ? t('working') : missing === null ? null : t('missing', { field: t(`setUp.${missing}`) })
            }
          >
            {t('setUp.button')}
          </Button>
          <Button size="main" onClick={onBack}>
            {t('back')}
          </Button>
        </div>
      </form>
    </Entrance>
  );
}

/** The first field that is not filled as it must be; null when all are. */
function missingOf(values: Values): keyof Values | null {
  const empty = (Object.keys(values) as (keyof Values)[]).find((name) => values[name].trim() === '');
  if (empty !== undefined) return empty;
  if (!Intl.supportedValuesOf('timeZone').includes(values.zone.trim()) && values.zone !== hereZone) return 'zone';
  if (!/^[A-Z]{3}$/.test(values.currency.trim())) return 'currency';
  return values.password.length < 10 ? 'password' : null;
}
