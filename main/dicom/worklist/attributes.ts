import type { Keyword } from '../dataset/tags.ts';
import type { DicomPersonName, WorklistStep } from '../ports.ts';

/**
 * One attribute of an answer (table K.6-1). `returnType` 1 must have a value, 2 may be empty. An `identifier` is sent as it is or not
 * at all; other text may be transliterated. `matches: false`: we hold nothing to match with, a value asked for is an unsupported key.
 */
export type Attribute = {
  returnType: 1 | 2;
  kind: 'identifier' | 'text' | 'list' | 'name' | 'number' | 'emptySequence';
  read(step: WorklistStep): string | DicomPersonName;
  matches: boolean;
};

const identifier = (returnType: 1 | 2, read: (step: WorklistStep) => string): Attribute => ({
  returnType,
  kind: 'identifier',
  read,
  matches: true,
});
const text = (returnType: 1 | 2, read: (step: WorklistStep) => string): Attribute => ({
  returnType,
  kind: 'text',
  read,
  matches: true,
});
const list = (read: (step: WorklistStep) => string): Attribute => ({
  returnType: 2,
  kind: 'list',
  read,
  matches: false,
});
const name = (returnType: 1 | 2, read: (step: WorklistStep) => DicomPersonName): Attribute => ({
  returnType,
  kind: 'name',
  read,
  matches: true,
});
/** Asked by most scanners, kept nowhere here: type 2, so it is answered empty. */
const nothing: Attribute = { returnType: 2, kind: 'text', read: () => '', matches: false };
const emptySequence: Attribute = { returnType: 2, kind: 'emptySequence', read: () => '', matches: false };

/** A step always has some words for what is to be done: the descriptions are type 1C, there being no codes. */
const procedureWords = (step: WorklistStep): string =>
  step.requestedProcedureDescription || step.stepDescription || step.modality;
const stepWords = (step: WorklistStep): string => step.stepDescription || procedureWords(step);

/** Attributes of the answer itself. The code sequences are missing on purpose: without codes they may not be sent (1C). */
export const answerAttributes: Partial<Record<Keyword, Attribute>> = {
  AccessionNumber: identifier(2, (step) => step.accessionNumber),
  ReferringPhysicianName: name(2, (step) => step.referringPhysician),
  ReferencedStudySequence: emptySequence,
  ReferencedPatientSequence: emptySequence,
  PatientName: name(1, (step) => step.patientName),
  PatientID: identifier(1, (step) => step.patientId),
  PatientBirthDate: identifier(2, (step) => step.patientBirthDate),
  PatientSex: identifier(2, (step) => step.patientSex),
  PatientWeight: { ...identifier(2, (step) => step.patientWeightKg), matches: false },
  MedicalAlerts: list((step) => step.medicalAlerts),
  Allergies: list((step) => step.allergies),
  PregnancyStatus: { returnType: 2, kind: 'number', read: (step) => step.pregnancyStatus, matches: false },
  PatientComments: nothing,
  StudyInstanceUID: identifier(1, (step) => step.studyInstanceUid),
  RequestingPhysician: name(2, (step) => step.requestingPhysician),
  RequestedProcedureDescription: text(1, procedureWords),
  AdmissionID: nothing,
  SpecialNeeds: nothing,
  CurrentPatientLocation: nothing,
  PatientState: nothing,
  RequestedProcedureID: identifier(1, (step) => step.requestedProcedureId),
  RequestedProcedurePriority: nothing,
  PatientTransportArrangements: nothing,
  ConfidentialityConstraintOnPatientDataDescription: nothing,
};

/** Attributes of the one item of Scheduled Procedure Step Sequence (0040,0100). */
export const stepAttributes: Partial<Record<Keyword, Attribute>> = {
  Modality: identifier(1, (step) => step.modality),
  RequestedContrastAgent: nothing,
  ScheduledStationAETitle: identifier(1, (step) => step.stationAeTitle),
  ScheduledProcedureStepStartDate: identifier(1, (step) => step.startDate),
  ScheduledProcedureStepStartTime: identifier(1, (step) => step.startTime),
  ScheduledPerformingPhysicianName: name(2, (step) => step.performingPhysician),
  ScheduledProcedureStepDescription: text(1, stepWords),
  ScheduledProcedureStepID: identifier(1, (step) => step.stepId),
  ScheduledStationName: text(2, (step) => step.stationName),
  ScheduledProcedureStepLocation: text(2, (step) => step.location),
  PreMedication: nothing,
  ScheduledProcedureStepStatus: identifier(2, (step) => (step.patientPresent ? 'ARRIVED' : 'SCHEDULED')),
};
