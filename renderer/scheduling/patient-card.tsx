import { Wallet, X } from 'lucide-react';
import type { PatientBannerValue } from '../../shared/people/patient-views.ts';
import { usePersonFacts } from '../app/patient/patient-banner.tsx';
import { IconButton } from '../ui/button.tsx';
import { AllergyChip, Chip } from '../ui/chip.tsx';
import { Money, PersonName } from '../ui/values.tsx';
import styles from './appointment-panel.module.css';
import { useWords } from './words.ts';

/** Whom it is about: name in both scripts, who that is, allergies and balance; with a way back to the search. */
export function PatientCard(part: {
  patient: PatientBannerValue;
  today: string;
  foundBy: string;
  onClear: (() => void) | null;
}) {
  const { say, locale } = useWords('scheduling');
  const facts = usePersonFacts();
  const { patient } = part;
  return (
    <div>
      <div className={styles.cardHead}>
        <span>{say('patient')}</span>
        {part.foundBy && <span>{say('foundBy', { text: part.foundBy })}</span>}
      </div>
      <div className={styles.card}>
        <div className={styles.cardName}>
          <PersonName written={patient.name.written} latin={patient.name.latin} />
        </div>
        <div className={styles.cardFacts}>{facts(patient, part.today)}</div>
        <div className={styles.chips}>
          <AllergyChip fact={patient.allergies} short />
          {patient.balance && (
            <Chip
              tone={patient.balance.amountMinor > 0 ? 'amber' : 'plain'}
              icon={<Wallet size={14} aria-hidden="true" />}
            >
              {say('balance')} <Money {...patient.balance} locale={locale} />
            </Chip>
          )}
        </div>
        {part.onClear && (
          <span className={styles.clear}>
            <IconButton label={say('otherPatient')} size="toolbar" onClick={part.onClear}>
              <X size={14} />
            </IconButton>
          </span>
        )}
      </div>
    </div>
  );
}
