import { z } from 'zod';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { derivedFrom, derivedId, idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { patientScope, scheduleScope } from '../kernel/scopes.ts';
import { instantSchema } from '../kernel/time.ts';

/** The role of a walk-in's order beside its visit (`derivedId`). */
const WALK_IN_ORDER = 2;
/** The id of the order that a walk-in's visit makes: the two find each other without an appointment between them. */
export const walkInOrderId = (encounterId: string): string => derivedId(encounterId, WALK_IN_ORDER);
/** The visit whose id a walk-in's order follows from; null for an order with an id of its own. */
export const walkInOf = (orderId: string): string | null =>
  orderId.charAt(14) === '8' ? derivedFrom(orderId, WALK_IN_ORDER) : null;

/** DICOM UI: at most 64 characters of numbers and dots (PS3.5 9.1). */
export const uidSchema = z.string().regex(/^(?=.{1,64}$)(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*$/);

/**
 * An imaging order with its one scheduled procedure step. Lengths are the scanners' (SH ≤ 16, LO ≤ 64): what does not fit is
 * refused here, never cut on the way.
 */
export const imagingOrderSchema = z.strictObject({
  id: idSchema,
  appointmentId: idSchema.nullable(),
  patientId: idSchema,
  locationId: idSchema,
  deviceId: idSchema,
  serviceId: idSchema,
  practitionerId: idSchema.nullable(),
  /** Station code + counter, unique over stations that are apart. */
  accessionNumber: z.string().min(1).max(16),
  studyInstanceUid: uidSchema,
  requestedProcedureId: z.string().min(1).max(16),
  stepId: z.string().min(1).max(16),
  procedure: z.string().min(1).max(64),
  modality: z.string().min(2).max(4),
  question: z.string().max(2000),
  urgent: z.boolean(),
  scheduledAtUtc: instantSchema,
  status: z.enum(['scheduled', 'completed', 'cancelled']),
  /** Forms of the patient's name as each device was sent them; images that come back with one of these match. */
  sentNames: z.array(z.strictObject({ deviceId: idSchema, name: z.string().max(400) })).max(20),
});
export type ImagingOrder = z.infer<typeof imagingOrderSchema>;

export const imagingOrderKind = defineKind<ImagingOrder>({
  kind: 'imagingOrder',
  schema: imagingOrderSchema,
  collection: 'schedule',
  merge: 'units',
  units: {
    order: [
      'appointmentId',
      'patientId',
      'serviceId',
      'practitionerId',
      'accessionNumber',
      'studyInstanceUid',
      'requestedProcedureId',
      'stepId',
      'procedure',
      'modality',
    ],
    question: ['question', 'urgent'],
    schedule: ['locationId', 'deviceId', 'scheduledAtUtc'],
    status: ['status'],
    sentNames: ['sentNames'],
  },
  phi: true,
  scopes: (order) => [scheduleScope(order.locationId, order.scheduledAtUtc), patientScope(order.patientId)],
  keys: {
    byScheduled: (order) => [`${order.locationId}/${order.scheduledAtUtc}`],
    byAppointment: (order) => (order.appointmentId ? [order.appointmentId] : []),
    byPatient: (order) => [`${order.patientId}/${order.scheduledAtUtc}`],
    byDevice: (order) => [order.deviceId],
    byWalkIn: (order) => [walkInOf(order.id)].filter((id) => id !== null),
    byAccession: (order) => [order.accessionNumber],
    byStudyUid: (order) => [order.studyInstanceUid],
    open: (order) => (order.status === 'scheduled' ? [`${order.locationId}/${order.scheduledAtUtc}`] : []),
  },
  references: [
    { kind: 'patient', key: 'byPatient' },
    { kind: 'appointment', key: 'byAppointment' },
    { kind: 'encounter', key: 'byWalkIn' },
    { kind: 'device', key: 'byDevice' },
  ],
  mergeUnit: (unit, _base, theirs, mine) => {
    if (unit !== 'sentNames') return undefined;
    const all = [theirs, mine].flatMap((value) => (Array.isArray(value?.['sentNames']) ? value['sentNames'] : []));
    const byText = new Map(all.map((one) => [canonicalJson(one), one]));
    return { sentNames: [...byText.values()].slice(0, 20) };
  },
});
