/** Reports of past scans. Their images are not here: they were taken before this clinic had an archive. */
import type { Study } from '../../shared/imaging/schema.ts';
import type { NumberSeries } from '../../shared/kernel/command.ts';
import { derivedId } from '../../shared/kernel/id.ts';
import { addMinutes } from '../../shared/kernel/time.ts';
import type { Report } from '../../shared/reports/schema.ts';
import { currentStep } from '../../shared/waiting-room/schema.ts';
import type { Dice } from './dice.ts';
import type { ClinicalTables } from './tables.ts';
import type { Outcome } from './visits.ts';

export type ReportMaker = {
  dice: Dice;
  clinical: ClinicalTables;
  readerId: string;
  nextNumber: (series: NumberSeries) => string;
};

export type Reading = { study: Study; report: Report };

const REPORTED = 0.3;

/** A study and its signed report for some scans that are over; the others were read elsewhere. */
export function makeReadings(maker: ReportMaker, outcomes: readonly Outcome[]): Reading[] {
  return outcomes.flatMap((outcome) => (maker.dice.chance(REPORTED) ? readingOf(maker, outcome) : []));
}

function readingOf(maker: ReportMaker, { order, encounter }: Outcome): Reading[] {
  const { dice, clinical, readerId, nextNumber } = maker;
  const texts = Object.entries(clinical.reports).find(([modality]) => modality === order?.modality)?.[1];
  if (!order || !encounter || !texts) return [];
  const doneAtUtc = currentStep(encounter).atUtc;
  const finalizedAtUtc = addMinutes(doneAtUtc, dice.int(5, 60));
  const study: Study = {
    id: derivedId(order.id, 1),
    studyInstanceUid: order.studyInstanceUid,
    locationId: order.locationId,
    deviceId: order.deviceId,
    state: 'linked',
    orderId: order.id,
    patientId: order.patientId,
    encounterId: encounter.id,
    differs: [],
    marks: [],
    linkedBy: null,
    firstImageAtUtc: addMinutes(doneAtUtc, -4),
  };
  const report: Report = {
    id: derivedId(order.id, 2),
    patientId: order.patientId,
    studyId: study.id,
    orderId: order.id,
    encounterId: encounter.id,
    authorId: readerId,
    status: 'final',
    ...dice.pick(texts),
    measurements: [],
    keyInstanceIds: [],
    savedAtUtc: finalizedAtUtc,
    finalizedAtUtc,
    documentNumber: nextNumber('document'),
  };
  return [{ study, report }];
}
