import { z } from 'zod';
import type { Service } from '../catalog/schema.ts';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { amountMinorSchema } from '../kernel/money.ts';
import type { Reader } from '../kernel/reader.ts';
import type { Result } from '../kernel/result.ts';
import { fail, ok } from '../kernel/result.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Location, Organization } from '../organizations/schema.ts';
import type { Patient } from '../people/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import { arithmeticRule, discountRule, visitBilledRule, voidedOnceRule } from './invoice-rules.ts';
import type { PricedLine } from './rules.ts';
import { lineOfService, reversedLines, totalOf, workOutLine } from './rules.ts';
import type { Invoice } from './schema.ts';
import { invoiceLineSchema, invoiceSchema } from './schema.ts';

const discountMinor = amountMinorSchema.min(0);
/** Name, price and tax are the catalogue's. */
const serviceLine = z.strictObject({ serviceId: idSchema, quantity: invoiceLineSchema.shape.quantity, discountMinor });
/** A line of nothing in the catalogue says everything itself; so did every line of law 1, which copied prices on the screen. */
const wholeLine = invoiceLineSchema
  .omit({ netMinor: true, taxMinor: true, grossMinor: true })
  .extend({ unitPriceMinor: amountMinorSchema.min(0), discountMinor });
const issueInput = z.strictObject({
  patientId: idSchema,
  encounterId: idSchema.nullable(),
  locationId: idSchema,
  payerPatientId: idSchema.nullable(),
  coverage: invoiceSchema.shape.coverage,
  lines: z
    .array(z.union([serviceLine, wholeLine]))
    .min(1)
    .max(60),
});
type Issue = z.infer<typeof issueInput>;

type BillingFacts = {
  organization: Organization | undefined;
  location: Location | undefined;
  patient: Patient | undefined;
  payer: Patient | undefined;
  encounter: Encounter | undefined;
  services: Array<Service | undefined>;
};

async function gatherBilling(reader: Reader, input: Issue): Promise<BillingFacts> {
  const { patientId, payerPatientId, encounterId, locationId, lines } = input;
  return {
    organization: (await reader.find<Organization>('organization', 'all', { prefix: '' }))[0],
    location: await reader.get<Location>('location', locationId),
    patient: await reader.get<Patient>('patient', patientId),
    payer: payerPatientId ? await reader.get<Patient>('patient', payerPatientId) : undefined,
    encounter: encounterId ? await reader.get<Encounter>('encounter', encounterId) : undefined,
    services: await Promise.all(
      lines.map(async ({ serviceId }) => (serviceId ? reader.get<Service>('service', serviceId) : undefined)),
    ),
  };
}

/** What an invoice would stand on and is not there. */
function missing(input: Issue, facts: BillingFacts): Violation | undefined {
  if (!facts.location) return violation('BILL-2', 'no-location', { field: 'locationId' });
  if (!facts.patient) return violation('BILL-2', 'no-patient', { field: 'patientId' });
  if (input.payerPatientId && !facts.payer) return violation('BILL-2', 'no-patient', { field: 'payerPatientId' });
  if (input.encounterId && !facts.encounter) return violation('BILL-2', 'no-encounter', { field: 'encounterId' });
  return undefined;
}

/** The lines with the prices that the catalogue has now (BILL-2); a service without a price is never billed at zero (BILL-5). */
function pricedLines(
  { lines }: Issue,
  { services }: BillingFacts,
  lawVersion: number,
): Result<PricedLine[], Violation[]> {
  const priced: PricedLine[] = [];
  for (const [at, line] of lines.entries()) {
    const service = services[at];
    if (line.serviceId && !service) return fail([violation('BILL-2', 'no-service', { field: `lines.${at}` })]);
    const copied = service && lineOfService(service, line.quantity, line.discountMinor);
    if (service && !copied) return fail([violation('BILL-5', 'no-price', { params: { service: service.name } })]);
    const saysPrice = 'unitPriceMinor' in line && (line.serviceId === null || lawVersion === 1);
    const next = saysPrice ? line : copied;
    if (!next) return fail([violation('BILL-2', 'no-service', { field: `lines.${at}` })]);
    priced.push(next);
  }
  return ok(priced);
}

/** Issues an invoice: the catalogue's prices are copied here and stay (BILL-1, BILL-2). */
export const issueInvoice = defineCommand<Issue, BillingFacts>({
  name: 'billing/issue-invoice',
  input: issueInput,
  permission: 'billing.charge',
  nature: 'record',
  writes: { invoice: 'all' },
  undo: { none: 'a printed number stays; an invoice is voided by a new entry' },
  gather: gatherBilling,
  decide: (input, facts, context) => {
    const { organization } = facts;
    if (!organization) return fail([violation('BILL-2', 'no-organization')]);
    const gone = missing(input, facts);
    if (gone) return fail([gone]);
    const priced = pricedLines(input, facts, context.lawVersion);
    if (!priced.ok) return priced;
    const lines = priced.value.map((line) => workOutLine(line, organization.rounding));
    const next: Invoice = {
      ...input,
      id: context.newId(),
      number: context.nextNumber('invoice'),
      issuedBy: context.author.id,
      issuedAtUtc: context.nowUtc,
      currency: organization.currency,
      rounding: organization.rounding,
      lines,
      totalMinor: totalOf(lines),
      voidsInvoiceId: null,
      reason: context.reason,
    };
    return ok([{ kind: 'invoice', id: next.id, next }]);
  },
  rules: [arithmeticRule, visitBilledRule, discountRule],
});

const voidInput = z.strictObject({ invoiceId: idSchema });

/** Takes an invoice back by a new entry with a reason; the old one stays as it was printed (BILL-4). */
export const voidInvoice = defineCommand<z.infer<typeof voidInput>, { invoice: Invoice | undefined }>({
  name: 'billing/void-invoice',
  input: voidInput,
  permission: 'billing.charge',
  nature: 'record',
  writes: { invoice: 'all' },
  undo: { none: 'a void is an entry of its own' },
  needsReason: true,
  gather: async (reader, input) => ({ invoice: await reader.get<Invoice>('invoice', input.invoiceId) }),
  decide: (_input, { invoice }, context) => {
    if (!invoice || invoice.voidsInvoiceId) return fail([violation('BILL-4', 'no-invoice')]);
    const lines = reversedLines(invoice);
    const next: Invoice = {
      ...invoice,
      id: context.newId(),
      number: context.nextNumber('invoice'),
      issuedBy: context.author.id,
      issuedAtUtc: context.nowUtc,
      lines,
      totalMinor: totalOf(lines),
      voidsInvoiceId: invoice.id,
      reason: context.reason,
    };
    return ok([{ kind: 'invoice', id: next.id, next }]);
  },
  rules: [arithmeticRule, voidedOnceRule],
});
