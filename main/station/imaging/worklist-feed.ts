import type { Device } from '../../../shared/devices/schema.ts';
import type { Reader } from '../../../shared/kernel/reader.ts';
import { exactly } from '../../../shared/kernel/reader.ts';
import { addMinutes, localTime } from '../../../shared/kernel/time.ts';
import type { ImagingOrder } from '../../../shared/orders/schema.ts';
import { visitOfOrder } from '../../../shared/orders/visit-of-order.ts';
import type { Location } from '../../../shared/organizations/schema.ts';
import { officialName, personNameForms } from '../../../shared/people/names.ts';
import type { Patient } from '../../../shared/people/schema.ts';
import type { User } from '../../../shared/users/schema.ts';
import { currentStep } from '../../../shared/waiting-room/schema.ts';
import type { DicomDevice, DicomPersonName, WorklistStep } from '../../dicom/ports.ts';

const DAY_MIN = 24 * 60;
/** Steps that the door holds: from yesterday (a night's scan) to two weeks ahead. */
const BACK_DAYS = 1;
const AHEAD_DAYS = 14;
const noName: DicomPersonName = { alphabetic: '', ideographic: '', phonetic: '' };

/** The scanners of a location as the DICOM door needs them. */
export async function doorDevices(reader: Reader, locationId: string): Promise<DicomDevice[]> {
  const devices = await reader.find<Device>('device', 'byLocation', exactly(locationId));
  return devices
    .filter((one) => one.active)
    .map(({ id, aeTitle, modality, host, port, specificCharacterSet }) => ({
      deviceId: id,
      aeTitle,
      modality,
      host,
      port,
      specificCharacterSet,
    }));
}

/** The open steps of a location's scanners as plain data for the DICOM door. */
export async function worklistSteps(reader: Reader, locationId: string, nowUtc: string): Promise<WorklistStep[]> {
  const location = await reader.get<Location>('location', locationId);
  if (!location) return [];
  const range = {
    from: `${locationId}/${addMinutes(nowUtc, -BACK_DAYS * DAY_MIN)}`,
    to: `${locationId}/${addMinutes(nowUtc, AHEAD_DAYS * DAY_MIN)}`,
  };
  const orders = await reader.find<ImagingOrder>('imagingOrder', 'open', range);
  const steps: WorklistStep[] = [];
  for (const order of orders) {
    const patient = await reader.get<Patient>('patient', order.patientId);
    const device = await reader.get<Device>('device', order.deviceId);
    if (patient && device) steps.push(await stepOf(reader, order, patient, device, location));
  }
  return steps;
}

async function stepOf(
  reader: Reader,
  order: ImagingOrder,
  patient: Patient,
  device: Device,
  location: Location,
): Promise<WorklistStep> {
  const local = localTime(order.scheduledAtUtc, location.zone);
  const visit = await visitOfOrder(reader, order);
  const physician = order.practitionerId ? await reader.get<User>('user', order.practitionerId) : undefined;
  const name = personNameForms(officialName(patient));
  const { alphabetic, ideographic, phonetic } = name;
  return {
    stepId: order.stepId,
    accessionNumber: order.accessionNumber,
    studyInstanceUid: order.studyInstanceUid,
    requestedProcedureId: order.requestedProcedureId,
    requestedProcedureDescription: order.procedure,
    stepDescription: order.procedure,
    startDate: local.day.replaceAll('-', ''),
    startTime: `${local.clock.replace(':', '')}00`,
    modality: order.modality,
    stationAeTitle: device.aeTitle,
    stationName: device.name.slice(0, 16),
    location: location.name.slice(0, 16),
    performingPhysician: physician ? pnOf(physician.name) : noName,
    referringPhysician: noName,
    requestingPhysician: physician ? pnOf(physician.name) : noName,
    patientPresent: visit !== undefined && currentStep(visit).stage !== 'completed',
    patientName: { alphabetic, ideographic, phonetic },
    patientId: patient.recordNumber,
    patientBirthDate: patient.birthDate?.length === 10 ? patient.birthDate.replaceAll('-', '') : '',
    patientSex: patient.sex === 'U' ? '' : patient.sex,
    patientWeightKg: '',
    allergies: patient.allergies
      .map((one) => one.substance)
      .join(', ')
      .slice(0, 64),
    medicalAlerts: patient.alerts.join(', ').slice(0, 64),
    pregnancyStatus: '',
  };
}

/** A practitioner's display name as PN: what stands before the last word is given, titles stay with it. */
function pnOf(name: string): DicomPersonName {
  const words = name.split(' ');
  const family = words.at(-1) ?? '';
  const given = words.slice(0, -1).join(' ');
  return { ...noName, alphabetic: given ? `${family}^${given}` : family };
}
