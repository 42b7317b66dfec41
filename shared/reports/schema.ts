import { z } from 'zod';
import { sameJson } from '../kernel/canonical-json.ts';
import type { UnitValue } from '../kernel/change-set.ts';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { patientScope } from '../kernel/scopes.ts';
import { instantSchema } from '../kernel/time.ts';
import { violation } from '../kernel/violation.ts';

/** A measurement as it stands in a report: copied, so that the report says the same for ever. */
export const quotedMeasurementSchema = z.strictObject({
  measurementId: idSchema,
  label: z.string().max(120),
  lengthTenthsMm: z.int().nullable(),
  lengthPx: z.number(),
});

/** A key image as the doctor saw it when they marked it, by the hash of its JPEG: window, zoom, lines and all. */
export const keyPictureSchema = z.strictObject({
  instanceId: idSchema,
  frame: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export const KEY_IMAGES_MAX = 12;

/** A radiology report (FHIR DiagnosticReport). `preliminary` is seen by colleagues; `final` never changes again. */
export const reportSchema = z.strictObject({
  id: idSchema,
  patientId: idSchema,
  studyId: idSchema,
  orderId: idSchema.nullable(),
  encounterId: idSchema.nullable(),
  authorId: idSchema,
  status: z.enum(['preliminary', 'final']),
  technique: z.string().max(20_000),
  findings: z.string().max(50_000),
  impression: z.string().max(20_000),
  measurements: z.array(quotedMeasurementSchema).max(60),
  keyInstanceIds: z.array(idSchema).max(KEY_IMAGES_MAX),
  /** Pictures of the key images; absent in reports of before there were any. */
  keyPictures: z.array(keyPictureSchema).max(KEY_IMAGES_MAX).optional(),
  savedAtUtc: instantSchema,
  finalizedAtUtc: instantSchema.nullable(),
  documentNumber: z.string().max(20).nullable(),
});
export type Report = z.infer<typeof reportSchema>;

/** A correction of a finalized report; the report stays as it was. */
export const addendumSchema = z.strictObject({
  id: idSchema,
  reportId: idSchema,
  patientId: idSchema,
  authorId: idSchema,
  atUtc: instantSchema,
  text: z.string().min(1).max(20_000),
});
export type Addendum = z.infer<typeof addendumSchema>;

export const reportKind = defineKind<Report>({
  kind: 'report',
  schema: reportSchema,
  collection: 'clinical',
  merge: 'oneAuthor',
  units: {
    of: ['patientId', 'studyId', 'orderId', 'encounterId', 'authorId'],
    text: ['technique', 'findings', 'impression', 'measurements', 'keyInstanceIds', 'keyPictures', 'savedAtUtc'],
    status: ['status', 'finalizedAtUtc', 'documentNumber'],
  },
  phi: true,
  scopes: (report) => [patientScope(report.patientId)],
  keys: {
    byStudy: (report) => [`${report.studyId}/${report.savedAtUtc}`],
    byPatient: (report) => [`${report.patientId}/${report.savedAtUtc}`],
    byEncounter: (report) => (report.encounterId ? [report.encounterId] : []),
    byOrder: (report) => (report.orderId ? [report.orderId] : []),
    byMeasurement: (report) => report.measurements.map((one) => one.measurementId),
    /** Files that must travel with it. */
    bySha256: (report) => (report.keyPictures ?? []).map((one) => one.sha256),
  },
  references: [
    { kind: 'patient', key: 'byPatient' },
    { kind: 'study', key: 'byStudy' },
    { kind: 'encounter', key: 'byEncounter' },
    { kind: 'imagingOrder', key: 'byOrder' },
    { kind: 'measurement', key: 'byMeasurement' },
  ],
  mergeUnit: (unit, _base, theirs, mine) => (unit === 'text' ? mergeText(theirs, mine) : undefined),
  invariants: (before) => (before?.status === 'final' ? [violation('REP-1', 'finalized')] : []),
});

/** Its author saved the same words at two stations: one version, as late as the later of them. Other words are for a person. */
function mergeText(theirs: UnitValue, mine: UnitValue): UnitValue | undefined {
  if (!theirs || !mine) return undefined;
  const times = [theirs['savedAtUtc'], mine['savedAtUtc']].filter((time) => typeof time === 'string');
  const savedAtUtc = times.toSorted().at(-1) ?? '';
  const [first, second] = [theirs, mine].map((value) => ({ ...value, savedAtUtc }));
  return sameJson(first, second) ? first : undefined;
}

export const addendumKind = defineKind<Addendum>({
  kind: 'addendum',
  schema: addendumSchema,
  collection: 'clinical',
  merge: 'append',
  units: { addendum: ['reportId', 'patientId', 'authorId', 'atUtc', 'text'] },
  phi: true,
  scopes: (addendum) => [patientScope(addendum.patientId)],
  keys: {
    byReport: (addendum) => [`${addendum.reportId}/${addendum.atUtc}`],
    byPatient: (addendum) => [`${addendum.patientId}/${addendum.atUtc}`],
  },
  references: [
    { kind: 'report', key: 'byReport' },
    { kind: 'patient', key: 'byPatient' },
  ],
});
