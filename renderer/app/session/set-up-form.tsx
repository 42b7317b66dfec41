import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../../bridge/use-station.ts';
import { TextField } from '../../ui/text-field.tsx';
import { StartForm } from './start-form.tsx';
import { likelyCurrency } from './start-words.ts';
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
  const field = (name: keyof Values) => ({
    label: t(`setUp.${name}`),
    value: values[name],
    onChange: (value: string) => setValues({ ...values, [name]: value }),
    required: true,
  });
  const missing = missingOf(values);
  const trimmed = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()])) as Values;
  return (
    <StartForm
      title={t('setUp.title')}
      note={t('setUp.note')}
      button={t('setUp.button')}
      missing={missing === null ? null : t('missing', { field: t(`setUp.${missing}`) })}
      onStart={() => setUp({ do: 'setUp', ...trimmed, password: values.password })}
      onBack={onBack}
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
    </StartForm>
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
