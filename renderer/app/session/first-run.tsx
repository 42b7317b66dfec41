import { Building2, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { EnrolForm } from './enrol-form.tsx';
import { Entrance } from './entrance.tsx';
import styles from './session.module.css';
import { SetUpForm } from './set-up-form.tsx';

/** A machine that belongs to nobody yet: a new clinic, or one more workstation of a clinic that has a server. */
export function FirstRun() {
  const { t } = useTranslation('session');
  const [way, setWay] = useState<'choose' | 'set-up' | 'enrol'>('choose');
  if (way === 'set-up') return <SetUpForm onBack={() => setWay('choose')} />;
  if (way === 'enrol') return <EnrolForm onBack={() => setWay('choose')} />;
  return (
    <Entrance title={t('firstRun.title')} note={t('firstRun.note')} wide>
      <div className={styles.form}>
        <Button kind="main" size="main" icon={<Building2 size={16} />} onClick={() => setWay('set-up')} autoFocus>
          {t('firstRun.setUp')}
        </Button>
        <Button size="main" icon={<KeyRound size={16} />} onClick={() => setWay('enrol')}>
          {t('firstRun.enrol')}
        </Button>
      </div>
    </Entrance>
  );
}
