import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { inboxScope, patientScope } from '../kernel/scopes.ts';
import { instantSchema } from '../kernel/time.ts';
import { uidSchema } from '../orders/schema.ts';
import { instanceHeaderSchema } from './instance-header.ts';

/** `linked` to an order's visit, a `stray` that matches nothing, or `held` back because its identity differs. */
export const studyStateSchema = z.enum(['linked', 'stray', 'held']);

/** One DICOM study as this clinic knows it. The Study Instance UID is the scanner's or ours; ids are ours. */
export const studySchema = z.strictObject({
  id: idSchema,
  studyInstanceUid: uidSchema,
  locationId: idSchema,
  deviceId: idSchema.nullable(),
  state: studyStateSchema,
  orderId: idSchema.nullable(),
  patientId: idSchema.nullable(),
  encounterId: idSchema.nullable(),
  /** What differs from the order, by name, where it is held; what was seen and is only marked, where it is linked. */
  differs: z.array(z.enum(['patient_id', 'birth_date', 'sex', 'name'])).max(4),
  marks: z.array(z.enum(['modality', 'not-arrived', 'linked-by-hand', 'released-by-hand'])).max(4),
  linkedBy: idSchema.nullable(),
  firstImageAtUtc: instantSchema,
});
export type Study = z.infer<typeof studySchema>;

/** One received object, bit for bit in the files; `header` is null until it was read, `unreadable` when it can't be. */
export const instanceSchema = z.strictObject({
  id: idSchema,
  studyId: idSchema,
  locationId: idSchema,
  patientId: idSchema.nullable(),
  sopInstanceUid: uidSchema,
  sopClassUid: uidSchema,
  transferSyntaxUid: uidSchema,
  datasetSha256: z.string().regex(/^[0-9a-f]{64}$/),
  datasetBytes: z.int().min(0),
  callingAeTitle: z.string().max(16),
  receivedAtUtc: instantSchema,
  /** Same SOP Instance UID came before with other bytes: both are kept, this one is marked. */
  duplicateOf: idSchema.nullable(),
  header: instanceHeaderSchema.nullable(),
});
export type Instance = z.infer<typeof instanceSchema>;

/** A length drawn on an image, in the image's own pixel coordinates. */
export const measurementSchema = z.strictObject({
  id: idSchema,
  patientId: idSchema,
  studyId: idSchema,
  instanceId: idSchema,
  frame: z.int().min(1),
  tool: z.enum(['length']),
  points: z.array(z.strictObject({ x: z.number(), y: z.number() })).length(2),
  /** Tenths of a millimetre; null when the image carries no spacing, then `lengthPx` alone is known. */
  lengthTenthsMm: z.int().min(0).nullable(),
  lengthPx: z.number().min(0),
  authorId: idSchema,
  atUtc: instantSchema,
  removed: z.boolean(),
});
export type Measurement = z.infer<typeof measurementSchema>;

export const studyKind = defineKind<Study>({
  kind: 'study',
  schema: studySchema,
  collection: 'imaging',
  merge: 'units',
  units: {
    study: ['studyInstanceUid', 'locationId', 'deviceId', 'firstImageAtUtc'],
    link: ['state', 'orderId', 'patientId', 'encounterId', 'differs', 'marks', 'linkedBy'],
  },
  phi: true,
  scopes: (study) => [
    study.patientId && study.state === 'linked' ? patientScope(study.patientId) : inboxScope(study.locationId),
  ],
  keys: {
    byUid: (study) => [study.studyInstanceUid],
    byPatient: (study) =>
      study.patientId && study.state === 'linked' ? [`${study.patientId}/${study.firstImageAtUtc}`] : [],
    byOrder: (study) => (study.orderId ? [study.orderId] : []),
    byEncounter: (study) => (study.encounterId ? [study.encounterId] : []),
    waiting: (study) => (study.state === 'linked' ? [] : [`${study.locationId}/${study.firstImageAtUtc}`]),
    byFirstImage: (study) => [`${study.locationId}/${study.firstImageAtUtc}`],
  },
  references: [
    { kind: 'patient', key: 'byPatient' },
    { kind: 'imagingOrder', key: 'byOrder' },
    { kind: 'encounter', key: 'byEncounter' },
  ],
});

export const instanceKind = defineKind<Instance>({
  kind: 'instance',
  schema: instanceSchema,
  collection: 'imaging',
  merge: 'units',
  units: {
    received: [
      'studyId',
      'locationId',
      'sopInstanceUid',
      'sopClassUid',
      'transferSyntaxUid',
      'datasetSha256',
      'datasetBytes',
      'callingAeTitle',
      'receivedAtUtc',
      'duplicateOf',
    ],
    patient: ['patientId'],
    header: ['header'],
  },
  phi: true,
  scopes: (instance) => [instance.patientId ? patientScope(instance.patientId) : inboxScope(instance.locationId)],
  keys: {
    byStudy: (instance) => [`${instance.studyId}/${instance.receivedAtUtc}`],
    byUid: (instance) => [instance.sopInstanceUid],
    bySha256: (instance) => [instance.datasetSha256],
  },
  // Its patient is its study's.
  references: [{ kind: 'study', key: 'byStudy' }],
  // An object follows its study: where two people linked the study otherwise, one of them is chosen there.
  mergeUnit: (unit, _base, theirs) => (unit === 'patient' ? theirs : undefined),
});

export const measurementKind = defineKind<Measurement>({
  kind: 'measurement',
  schema: measurementSchema,
  collection: 'clinical',
  merge: 'units',
  units: {
    measurement: [
      'patientId',
      'studyId',
      'instanceId',
      'frame',
      'tool',
      'points',
      'lengthTenthsMm',
      'lengthPx',
      'authorId',
      'atUtc',
    ],
    removed: ['removed'],
  },
  phi: true,
  scopes: (measurement) => [patientScope(measurement.patientId)],
  keys: {
    byStudy: (measurement) => [`${measurement.studyId}/${measurement.atUtc}`],
    byPatient: (measurement) => [`${measurement.patientId}/${measurement.atUtc}`],
  },
  references: [
    { kind: 'study', key: 'byStudy' },
    { kind: 'patient', key: 'byPatient' },
  ],
});
