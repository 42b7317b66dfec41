import { useTranslation } from 'react-i18next';
import type { Visit } from '../../shared/charting/visit-view.ts';
import { formatInstant } from '../ui/instant-format.ts';
import { currentStep } from '../../shared/waiting-room/schema.ts';
import { AllergiesCard } from './allergies-card.tsx';
import { MedicationCard } from './medication-card.tsx';
import { NoteEditor, SignedNotes } from './note-editor.tsx';
import { ServicesCard } from './services-card.tsx';
import type { VisitDraft } from './visit-draft.ts';
import { VitalsRow } from './vitals-row.tsx';
import { previousForRow } from './previous-vitals.ts';
import styles from './visit-screen.module.css';

/** The chart: vitals and note at the left; medication, allergies and services at the right, always in view. */
export function ChartTab({
  visit,
  draft,
  change,
  userId,
  mayWrite,
}: {
  visit: Visit;
  draft: VisitDraft;
  change: (part: Partial<VisitDraft>) => void;
  userId: string;
  mayWrite: boolean;
}) {
  const { t, i18n } = useTranslation(['charting', 'kit']);
  const { chart, patient, zone, encounter } = visit;
  const { stage, atUtc } = currentStep(encounter);
  const clock = formatInstant(atUtc, { zone, locale: i18n.language, as: 'clock', withZone: false });
  const byline = [visit.practitionerName, t('since', { stage: t(`kit:status.${stage}`), clock })]
    .filter(Boolean)
    .join(' · ');
  return (
    <div className={styles.chart}>
      <div className={styles.column}>
        <VitalsRow
          typed={draft.vitals}
          confirmed={draft.confirmed}
          previous={previousForRow(chart)}
          zone={zone}
          onType={(field, text) =>
            change({
              vitals: { ...draft.vitals, [field]: text },
              confirmed: draft.confirmed.filter((one) => one !== field),
            })
          }
          onConfirm={(field) => change({ confirmed: [...draft.confirmed, field] })}
        />
        <NoteEditor
          value={draft.note}
          byline={byline}
          isCorrection={draft.replaces !== null}
          onChange={(note) => change(note === '' ? { note, replaces: null } : { note })}
        />
        <SignedNotes
          notes={chart.notes}
          zone={zone}
          userId={userId}
          onCorrect={(replaces, note) => change({ note, replaces })}
        />
      </div>
      <div className={styles.column}>
        <AllergiesCard patient={patient} />
        <MedicationCard
          patient={patient}
          chart={chart}
          drafts={draft.prescriptions}
          zone={zone}
          mayWrite={mayWrite}
          onChange={(prescriptions) => change({ prescriptions })}
        />
        <ServicesCard
          services={draft.services ?? encounter.services}
          catalogue={visit.catalogue}
          mayWrite={mayWrite}
          onChange={(services) => change({ services })}
        />
      </div>
    </div>
  );
}
