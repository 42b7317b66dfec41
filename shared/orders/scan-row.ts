import type { VisitStudy } from '../charting/visit-imaging.ts';
import { studiesOf } from '../charting/visit-imaging.ts';
import type { Device } from '../devices/schema.ts';
import type { Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { displayName } from '../people/names.ts';
import type { Patient } from '../people/schema.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { Encounter, Stage } from '../waiting-room/schema.ts';
import { currentStep } from '../waiting-room/schema.ts';
import type { ImagingOrder } from './schema.ts';
import { visitOfOrder } from './visit-of-order.ts';

/**
 * How a step stands. `listed`: it would be answered to its device; `moved`: its booking names another device than its order;
 * `no-order`: a scan is booked that no scanner can know of.
 */
export type ScanState =
  | 'no-order'
  | 'moved'
  | 'listed'
  | 'fetched'
  | 'in-scan'
  | 'images'
  | 'done'
  | 'no-show'
  | 'cancelled';

export type ScanRow = {
  /** The order's id, or the booking's where there is no order. */
  id: string;
  /** Whole: `orders/set-status` changes it. */
  order: ImagingOrder | null;
  /** Whole: `scheduling/move` changes it. */
  appointment: Appointment | null;
  patientId: string;
  name: { written: string; latin: string };
  recordNumber: string;
  birthDate: string | null;
  sex: Patient['sex'];
  allergyState: Patient['allergyState'];
  allergies: string[];
  atUtc: string;
  procedure: string;
  urgent: boolean;
  deviceId: string | null;
  deviceName: string | null;
  /** AE title of the order's device. */
  aeTitle: string;
  bookedDeviceId: string | null;
  stage: Stage | null;
  /** When the patient came to the present stage. */
  stageSinceUtc: string | null;
  images: number;
  lastImageAtUtc: string | null;
  studies: VisitStudy[];
  state: ScanState;
};

type Parts = {
  order: ImagingOrder | null;
  appointment: Appointment | null;
  stage: Stage | null;
  images: number;
  bookedDeviceId: string | null;
};

/** The one rule for a step's state. */
export function scanState({ order, appointment, stage, images, bookedDeviceId }: Parts): ScanState {
  if (appointment?.status === 'no_show') return 'no-show';
  if (appointment?.status === 'cancelled' || order?.status === 'cancelled') return 'cancelled';
  if (!order) return 'no-order';
  if (order.status === 'completed') return 'done';
  if (images > 0) return stage === 'in_scan' ? 'in-scan' : 'images';
  if (bookedDeviceId !== null && bookedDeviceId !== order.deviceId) return 'moved';
  if (stage === 'in_scan') return 'in-scan';
  return order.sentNames.some((one) => one.deviceId === order.deviceId) ? 'fetched' : 'listed';
}

export const bookedDevice = (appointment: Appointment | null | undefined): string | null =>
  appointment?.resources.find((one) => one.resourceKind === 'device')?.resourceId ?? null;

/** One row; undefined when its patient is not on this station. `procedure` names a booking that has no order. */
export async function scanRow(
  reader: Reader,
  order: ImagingOrder | null,
  appointment: Appointment | null,
  procedure: string,
): Promise<ScanRow | undefined> {
  const patientId = order?.patientId ?? appointment?.patientId;
  const patient = patientId ? await reader.get<Patient>('patient', patientId) : undefined;
  const id = order?.id ?? appointment?.id;
  if (!patient || !id) return undefined;
  const studies = order ? await studiesOf(reader, order.id) : [];
  const filed = studies.filter((one) => one.study.state === 'linked');
  const images = filed.reduce((sum, one) => sum + one.images, 0);
  const [booked] = appointment
    ? await reader.find<Encounter>('encounter', 'byAppointment', exactly(appointment.id))
    : [];
  const visit = booked ?? (order ? await visitOfOrder(reader, order) : undefined);
  const step = visit ? currentStep(visit) : null;
  const bookedDeviceId = bookedDevice(appointment);
  const deviceId = order?.deviceId ?? bookedDeviceId;
  const device = deviceId ? await reader.get<Device>('device', deviceId) : undefined;
  return {
    id,
    order,
    appointment,
    patientId: patient.id,
    name: displayName(patient),
    recordNumber: patient.recordNumber,
    birthDate: patient.birthDate,
    sex: patient.sex,
    allergyState: patient.allergyState,
    allergies: patient.allergies.map((one) => one.substance),
    atUtc: order?.scheduledAtUtc ?? appointment?.startsAtUtc ?? '',
    procedure: order?.procedure ?? procedure,
    urgent: order?.urgent ?? false,
    deviceId,
    deviceName: device?.name ?? null,
    aeTitle: device?.aeTitle ?? '',
    bookedDeviceId,
    stage: step?.stage ?? null,
    stageSinceUtc: step?.atUtc ?? null,
    images,
    lastImageAtUtc:
      filed
        .map((one) => one.lastImageAtUtc ?? '')
        .toSorted()
        .at(-1) || null,
    studies,
    state: scanState({ order, appointment, stage: step?.stage ?? null, images, bookedDeviceId }),
  };
}
