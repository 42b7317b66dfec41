import { z } from 'zod';
import type { Service } from '../catalog/schema.ts';
import { changesOf, defineCommand, defineRule } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { amountMinorSchema } from '../kernel/money.ts';
import type { Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { Organization } from '../organizations/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import { checkInvoice, reversedLines, totalOf, workOutLine } from './rules.ts';
import type { Invoice } from './schema.ts';
import { invoiceLineSchema, invoiceSchema } from './schema.ts';

const priced = invoiceLineSchema
  .omit({ netMinor: true, taxMinor: true, grossMinor: true })
  .extend({ unitPriceMinor: amountMinorSchema.min(0), discountMinor: amountMinorSchema.min(0) });
const issueInput = z.strictObject({
  patientId: idSchema,
  encounterId: idSchema.nullable(),
  locationId: idSchema,
  payerPatientId: idSchema.nullable(),
  coverage: invoiceSchema.shape.coverage,
  lines: z.array(priced).min(1).max(60),
});
type Issue = z.infer<typeof issueInput>;
export type BillingFacts = {
  organization: Organization | undefined;
  encounter: Encounter | undefined;
  invoices: Invoice[];
  /** Services on the lines that have no price. */
  unpriced: Service[];
};

async function gatherBilling(reader: Reader, { encounterId, lines }: Issue): Promise<BillingFacts> {
  const organizations = await reader.find<Organization>('organization', 'all', { prefix: '' });
  const unpriced: Service[] = [];
  for (const { serviceId } of lines) {
    const service = serviceId ? await reader.get<Service>('service', serviceId) : undefined;
    if (service?.priceMinor === null) unpriced.push(service);
  }
  return {
    unpriced,
    organization: organizations[0],
    encounter: encounterId ? await reader.get<Encounter>('encounter', encounterId) : undefined,
    invoices: encounterId ? await reader.find<Invoice>('invoice', 'byEncounter', exactly(encounterId)) : [],
  };
}

/** BILL-1: what the lines and the total come to. */
const arithmeticRule = defineRule<unknown, null>({
  gather: async () => null,
  check: (change) => changesOf<Invoice>(change, 'invoice').flatMap(({ after }) => (after ? checkInvoice(after) : [])),
});

/** BILL-2: a visit has one standing invoice. */
const onceBilledRule = defineRule<Issue, BillingFacts>({
  gather: (reader, change) => gatherBilling(reader, change.input),
  check: (change, facts) =>
    changesOf<Invoice>(change, 'invoice').flatMap(({ id }) =>
      standing(facts.invoices.filter((one) => one.id !== id)) ? [violation('BILL-2', 'already-billed')] : [],
    ),
});

/** Issues an invoice: prices are copied here and stay (BILL-1, BILL-2). */
export const issueInvoice = defineCommand<Issue, BillingFacts>({
  name: 'billing/issue-invoice',
  input: issueInput,
  permission: 'billing.charge',
  nature: 'record',
  writes: { invoice: 'all' },
  undo: { none: 'a printed number stays; an invoice is voided by a new entry' },
  gather: gatherBilling,
  decide: (input, facts, context) => {
    const { organization, encounter } = facts;
    if (!organization) return fail([violation('BILL-2', 'no-organization')]);
    if (encounter && encounter.patientId !== input.patientId)
      return fail([violation('BILL-2', 'other-patient', { field: 'patientId' })]);
    const [unpriced] = facts.unpriced;
    if (unpriced) return fail([violation('BILL-5', 'no-price', { params: { service: unpriced.name } })]);
    const lines = input.lines.map((line) => workOutLine(line, organization.rounding));
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
      reason: null,
    };
    return ok([{ kind: 'invoice', id: next.id, next }]);
  },
  rules: [arithmeticRule, onceBilledRule],
});

/** The invoice that stands, i.e. was not taken back by another entry. */
export function standing(invoices: readonly Invoice[]): Invoice | undefined {
  const voided = new Set(invoices.map((one) => one.voidsInvoiceId));
  return invoices.find((one) => one.voidsInvoiceId === null && !voided.has(one.id));
}

const voidInput = z.strictObject({ invoiceId: idSchema });

/** Takes an invoice back by a new entry with a reason; the old one stays as it was printed (BILL-4). */
export const voidInvoice = defineCommand<z.infer<typeof voidInput>, { invoice: Invoice | undefined; voids: Invoice[] }>(
  {
    name: 'billing/void-invoice',
    input: voidInput,
    permission: 'billing.charge',
    nature: 'record',
    writes: { invoice: 'all' },
    undo: { none: 'a void is an entry of its own' },
    needsReason: true,
    gather: async (reader, input) => ({
      invoice: await reader.get<Invoice>('invoice', input.invoiceId),
      voids: await reader.find<Invoice>('invoice', 'byVoided', exactly(input.invoiceId)),
    }),
    decide: (_input, { invoice, voids }, context) => {
      if (!invoice || invoice.voidsInvoiceId) return fail([violation('BILL-4', 'no-invoice')]);
      if (voids.length > 0) return fail([violation('BILL-4', 'already-void')]);
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
    rules: [arithmeticRule],
  },
);

/** The line that a service makes, its price copied; null when it has none (BILL-5: a missing price is shown and repaired). */
export function lineOfService(service: Service, quantity: number): z.infer<typeof priced> | null {
  if (service.priceMinor === null) return null;
  return {
    serviceId: service.id,
    name: service.name,
    quantity,
    unitPriceMinor: service.priceMinor,
    discountMinor: 0,
    taxBasisPoints: service.taxBasisPoints,
    taxName: service.taxName,
    taxInclusive: service.taxInclusive,
  };
}
