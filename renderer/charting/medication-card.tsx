import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { compareAllergies } from '../../shared/charting/allergy-match.ts';
import type { VisitChart } from '../../shared/charting/visit-chart.ts';
import type { Patient } from '../../shared/people/schema.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { PrescriptionForm } from './prescription-form.tsx';
import styles from './side-cards.module.css';
import { useNotChecked } from './use-not-checked.ts';
import type { DraftPrescription, VisitDraft } from './visit-draft.ts';

/** `1000 mg, oral, twice a day, 30 days` */
export function useMedicineWords(): (medicine: DraftPrescription) => string {
  const { t } = useTranslation('charting');
  return ({ dose, doseUnit, route, frequency, durationDays }) =>
    [`${dose} ${doseUnit}`, route, frequency, t('medicine.forDays', { count: durationDays })].join(', ');
}

/** What the patient takes, what was ordered in this visit, what is being ordered. `M` adds. */
export function MedicationCard({
  patient,
  chart,
  drafts,
  zone,
  mayWrite,
  onChange,
}: {
  patient: Patient;
  chart: VisitChart;
  drafts: VisitDraft['prescriptions'];
  zone: string;
  mayWrite: boolean;
  onChange: (next: VisitDraft['prescriptions']) => void;
}) {
  const { t, i18n } = useTranslation('charting');
  const words = useMedicineWords();
  const notChecked = useNotChecked();
  const [isAdding, setIsAdding] = useState(false);
  useHotkey('M', t('medicine.addOne'), () => setIsAdding(true), { group: t('title'), enabled: mayWrite });
  const day = (atUtc: string): string =>
    formatInstant(atUtc, { zone, locale: i18n.language, as: 'day', withZone: false });
  return (
    <section className={styles.card} aria-label={t('medicine.title')}>
      <header className={styles.head}>
        <h2>
          {t('medicine.title')}
          <small>{t('medicine.current', { count: chart.current.length })}</small>
        </h2>
        <Button
          size="toolbar"
          kind="quiet"
          icon={<Plus size={14} aria-hidden="true" />}
          keyCap="M"
          disabledReason={mayWrite ? null : t('mayNotWrite')}
          onClick={() => setIsAdding(true)}
        >
          {t('add')}
        </Button>
      </header>
      {chart.current.map(({ doc }) => (
        <div key={doc.id} className={styles.line}>
          <span>
            <b>{doc.drug}</b> {words(doc)}
          </span>
          <span className={styles.quiet}>{t('medicine.since', { day: day(doc.atUtc) })}</span>
        </div>
      ))}
      {chart.prescriptions.map(({ doc }) => (
        <div key={doc.id} className={styles.line}>
          <span>
            <b>{doc.drug}</b> {words(doc)}
          </span>
          <span className={styles.quiet}>{t('medicine.ordered')}</span>
        </div>
      ))}
      {drafts.map(({ key, medicine, from }) => (
        <div key={key} className={styles.line} data-status={medicine.allergyReason ? 'red' : 'ok'}>
          <span>
            <b>{medicine.drug}</b> {words(medicine)}
            {medicine.allergyReason && (
              <span className={styles.quiet}> · {t('medicine.because', { reason: medicine.allergyReason })}</span>
            )}
            <span className={styles.quietLine}>
              {notChecked(compareAllergies(medicine.drug, patient.allergies).notRelated)}
            </span>
          </span>
          <span className={styles.quiet}>{from === null ? t('medicine.new') : t('medicine.from', { day: from })}</span>
          <IconButton
            size="toolbar"
            label={t('medicine.remove', { drug: medicine.drug })}
            onClick={() => onChange(drafts.filter((one) => one.key !== key))}
          >
            <X size={14} />
          </IconButton>
        </div>
      ))}
      {isAdding && (
        <PrescriptionForm
          key={drafts.length}
          patient={patient}
          onClose={() => setIsAdding(false)}
          onAdd={(medicine) => {
            onChange([...drafts, { key: crypto.randomUUID(), medicine, from: null }]);
            setIsAdding(false);
          }}
        />
      )}
    </section>
  );
}
