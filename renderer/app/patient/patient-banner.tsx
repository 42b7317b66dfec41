import { Wallet } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AllergyChip, Chip } from '../../ui/chip.tsx';
import { formatDay } from '../../ui/day-format.ts';
import { Money, PersonName } from '../../ui/values.tsx';
import { useAgeWords } from './age-words.ts';
import type { BannerPatient } from './banner-patient.ts';
import styles from './patient-banner.module.css';

/** Who is open: the same 60 px everywhere, with the colour of the patient's tab. `children` stand at the right. */
export function PatientBanner({
  patient,
  colour,
  today,
  children,
}: {
  patient: BannerPatient;
  colour: number;
  /** The location's day, for the age. */
  today: string;
  children?: ReactNode;
}) {
  const { t, i18n } = useTranslation('frame');
  const { balance } = patient;
  return (
    <section className={styles.banner} data-tab-colour={colour} aria-label={t('banner.label')}>
      <div className={styles.who}>
        <h1 className={styles.name}>
          <PersonName written={patient.name.written} latin={patient.name.latin} />
        </h1>
        <div className={styles.facts}>{usePersonFacts()(patient, today)}</div>
      </div>
      <div className={styles.chips}>
        <AllergyChip fact={patient.allergies} tall />
        {balance && (
          <Chip tall tone={balance.amountMinor > 0 ? 'amber' : 'plain'} icon={<Wallet size={14} aria-hidden="true" />}>
            {t('banner.balance')} <Money {...balance} locale={i18n.language} />
          </Chip>
        )}
        {patient.tags.map((tag) => (
          <Chip key={tag} tall tone="accent">
            <bdi>{tag}</bdi>
          </Chip>
        ))}
      </div>
      <div className={styles.right}>{children}</div>
    </section>
  );
}

/** `M · 62 y · 12 Feb 1964 · K-003982`; what is not known is left out, save a birth date, which says so. */
export function usePersonFacts(): (
  patient: Pick<BannerPatient, 'sex' | 'birthDate' | 'recordNumber'>,
  today: string,
) => string {
  const { t, i18n } = useTranslation('frame');
  const age = useAgeWords();
  return (patient, today) => {
    const { birthDate } = patient;
    return [
      t(`sex.${patient.sex}`),
      age(birthDate, today),
      birthDate === null ? t('birthDateUnknown') : formatDay(birthDate, i18n.language),
      patient.recordNumber,
    ]
      .filter((fact) => fact !== null)
      .join(' · ');
  };
}
