import { z } from 'zod';
import type { Balance } from '../billing/balance-facts.ts';
import { balancesOf } from '../billing/balance-facts.ts';
import type { Invoice } from '../billing/schema.ts';
import type { Service } from '../catalog/schema.ts';
import type { Document } from '../documents/schema.ts';
import type { Study } from '../imaging/schema.ts';
import { idSchema } from '../kernel/id.ts';
import type { Holding, Reader } from '../kernel/reader.ts';
import { patientScope } from '../kernel/scopes.ts';
import type { ViewContext } from '../kernel/view.ts';
import { defineView } from '../kernel/view.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import type { Location, Organization } from '../organizations/schema.ts';
import type { Report } from '../reports/schema.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { User } from '../users/schema.ts';
import type { Encounter, Stage } from '../waiting-room/schema.ts';
import { currentStep } from '../waiting-room/schema.ts';
import { displayName } from './names.ts';
import type { Patient } from './schema.ts';

export type TimelineKind = 'visit' | 'images' | 'report' | 'invoice' | 'document';

/** One thing that happened or will; `title` is data (a service, a number), `state` a code that screens put in words. */
export type TimelineItem = {
  kind: TimelineKind;
  id: string;
  atUtc: string;
  title: string;
  state: Appointment['status'] | Stage | Study['state'] | Report['status'] | 'unplaced' | 'issued' | 'void' | '';
  byName: string;
  locationName: string;
  /** The zone of the place where it happened. */
  zone: string;
  encounterId: string | null;
  appointmentId: string | null;
  amountMinor: number | null;
  currency: string | null;
  /** The bytes of a document, for printing and saving. */
  sha256: string | null;
};

export type PatientPage = {
  patient: Patient;
  held: Holding;
  /** What is owed; null where this station does not know it or the person may not see it. */
  balance: Balance[] | null;
  nextVisit: { atUtc: string; title: string; zone: string } | null;
  lastVisit: { atUtc: string; title: string; zone: string } | null;
  /** Newest first. */
  timeline: TimelineItem[];
  /** Kinds that the person may not see. */
  hidden: TimelineKind[];
  /** Names of the patients that relations point to, by id. */
  related: Record<string, { written: string; latin: string; recordNumber: string }>;
};

const all = (patientId: string): { prefix: string } => ({ prefix: `${patientId}/` });

type Names = {
  service: (id: string) => string;
  user: (id: string | null) => string;
  place: (id: string) => Location | undefined;
};

async function gatherNames(reader: Reader): Promise<Names> {
  const everything = { prefix: '' };
  const services = await reader.find<Service>('service', 'all', everything);
  const users = await reader.find<User>('user', 'all', everything);
  const locations = await reader.find<Location>('location', 'all', everything);
  return {
    service: (id) => services.find((one) => one.id === id)?.name ?? '',
    user: (id) => users.find((one) => one.id === id)?.name ?? '',
    place: (id) => locations.find((one) => one.id === id),
  };
}

const item = (
  names: Names,
  kind: TimelineKind,
  locationId: string | null,
  rest: Partial<TimelineItem> & Pick<TimelineItem, 'id' | 'atUtc' | 'title' | 'state'>,
): TimelineItem => {
  const place = locationId ? names.place(locationId) : undefined;
  const none = { byName: '', encounterId: null, appointmentId: null, amountMinor: null, currency: null, sha256: null };
  return { kind, ...none, locationName: place?.name ?? '', zone: place?.zone ?? 'UTC', ...rest };
};

async function visitsOf(reader: Reader, patientId: string, names: Names): Promise<TimelineItem[]> {
  const booked = await reader.find<Appointment>('appointment', 'byPatient', all(patientId));
  const visits = await reader.find<Encounter>('encounter', 'byPatient', all(patientId));
  const received = new Map(visits.map((one) => [one.appointmentId, one]));
  const bookings = booked.map((one) => {
    const visit = received.get(one.id);
    const practitioner = one.resources.find((row) => row.resourceKind === 'practitioner')?.resourceId ?? null;
    return item(names, 'visit', one.locationId, {
      id: one.id,
      atUtc: one.startsAtUtc,
      title: names.service(one.serviceId),
      state: visit ? currentStep(visit).stage : one.placement === 'unplaced' ? 'unplaced' : one.status,
      byName: names.user(practitioner),
      encounterId: visit?.id ?? null,
      appointmentId: one.id,
    });
  });
  const walkIns = visits.filter((one) => one.appointmentId === null || !booked.some((b) => b.id === one.appointmentId));
  return [
    ...bookings,
    ...walkIns.map((one) =>
      item(names, 'visit', one.locationId, {
        id: one.id,
        atUtc: one.openedAtUtc,
        title: one.services.map((done) => names.service(done.serviceId)).join(', '),
        state: currentStep(one).stage,
        byName: names.user(one.practitionerId),
        encounterId: one.id,
      }),
    ),
  ];
}

async function imagesOf(reader: Reader, patientId: string, names: Names): Promise<TimelineItem[]> {
  const studies = await reader.find<Study>('study', 'byPatient', all(patientId));
  const orders = await reader.find<ImagingOrder>('imagingOrder', 'byPatient', all(patientId));
  return studies.map((one) =>
    item(names, 'images', one.locationId, {
      id: one.id,
      atUtc: one.firstImageAtUtc,
      title: orders.find((order) => order.id === one.orderId)?.procedure ?? '',
      state: one.state,
      encounterId: one.encounterId,
    }),
  );
}

async function reportsOf(reader: Reader, patientId: string, names: Names): Promise<TimelineItem[]> {
  const reports = await reader.find<Report>('report', 'byPatient', all(patientId));
  return reports.map((one) =>
    item(names, 'report', null, {
      id: one.id,
      atUtc: one.finalizedAtUtc ?? one.savedAtUtc,
      title: one.documentNumber ?? '',
      state: one.status,
      byName: names.user(one.authorId),
      encounterId: one.encounterId,
    }),
  );
}

async function invoicesOf(reader: Reader, patientId: string, names: Names): Promise<TimelineItem[]> {
  const invoices = await reader.find<Invoice>('invoice', 'byPatient', all(patientId));
  const voided = new Set(invoices.map((one) => one.voidsInvoiceId));
  return invoices.map((one) =>
    item(names, 'invoice', one.locationId, {
      id: one.id,
      atUtc: one.issuedAtUtc,
      title: one.number,
      state: one.voidsInvoiceId || voided.has(one.id) ? 'void' : 'issued',
      byName: names.user(one.issuedBy),
      encounterId: one.encounterId,
      amountMinor: one.totalMinor,
      currency: one.currency,
    }),
  );
}

async function documentsOf(reader: Reader, patientId: string, names: Names): Promise<TimelineItem[]> {
  const documents = await reader.find<Document>('document', 'byPatient', all(patientId));
  return documents.map((one) =>
    item(names, 'document', null, {
      id: one.id,
      atUtc: one.madeAtUtc,
      title: one.template,
      state: '',
      byName: names.user(one.madeBy),
      sha256: one.sha256,
    }),
  );
}

/** Deny by default: what a person may not open elsewhere is not listed here either. */
function hiddenFrom(context: ViewContext): TimelineKind[] {
  const may = context.permissions;
  const hidden: TimelineKind[] = [];
  if (!may.has('imaging.view')) hidden.push('images');
  if (!may.has('charts.view') && !may.has('reports.write')) hidden.push('report');
  if (!may.has('billing.view')) hidden.push('invoice');
  if (hidden.length > 0) hidden.push('document');
  return hidden;
}

async function relatedTo(reader: Reader, patient: Patient): Promise<PatientPage['related']> {
  const related: PatientPage['related'] = {};
  for (const { patientId } of patient.relations) {
    const other = patientId ? await reader.get<Patient>('patient', patientId) : undefined;
    if (other) related[other.id] = { ...displayName(other), recordNumber: other.recordNumber };
  }
  return related;
}

/** A patient's page: the document as commands need it, what is owed, and everything that happened. Null: no such patient. */
export const peoplePatient = defineView({
  name: 'people/patient',
  params: z.strictObject({ patientId: idSchema }),
  permission: 'patients.view',
  kinds: [
    'patient',
    'appointment',
    'encounter',
    'study',
    'imagingOrder',
    'report',
    'invoice',
    'payment',
    'invoiceBalance',
    'document',
  ],
  patientOf: (params) => params.patientId,
  read: async (reader, { patientId }, context): Promise<PatientPage | null> => {
    const patient = await reader.get<Patient>('patient', patientId);
    if (!patient) return null;
    const held = await reader.holds(patientScope(patientId));
    const names = await gatherNames(reader);
    const hidden = hiddenFrom(context);
    const sources = {
      visit: visitsOf,
      images: imagesOf,
      report: reportsOf,
      invoice: invoicesOf,
      document: documentsOf,
    };
    const timeline: TimelineItem[] = [];
    for (const [kind, read] of Object.entries(sources))
      if (!hidden.includes(kind as TimelineKind)) timeline.push(...(await read(reader, patientId, names)));
    timeline.sort((a, b) => (a.atUtc < b.atUtc ? 1 : a.atUtc > b.atUtc ? -1 : 0));
    const visits = timeline.filter((one) => one.kind === 'visit');
    const short = ({ atUtc, title, zone }: TimelineItem) => ({ atUtc, title, zone });
    const next = visits.findLast((one) => one.atUtc >= context.nowUtc && one.state === 'booked');
    const last = visits.find((one) => one.atUtc < context.nowUtc && one.encounterId !== null);
    return {
      patient,
      held,
      balance: hidden.includes('invoice') ? null : await knownBalances(reader, patientId),
      nextVisit: next ? short(next) : null,
      lastVisit: last ? short(last) : null,
      timeline,
      hidden,
      related: await relatedTo(reader, patient),
    };
  },
});

async function knownBalances(reader: Reader, patientId: string): Promise<Balance[] | null> {
  const balances = await balancesOf(reader, patientId);
  return balances.known ? balances.value : null;
}

/** What the banner says of a patient, the same wherever one is open. */
export type PatientBannerValue = {
  patientId: string;
  name: { written: string; latin: string };
  sex: Patient['sex'];
  birthDate: string | null;
  recordNumber: string;
  allergies: { state: Patient['allergyState']; substances: string[] };
  /** Null where the person may not see money, or this station does not hold it. */
  balance: Balance | null;
  tags: string[];
};

/** Who is open: the banner above every screen of a patient. Null: no such patient. */
export const peopleBanner = defineView({
  name: 'people/banner',
  params: z.strictObject({ patientId: idSchema }),
  permission: 'patients.view',
  kinds: ['patient', 'invoice', 'payment', 'invoiceBalance', 'organization'],
  patientOf: (params) => params.patientId,
  read: async (reader, { patientId }, context): Promise<PatientBannerValue | null> => {
    const patient = await reader.get<Patient>('patient', patientId);
    if (!patient) return null;
    const balances = context.permissions.has('billing.view') ? await knownBalances(reader, patientId) : null;
    const owed = balances?.toSorted((a, b) => b.amountMinor - a.amountMinor)[0];
    const [home] = await reader.find<Organization>('organization', 'all', { prefix: '' });
    const none = balances && home ? { amountMinor: 0, currency: home.currency } : null;
    return {
      patientId,
      name: displayName(patient),
      sex: patient.sex,
      birthDate: patient.birthDate,
      recordNumber: patient.recordNumber,
      allergies: { state: patient.allergyState, substances: patient.allergies.map((one) => one.substance) },
      balance: owed ?? none,
      tags: [...patient.alerts, ...patient.tags],
    };
  },
});
