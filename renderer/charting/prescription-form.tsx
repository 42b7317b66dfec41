import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { compareAllergies } from '../../shared/charting/allergy-match.ts';
import type { Patient } from '../../shared/people/schema.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './side-cards.module.css';
import { useNotChecked } from './use-not-checked.ts';
import type { DraftPrescription } from './visit-draft.ts';

type Typed = {
  drug: string;
  dose: string;
  doseUnit: string;
  route: string;
  frequency: string;
  days: string;
  reason: string;
};

const days = (text: string): number | null =>
  /^\d{1,3}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 365 ? Number(text) : null;

/**
 * One medicine. Enter goes on to the next field and adds it from the last. A listed allergy stops it in the field where it is
 * typed: it can be ordered all the same with a reason, which stays on it (CHART-3).
 */
export function PrescriptionForm({
  patient,
  onAdd,
  onClose,
}: {
  patient: Patient;
  onAdd: (medicine: DraftPrescription) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('charting');
  const [typed, setTyped] = useState<Typed>(() => ({
    drug: '',
    dose: '',
    doseUnit: 'mg',
    route: t('medicine.oral'),
    frequency: '',
    days: '7',
    reason: '',
  }));
  const set = (field: keyof Typed) => (value: string) => setTyped((before) => ({ ...before, [field]: value }));
  const { against, notRelated } = compareAllergies(typed.drug, patient.allergies);
  const notChecked = useNotChecked();
  const durationDays = days(typed.days);
  const missing = [typed.drug, typed.dose, typed.doseUnit, typed.route, typed.frequency].some(
    (one) => one.trim() === '',
  );
  const whyNot =
    missing || durationDays === null
      ? t('medicine.missing')
      : against.length > 0 && typed.reason.trim() === ''
        ? t('medicine.reasonMissing')
        : null;
  const add = (): void => {
    if (whyNot !== null || durationDays === null) return;
    const { drug, dose, doseUnit, route, frequency } = typed;
    const allergyReason = against.length > 0 ? typed.reason.trim() : null;
    onAdd({
      drug: drug.trim(),
      dose: dose.trim(),
      doseUnit: doseUnit.trim(),
      route: route.trim(),
      frequency: frequency.trim(),
      durationDays,
      instructions: '',
      allergyReason,
    });
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <TextField
        label={t('medicine.drug')}
        value={typed.drug}
        onChange={set('drug')}
        maxLength={120}
        autoFocus
        required
        hint={typed.drug.trim() === '' ? undefined : notChecked(notRelated)}
        aria-invalid={against.length > 0}
      />
      {against.length > 0 && (
        <div className={styles.stop} data-status="red" role="alert">
          <div className={styles.stopTitle}>
            <CircleAlert size={16} aria-hidden="true" /> {t('medicine.allergy', { substance: against.join(', ') })}
          </div>
          <p>{reactionWords(patient, against) || t('medicine.noReaction')}</p>
          <TextField label={t('medicine.reason')} value={typed.reason} onChange={set('reason')} maxLength={500} />
        </div>
      )}
      <div className={styles.fields}>
        <TextField label={t('medicine.dose')} value={typed.dose} onChange={set('dose')} maxLength={20} required />
        <TextField
          label={t('medicine.unit')}
          value={typed.doseUnit}
          onChange={set('doseUnit')}
          maxLength={20}
          required
        />
        <TextField label={t('medicine.route')} value={typed.route} onChange={set('route')} maxLength={40} required />
      </div>
      <div className={styles.fields} style={{ gridTemplateColumns: '2.4fr 1fr' }}>
        <TextField
          label={t('medicine.frequency')}
          placeholder={t('medicine.frequencyHint')}
          value={typed.frequency}
          onChange={set('frequency')}
          maxLength={60}
          required
        />
        <TextField
          label={t('medicine.days')}
          value={typed.days}
          onChange={set('days')}
          inputMode="numeric"
          maxLength={3}
          required
        />
      </div>
      <div className={styles.buttons}>
        <Button size="toolbar" kind="quiet" onClick={onClose} keyCap="Esc">
          {t('leave')}
        </Button>
        <Button
          size="toolbar"
          kind={against.length > 0 ? 'danger' : 'plain'}
          type="submit"
          keyCap="Enter"
          disabledReason={whyNot}
        >
          {against.length > 0 ? t('medicine.addAnyway') : t('medicine.add')}
        </Button>
      </div>
    </form>
  );
}

const reactionWords = (patient: Patient, substances: readonly string[]): string =>
  patient.allergies
    .filter((one) => substances.includes(one.substance) && one.reaction !== '')
    .map((one) => `${one.substance}: ${one.reaction}`)
    .join('; ');
