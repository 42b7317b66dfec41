import { z } from 'zod';
import { zoneSchema } from '../../shared/kernel/time.ts';
import type { DicomDevice, DoorEvent, DoorLogEntry, ReceivedInstance, WorklistStep } from './ports.ts';
import type { StoreReport } from './receive/object-store.ts';

const device: z.ZodType<DicomDevice> = z.object({
  deviceId: z.string(),
  aeTitle: z.string().regex(/^[\x21-\x5b\x5d-\x7e]([\x20-\x5b\x5d-\x7e]{0,14}[\x21-\x5b\x5d-\x7e])?$/),
  modality: z.string(),
  host: z.string(),
  port: z.int(),
  specificCharacterSet: z.string(),
});

const personName = z.object({ alphabetic: z.string(), ideographic: z.string(), phonetic: z.string() });

const worklistStep: z.ZodType<WorklistStep> = z.object({
  stepId: z.string(),
  accessionNumber: z.string(),
  studyInstanceUid: z.string(),
  requestedProcedureId: z.string(),
  requestedProcedureDescription: z.string(),
  stepDescription: z.string(),
  startDate: z.string(),
  startTime: z.string(),
  modality: z.string(),
  stationAeTitle: z.string(),
  stationName: z.string(),
  location: z.string(),
  performingPhysician: personName,
  referringPhysician: personName,
  requestingPhysician: personName,
  patientPresent: z.boolean(),
  patientName: personName,
  patientId: z.string(),
  patientBirthDate: z.string(),
  patientSex: z.enum(['', 'M', 'F', 'O']),
  patientWeightKg: z.string(),
  allergies: z.string(),
  medicalAlerts: z.string(),
  pregnancyStatus: z.enum(['', '1', '2', '3', '4']),
});

/** A key travels as base64: a forked process may speak JSON only. */
const key = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));

/** What the parent may say to the door process. */
export const parentMessage = z.discriminatedUnion('type', [
  z.object({
    /** The first message: opens folder, journal and port. */
    type: z.literal('start'),
    host: z.string(),
    port: z.int().min(0).max(65_535),
    aeTitle: z.string().min(1).max(16),
    objectFolder: z.string().min(1),
    journalFile: z.string().min(1),
    objectKeyBase64: key.refine((bytes) => bytes.length === 32, 'the object key has 32 bytes'),
    devices: z.array(device),
    steps: z.array(worklistStep),
    /** IANA zone of the scanners' location: a query without a date asks for its today. */
    timeZone: zoneSchema,
    /** Last journal number that the store holds for good. */
    drainedThrough: z.int().min(0),
    /** What is added to the machine's clock: the station's measured offset to the server. */
    clockOffsetMs: z.int().default(0),
  }),
  z.object({ type: z.literal('clock'), offsetMs: z.int() }),
  z.object({ type: z.literal('devices'), devices: z.array(device) }),
  z.object({ type: z.literal('worklist'), steps: z.array(worklistStep) }),
  /** The store holds all journal entries and all events up to these numbers. */
  z.object({ type: z.literal('drained'), drainedThrough: z.int().min(0), eventsThrough: z.int().min(0) }),
  /** The store is back after a restart: everything after `drainedThrough`, and all events not acknowledged, is told again. */
  z.object({ type: z.literal('resume'), drainedThrough: z.int().min(0) }),
  z.object({ type: z.literal('stop') }),
]);

export type ParentMessage = z.input<typeof parentMessage>;
export type StartMessage = Extract<z.output<typeof parentMessage>, { type: 'start' }>;

/** What the door process says to its parent. */
export type DoorMessage =
  | { type: 'listening'; port: number; report: StoreReport }
  | { type: 'failed'; code: string; why: string }
  /** Told in journal order, at most `outboxWindow` ahead of what was acknowledged. */
  | { type: 'received'; instance: ReceivedInstance }
  /** Any other event; numbered apart from the journal, from 1 in each run of the process. */
  | { type: 'event'; eventSeq: number; event: Exclude<DoorEvent, { kind: 'received' }> }
  | { type: 'log'; entry: DoorLogEntry }
  | { type: 'stopped' };
