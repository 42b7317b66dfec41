/** What waits in the inbox, each with what a person needs to solve it. Whole documents stand where a command changes them. */
import type { UnfiledStudy } from '../imaging/unfiled-studies.ts';
import type { UnitValue } from '../kernel/change-set.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { Stage } from '../waiting-room/schema.ts';
import type { Conflict, Refusal, Task } from './schema.ts';

export type InboxPatient = {
  id: string;
  name: { written: string; latin: string };
  recordNumber: string;
  phones: string[];
};

/** Who wrote something where and when; the instant is the one at which it was typed, not the one at which it arrived. */
export type Version = { authorName: string; stationName: string; atUtc: string };

export type FieldPair = {
  unit: string;
  field: string;
  /** Parts of each value; empty for nothing. */
  theirs: string[];
  mine: string[];
  differs: boolean;
};

type Common = { key: string; atUtc: string; patient: InboxPatient | null };

export type UnitsItem = Common & {
  type: 'units';
  conflict: Conflict;
  /** Who wrote what came second. */
  mine: Version;
  /** Per unit, what stands on the document now: what came first, or a later edit. The choice says that it was shown. */
  shown: Record<string, UnitValue>;
  fields: FieldPair[];
  /** The document as it stands; null where it is not here. */
  docTitle: string;
};

export type LostSlotItem = Common & {
  type: 'lostClaim';
  conflict: Conflict;
  by: Version;
  appointment: Appointment | null;
  service: string;
  practitioner: string;
  zone: string;
  /** The other booking's patient, as far as known. */
  takenBy: string;
  /** Where the visit is, if the patient came all the same. */
  stage: Stage | null;
  /** What `scheduling/free-times` is asked, without the time; null where the booking has no practitioner. */
  freeTimes: {
    serviceId: string;
    practitionerId: string;
    roomId: string | null;
    deviceId: string | null;
    patientId: string;
    locationId: string;
    durationMin: number;
    ownId: string;
  } | null;
};

export type RefusalItem = Common & {
  type: 'refusal';
  refusal: Refusal;
  by: Version;
  /** What was wanted: names of the input with their values in words. */
  wanted: Array<{ field: string; text: string; amountMinor: number | null; instantUtc: string | null }>;
  /** Made new documents only: may be given again as it is. */
  repeatable: boolean;
};

export type TaskItem = Common & {
  type: 'task';
  task: Task;
  /** The name or number of what it is about. */
  about: string;
  encounterId: string | null;
  invoiceId: string | null;
};

export type StudyItem = Common & { type: 'stray' | 'held'; unfiled: UnfiledStudy };

export type InboxItem = UnitsItem | LostSlotItem | RefusalItem | TaskItem | StudyItem;
