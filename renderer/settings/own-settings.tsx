import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionFailure } from '../bridge/session-store.ts';
import { useSession } from '../bridge/use-session.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { TextField } from '../ui/text-field.tsx';
import { showToast } from '../ui/toast-store.ts';
import { densitySchema, themeSchema } from '../app/appearance.ts';
import { languages } from '../app/i18n/i18n.ts';
import { useLanguage } from '../app/i18n/use-language.ts';
import { useLayout } from '../app/layout-store.ts';
import { useFailureWords } from '../app/session/failure-words.ts';
import styles from './settings.module.css';

/** Language, light or dark, density: the person's own, on this station. */
export function OwnCard() {
  const { t } = useTranslation('settings');
  const [theme, setTheme] = useLayout('theme', themeSchema, 'system');
  const [density, setDensity] = useLayout('density', densitySchema, 'normal');
  const [language, setLanguage] = useLanguage();
  return (
    <Card title={t('own.title')} note={t('own.note')} padded>
      <div className={styles.lines}>
        <div className={styles.line}>
          <span>{t('own.language')}</span>
          <SegmentedControl label={t('own.language')} options={languages} value={language} onChange={setLanguage} />
        </div>
        <div className={styles.line}>
          <span>{t('own.theme')}</span>
          <SegmentedControl
            label={t('own.theme')}
            value={theme}
            onChange={setTheme}
            options={themeSchema.options.map((value) => ({ value, label: t(`theme.${value}`) }))}
          />
        </div>
        <div className={styles.line}>
          <span>{t('own.density')}</span>
          <SegmentedControl
            label={t('own.density')}
            value={density}
            onChange={setDensity}
            options={densitySchema.options.map((value) => ({ value, label: t(`density.${value}`) }))}
          />
        </div>
      </div>
    </Card>
  );
}

/** A PIN for this station: quicker to unlock with, and good nowhere else. */
export function PinCard() {
  const { t } = useTranslation('settings');
  const { setPin } = useSession();
  const words = useFailureWords();
  const [pin, setPinText] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<SessionFailure | null>(null);
  const isPin = /^\d{4,8}$/.test(pin);
  const submit = async (): Promise<void> => {
    const why = await setPin(pin, password);
    setFailure(why);
    setPassword('');
    if (why !== null) return;
    setPinText('');
    showToast({ words: t('pin.done'), undo: null });
  };
  return (
    <Card title={t('pin.title')} note={t('pin.note')} padded>
      <form
        className={styles.pin}
        onSubmit={(event) => {
          event.preventDefault();
          if (isPin && password !== '') void submit();
        }}
      >
        <TextField
          label={t('pin.pin')}
          type="password"
          inputMode="numeric"
          value={pin}
          onChange={setPinText}
          error={pin !== '' && !isPin ? t('pin.form') : null}
        />
        <TextField
          label={t('pin.password')}
          type="password"
          value={password}
          onChange={setPassword}
          error={words(failure)}
        />
        <Button type="submit" size="main" disabledReason={isPin && password !== '' ? null : t('pin.form')}>
          {t('pin.button')}
        </Button>
      </form>
    </Card>
  );
}
