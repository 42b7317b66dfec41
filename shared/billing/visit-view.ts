import { z } from 'zod';
import type { Service } from '../catalog/schema.ts';
import type { Document } from '../documents/schema.ts';
import { idSchema } from '../kernel/id.ts';
import type { Holding, Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { patientScope } from '../kernel/scopes.ts';
import { defineView } from '../kernel/view.ts';
import type { Location } from '../organizations/schema.ts';
import type { Patient } from '../people/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import type { BillPatient, Credit, InvoiceState, Reckoning } from './bill-facts.ts';
import { billPatient, creditsOf, invoiceState, namesOfPricers, reckoningOf, userName } from './bill-facts.ts';
import type { PricedLine } from './rules.ts';
import { lineOfService, standing } from './rules.ts';
import type { Invoice } from './schema.ts';

export type VisitService = {
  service: Service;
  quantity: number;
  /** The line that it makes; null where the price is missing (BILL-5). */
  line: PricedLine | null;
};
export type BillingVisit = {
  held: Holding;
  encounter: Encounter;
  patient: BillPatient | null;
  practitioner: string;
  zone: string;
  reckoning: Reckoning;
  services: VisitService[];
  /** Services that were done and that this station does not know. */
  unknownServices: number;
  /** Who may set a missing price. */
  pricers: string[];
  standing: InvoiceState | null;
  /** Invoices of this visit that were taken back. */
  voided: InvoiceState[];
  /** Receipts that were made, by payment. */
  receipts: Document[];
  /** What other invoices have to the patient's credit. */
  credits: Credit[];
};

/** `patientId` lets the station bring the patient's entries, where it does not hold them. */
const ofPatient = { patientId: idSchema.optional() };
type OfPatient = { patientId?: string | undefined };

/** One visit as the cashier needs it: what is to be billed, or what was. */
export const billingVisit = defineView<{ encounterId: string } & OfPatient, BillingVisit | null>({
  name: 'billing/visit',
  params: z.strictObject({ encounterId: idSchema, ...ofPatient }),
  permission: 'billing.view',
  kinds: [
    'encounter',
    'patient',
    'service',
    'invoice',
    'payment',
    'invoiceBalance',
    'document',
    'user',
    'organization',
    'location',
  ],
  patientOf: ({ patientId }) => patientId ?? null,
  read: async (reader, { encounterId }, { nowUtc }) => {
    const encounter = await reader.get<Encounter>('encounter', encounterId);
    const reckoning = await reckoningOf(reader);
    if (!encounter || !reckoning) return null;
    const patient = await reader.get<Patient>('patient', encounter.patientId);
    const location = await reader.get<Location>('location', encounter.locationId);
    const invoices = await reader.find<Invoice>('invoice', 'byEncounter', exactly(encounterId));
    const stands = standing(invoices);
    const voided: InvoiceState[] = [];
    for (const one of invoices)
      if (one.voidsInvoiceId === null && one.id !== stands?.id)
        voided.push(await invoiceState(reader, one, reckoning, nowUtc));
    const state = stands ? await invoiceState(reader, stands, reckoning, nowUtc) : null;
    return {
      held: await reader.holds(patientScope(encounter.patientId)),
      encounter,
      patient: patient ? billPatient(patient) : null,
      practitioner: await userName(reader, encounter.practitionerId),
      zone: location?.zone ?? 'UTC',
      reckoning,
      ...(await servicesOf(reader, encounter)),
      pricers: await namesOfPricers(reader),
      standing: state,
      voided,
      receipts: await receiptsOf(reader, [...(state ? [state] : []), ...voided]),
      credits: await creditsOf(reader, encounter.patientId, reckoning.currency),
    };
  },
});

async function servicesOf(
  reader: Reader,
  encounter: Encounter,
): Promise<Pick<BillingVisit, 'services' | 'unknownServices'>> {
  const services: VisitService[] = [];
  for (const { serviceId, quantity } of encounter.services) {
    const service = await reader.get<Service>('service', serviceId);
    if (service) services.push({ service, quantity, line: lineOfService(service, quantity) });
  }
  return { services, unknownServices: encounter.services.length - services.length };
}

async function receiptsOf(reader: Reader, states: readonly InvoiceState[]): Promise<Document[]> {
  const receipts: Document[] = [];
  for (const { payments } of states)
    for (const { payment } of payments)
      receipts.push(...(await reader.find<Document>('document', 'byOf', { prefix: `${payment.id}/` })));
  return receipts;
}

export type BillingInvoice = InvoiceState & {
  held: Holding;
  patient: BillPatient | null;
  zone: string;
  reckoning: Reckoning;
  credits: Credit[];
};

/** One invoice with its payments, for whatever leads to it by its number. */
export const billingInvoice = defineView<{ invoiceId: string } & OfPatient, BillingInvoice | null>({
  name: 'billing/invoice',
  params: z.strictObject({ invoiceId: idSchema, ...ofPatient }),
  permission: 'billing.view',
  kinds: ['patient', 'invoice', 'payment', 'invoiceBalance', 'user', 'organization', 'location'],
  patientOf: ({ patientId }) => patientId ?? null,
  read: async (reader, { invoiceId }, { nowUtc }) => {
    const invoice = await reader.get<Invoice>('invoice', invoiceId);
    const reckoning = await reckoningOf(reader);
    if (!invoice || !reckoning) return null;
    const patient = await reader.get<Patient>('patient', invoice.patientId);
    const location = await reader.get<Location>('location', invoice.locationId);
    return {
      ...(await invoiceState(reader, invoice, reckoning, nowUtc)),
      held: await reader.holds(patientScope(invoice.patientId)),
      patient: patient ? billPatient(patient) : null,
      zone: location?.zone ?? 'UTC',
      reckoning,
      credits: await creditsOf(reader, invoice.patientId, invoice.currency),
    };
  },
});
