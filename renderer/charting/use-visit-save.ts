import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkPrescription } from '../../shared/charting/rules.ts';
import type { Prescription } from '../../shared/charting/schema.ts';
import type { Visit } from '../../shared/charting/visit-view.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import { displayName } from '../../shared/people/names.ts';
import { currentStep } from '../../shared/waiting-room/schema.ts';
import { useCommand } from '../bridge/use-command.ts';
import type { DraftHandle } from '../bridge/use-draft.ts';
import type { VitalField } from '../../shared/charting/rules.ts';
import { blockedVitals, hasContent, saveInput, type VisitDraft } from './visit-draft.ts';

/** Saves the visit as one command; `missing` says what keeps it from that, a line each. */
export function useVisitSave(visit: Visit, draft: DraftHandle<VisitDraft>) {
  const { t } = useTranslation('charting');
  const { run, isRunning } = useCommand();
  const [refused, setRefused] = useState<readonly Violation[]>([]);
  const { encounter, patient } = visit;
  const isOver = currentStep(encounter).stage === 'completed';
  const stopped = draft.body.prescriptions.filter(
    ({ medicine }) => checkPrescription(medicine as Prescription, patient).length > 0,
  );
  const missing = [
    ...blockedVitals(draft.body).map((field) => t('missing.vital', { vital: t(`vital.${field as VitalField}`) })),
    ...stopped.map(({ medicine }) => t('missing.allergy', { drug: medicine.drug })),
  ];

  const save = async (complete: boolean): Promise<void> => {
    if (isRunning || missing.length > 0 || draft.state !== 'ready') return;
    if (!complete && !hasContent(draft.body)) return;
    await draft.flush();
    const answer = await run('charting/save-encounter', saveInput(draft.body, encounter.id, complete), {
      seen: { [`encounter/${encounter.id}`]: encounter },
      done: t(complete ? 'savedComplete' : 'savedVisit', { name: displayName(patient).written }),
      refusal: 'inline',
    });
    setRefused(answer.ok ? [] : answer.violations);
    if (answer.ok) await draft.discard();
  };
  return { save, missing, refused, isRunning, isOver, hasContent: hasContent(draft.body) };
}
