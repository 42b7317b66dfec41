import { z } from 'zod';
import { settlementOf } from '../billing/balance-facts.ts';
import { balanceOf } from '../billing/rules.ts';
import type { Invoice, Payment } from '../billing/schema.ts';
import type { Service } from '../catalog/schema.ts';
import type { Document } from '../documents/schema.ts';
import { idSchema } from '../kernel/id.ts';
import type { Holding, Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { patientScope } from '../kernel/scopes.ts';
import { defineView } from '../kernel/view.ts';
import type { Location } from '../organizations/schema.ts';
import type { Patient } from '../people/schema.ts';
import type { Report } from '../reports/schema.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { User } from '../users/schema.ts';
import { nextStage } from '../waiting-room/rules.ts';
import type { Encounter, Stage } from '../waiting-room/schema.ts';
import type { LoopStep } from './loop-strip.ts';
import { loopStrip } from './loop-strip.ts';
import type { VisitChart, Written } from './visit-chart.ts';
import { signed, visitChart } from './visit-chart.ts';
import type { VisitOrder } from './visit-imaging.ts';
import { visitOrders } from './visit-imaging.ts';

export type OfferedService = Pick<Service, 'id' | 'code' | 'name' | 'priceMinor' | 'currency'>;
export type VisitInvoice = { invoice: Invoice; payments: Payment[]; balanceMinor: number; isVoided: boolean };

export type Visit = {
  /** Whether the patient's clinical records are on this station: if not, an empty chart is not an empty history. */
  held: Holding;
  encounter: Encounter;
  appointment: Appointment | null;
  patient: Patient;
  zone: string;
  practitionerName: string | null;
  next: Stage | null;
  steps: LoopStep[];
  orders: VisitOrder[];
  chart: VisitChart;
  reports: Array<Written<Report>>;
  /** Null where the person may not see money. */
  invoices: VisitInvoice[] | null;
  /** Finalized PDFs of the visit's reports, invoices and payments. */
  documents: Document[];
  services: Array<{ service: OfferedService; quantity: number }>;
  /** What may be added to the services done. */
  catalogue: OfferedService[];
};

const offered = ({ id, code, name, priceMinor, currency }: Service): OfferedService => ({
  id,
  code,
  name,
  priceMinor,
  currency,
});

/** One visit with all that hangs on it. Null: no such visit on this station. */
export const visitView = defineView<{ encounterId: string; patientId?: string | undefined }, Visit | null>({
  name: 'charting/visit',
  params: z.strictObject({ encounterId: idSchema, patientId: idSchema.optional() }),
  permission: 'charts.view',
  kinds: [
    'encounter',
    'appointment',
    'patient',
    'imagingOrder',
    'study',
    'instance',
    'note',
    'vitals',
    'prescription',
    'report',
    'invoice',
    'payment',
    'invoiceBalance',
    'document',
    'service',
    'user',
    'device',
    'location',
  ],
  patientOf: ({ patientId }) => patientId ?? null,
  read: async (reader, { encounterId, patientId }, { nowUtc, permissions }) => {
    const encounter = await reader.get<Encounter>('encounter', encounterId);
    const patient = encounter && (await reader.get<Patient>('patient', encounter.patientId));
    const location = encounter && (await reader.get<Location>('location', encounter.locationId));
    if (!encounter || !patient || !location || (patientId && patientId !== patient.id)) return null;
    const appointment = encounter.appointmentId
      ? await reader.get<Appointment>('appointment', encounter.appointmentId)
      : undefined;
    const orders = await visitOrders(reader, encounter);
    const live = orders.find((one) => one.order.status !== 'cancelled') ?? orders[0];
    const reports = await signed(reader, await reader.find<Report>('report', 'byEncounter', exactly(encounter.id)));
    const invoices = await invoicesOf(reader, encounter.id, nowUtc);
    const services = await servicesOf(reader, encounter);
    const held = await reader.holds(patientScope(patient.id));
    const steps = loopStrip({
      encounter,
      appointment,
      bookedBy: appointment ? await nameOf(reader, appointment.bookedBy) : null,
      order: live?.order,
      deviceName: live?.deviceName ?? null,
      studies: live?.studies ?? [],
      reports: reports.map((one) => one.doc),
      invoices: invoices.filter((one) => !one.isVoided).map((one) => one.invoice),
      services: services.map((one) => one.service),
      clinicalHeld: held === 'held',
    });
    const hasScan = live !== undefined && live.order.status !== 'cancelled';
    return {
      held,
      encounter,
      appointment: appointment ?? null,
      patient,
      zone: location.zone,
      practitionerName: encounter.practitionerId ? await nameOf(reader, encounter.practitionerId) : null,
      next: nextStage(encounter, hasScan),
      steps,
      orders,
      chart: await visitChart(reader, encounter, nowUtc),
      reports,
      invoices: permissions.has('billing.view') ? invoices : null,
      documents: await documentsOf(reader, [
        ...reports.map((one) => one.doc.id),
        ...invoices.flatMap((one) => [one.invoice.id, ...one.payments.map((payment) => payment.id)]),
      ]),
      services: services.map(({ service, quantity }) => ({ service: offered(service), quantity })),
      catalogue: (await reader.find<Service>('service', 'all', { prefix: '' }))
        .filter((service) => service.active)
        .map(offered),
    };
  },
});

async function nameOf(reader: Reader, userId: string): Promise<string | null> {
  return (await reader.get<User>('user', userId))?.name ?? null;
}

async function servicesOf(
  reader: Reader,
  encounter: Encounter,
): Promise<Array<{ service: Service; quantity: number }>> {
  const result: Array<{ service: Service; quantity: number }> = [];
  for (const { serviceId, quantity } of encounter.services) {
    const service = await reader.get<Service>('service', serviceId);
    if (service) result.push({ service, quantity });
  }
  return result;
}

async function invoicesOf(reader: Reader, encounterId: string, nowUtc: string): Promise<VisitInvoice[]> {
  const invoices = await reader.find<Invoice>('invoice', 'byEncounter', exactly(encounterId));
  const voided = new Set(invoices.map((one) => one.voidsInvoiceId));
  const result: VisitInvoice[] = [];
  for (const invoice of invoices.filter((one) => one.voidsInvoiceId === null)) {
    const payments = await reader.find<Payment>('payment', 'byInvoice', { prefix: `${invoice.id}/` });
    const isVoided = voided.has(invoice.id);
    const settlement = await settlementOf(reader, invoice, nowUtc);
    const balanceMinor = settlement.known ? settlement.value.owedMinor : balanceOf(invoice, payments, isVoided);
    result.push({ invoice, payments, balanceMinor, isVoided });
  }
  return result;
}

async function documentsOf(reader: Reader, ofIds: readonly string[]): Promise<Document[]> {
  const result: Document[] = [];
  for (const id of ofIds) result.push(...(await reader.find<Document>('document', 'byOf', { prefix: `${id}/` })));
  return result;
}
