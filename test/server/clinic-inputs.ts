/** What people of the test's clinic type: inputs of the real commands, every booking at a time of its own. */
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import { addMinutes } from '../../shared/kernel/time.ts';
import { newPatient } from '../world/new-patient.ts';
import type { referenceDocuments } from '../world/reference-documents.ts';

export type ClinicInputs = ReturnType<typeof createClinicInputs>;

export function createClinicInputs(locationId: string, reference: ReturnType<typeof referenceDocuments>) {
  const { users, devices, services } = reference;
  const tomorrow = addMinutes(`${new Date().toISOString().slice(0, 13)}:00:00.000Z`, 24 * 60);
  let slots = 0;
  const slot = (practitionerId = users.doctor.id) => ({
    locationId,
    startsAtUtc: addMinutes(tomorrow, ++slots * 40),
    durationMin: 15,
    practitionerId,
    roomId: null,
    deviceId: null as string | null,
  });
  const booking = (patientId: string, at = slot()) => ({
    ...at,
    patientId,
    serviceId: at.deviceId === null ? services.consult.id : services.ct.id,
    note: '',
    referringPhysician: '',
    question: '',
    urgent: false,
  });
  return {
    slot,
    booking,
    patient: (family = 'Santoso') => ({ details: newPatient(family, 'Ani') }),
    scan: (patientId: string) => booking(patientId, { ...slot(), deviceId: devices.ct.id }),
    chart: (encounterId: string, text: string, prescriptions = 0) => ({
      encounterId,
      note: { text, replaces: null },
      vitals: prescriptions > 0 ? { pulsePerMin: 70, confirmed: [] } : null,
      prescriptions: Array.from({ length: prescriptions }, (_, at) => medicine(`medicine ${at}`)),
      services: null,
      complete: false,
    }),
    invoice: (patientId: string, encounterId: string) => ({
      patientId,
      encounterId,
      locationId,
      payerPatientId: null,
      coverage: '',
      lines: [
        {
          serviceId: services.consult.id,
          name: 'Consultation',
          quantity: 1,
          unitPriceMinor: 150_000,
          discountMinor: 0,
          taxBasisPoints: 1100,
          taxName: 'PPN',
          taxInclusive: true,
        },
      ],
    }),
    payment: (invoiceId: string, amountMinor: number) => ({
      invoiceId,
      locationId,
      method: 'cash',
      amountMinor,
      tenderedMinor: amountMinor,
    }),
  };
}

const medicine = (drug: string) => ({
  drug,
  dose: '1',
  doseUnit: 'tablet',
  route: 'oral',
  frequency: 'daily',
  durationDays: 3,
  instructions: '',
  allergyReason: null,
});

/** The document of a kind that a set writes. */
export function idOf(set: Pick<ChangeSet, 'patches'>, kind: string): string {
  const patch = set.patches.find((one) => one.kind === kind);
  if (!patch) throw new Error(`no ${kind} in the set`);
  return patch.id;
}
