/** The imaging order of a booking (PS3.4 K): its identifiers are given here, once, and copied by scanner, images and report. */
import type { Service } from '../catalog/schema.ts';
import type { CommandContext } from '../kernel/command.ts';
import type { ImagingOrder } from './schema.ts';

/** A Study Instance UID of ours from a UUID: `2.25.` + the UUID as one decimal number (PS3.5 B.2). */
export function studyUidFromUuid(uuid: string): string {
  return `2.25.${BigInt(`0x${uuid.replaceAll('-', '')}`).toString()}`;
}

export function makeOrder(
  of: {
    appointmentId: string | null;
    patientId: string;
    locationId: string;
    deviceId: string;
    practitionerId: string | null;
    scheduledAtUtc: string;
    question: string;
    urgent: boolean;
  },
  service: Service,
  context: CommandContext,
): ImagingOrder {
  const accessionNumber = context.nextNumber('accession');
  return {
    ...of,
    id: context.newId(),
    serviceId: service.id,
    accessionNumber,
    studyInstanceUid: studyUidFromUuid(context.newId()),
    requestedProcedureId: accessionNumber,
    stepId: accessionNumber,
    procedure: service.name,
    modality: service.modality ?? 'OT',
    status: 'scheduled',
    sentNames: [],
  };
}
