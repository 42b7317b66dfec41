import type { AllergyFact } from '../../ui/chip.tsx';

/** What the banner says of a patient, the same wherever one is open. */
export type BannerPatient = {
  patientId: string;
  name: { written: string; latin: string };
  sex: 'M' | 'F' | 'O' | 'U';
  birthDate: string | null;
  recordNumber: string;
  allergies: AllergyFact;
  /** Null where the person may not see money, or this station does not hold it. */
  balance: { amountMinor: number; currency: string } | null;
  tags: readonly string[];
};

/** A person that a search found, and why. */
export type PatientHit = Omit<BannerPatient, 'balance' | 'tags'> & {
  why: 'name' | 'phone' | 'birthDate' | 'number';
  /** The parts of the names that were matched, as they stand there. */
  matched: readonly string[];
};
