import { CircleHelp, ShieldCheck, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { allergyKey } from '../../shared/people/rules.ts';
import type { Allergy, Patient } from '../../shared/people/schema.ts';
import { useCommand } from '../bridge/use-command.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './side-cards.module.css';

/** Allergies, always in view: listed, none known, not asked. Each change is written at once, and can be undone. */
export function AllergiesCard({ patient }: { patient: Patient }) {
  const { t } = useTranslation('charting');
  const { run, isRunning } = useCommand();
  const [typed, setTyped] = useState<{ substance: string; reaction: string } | null>(null);
  const set = async (allergyState: Patient['allergyState'], allergies: Allergy[]): Promise<void> => {
    if (isRunning) return;
    const seen = { [`patient/${patient.id}`]: patient };
    const answer = await run(
      'people/set-allergies',
      { patientId: patient.id, allergyState, allergies },
      { seen, done: t('allergy.saved') },
    );
    if (answer.ok) setTyped(null);
  };
  const add = (): void => {
    const substance = typed?.substance.trim() ?? '';
    if (!typed || substance === '') return;
    const key = allergyKey(substance);
    const one: Allergy = { key, substance, reaction: typed.reaction.trim(), severity: 'unknown' };
    void set('listed', [...patient.allergies.filter((other) => other.key !== key), one]);
  };
  const without = (key: string): Allergy[] => patient.allergies.filter((one) => one.key !== key);
  return (
    <section className={styles.card} aria-label={t('allergy.title')}>
      <header className={styles.head}>
        <h2>{t('allergy.title')}</h2>
        <Button size="toolbar" kind="quiet" onClick={() => setTyped({ substance: '', reaction: '' })}>
          {t('allergy.add')}
        </Button>
      </header>
      {patient.allergies.map((one) => (
        <div key={one.key} className={styles.line} data-status="red">
          <span>
            <TriangleAlert size={14} aria-hidden="true" /> <b>{one.substance}</b> {one.reaction}
            {one.severity === 'severe' && ` · ${t('allergy.severe')}`}
          </span>
          <IconButton
            size="toolbar"
            label={t('allergy.remove', { substance: one.substance })}
            onClick={() => void set(without(one.key).length > 0 ? 'listed' : 'not_asked', without(one.key))}
          >
            <X size={14} />
          </IconButton>
        </div>
      ))}
      {patient.allergyState === 'none_known' && (
        <div className={styles.line} data-status="ok">
          <span>
            <ShieldCheck size={14} aria-hidden="true" /> {t('allergy.none')}
          </span>
          <Button size="toolbar" onClick={() => void set('not_asked', [])}>
            {t('allergy.notAskedAfterAll')}
          </Button>
        </div>
      )}
      {patient.allergyState === 'not_asked' && (
        <div className={styles.line}>
          <span>
            <CircleHelp size={14} aria-hidden="true" /> {t('allergy.notAsked')}
          </span>
          <Button size="toolbar" onClick={() => void set('none_known', [])}>
            {t('allergy.sayNone')}
          </Button>
        </div>
      )}
      {typed && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
          onKeyDown={(event) => event.key === 'Escape' && setTyped(null)}
        >
          <TextField
            label={t('allergy.substance')}
            value={typed.substance}
            maxLength={80}
            autoFocus
            required
            onChange={(substance) => setTyped({ ...typed, substance })}
          />
          <TextField
            label={t('allergy.reaction')}
            value={typed.reaction}
            maxLength={200}
            onChange={(reaction) => setTyped({ ...typed, reaction })}
          />
          <div className={styles.buttons}>
            <Button size="toolbar" kind="quiet" keyCap="Esc" onClick={() => setTyped(null)}>
              {t('leave')}
            </Button>
            <Button
              size="toolbar"
              type="submit"
              keyCap="Enter"
              disabledReason={typed.substance.trim() === '' ? t('allergy.missing') : null}
            >
              {t('allergy.addTo')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
