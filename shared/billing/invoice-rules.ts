/** What must hold of an invoice, whoever issued or voided it (BILL-1, BILL-2, BILL-4, BILL-7). */
import { changesOf, defineRule } from '../kernel/command.ts';
import type { Known, Reader } from '../kernel/reader.ts';
import { exactly, known } from '../kernel/reader.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import { holdsEntries } from './balance-facts.ts';
import { checkInvoice, FREE_DISCOUNT_PERCENT, isLargeDiscount, standing } from './rules.ts';
import type { Invoice } from './schema.ts';

/** BILL-1: what the lines and the total come to. */
export const arithmeticRule = defineRule<unknown, null>({
  gather: async () => null,
  check: (change) => changesOf<Invoice>(change, 'invoice').flatMap(({ after }) => (after ? checkInvoice(after) : [])),
});

type VisitFacts = { encounter: Encounter | undefined; others: Known<Invoice[]> };

async function gatherVisit(reader: Reader, invoice: Invoice, nowUtc: string): Promise<VisitFacts> {
  if (invoice.encounterId === null) return { encounter: undefined, others: known([]) };
  const encounter = await reader.get<Encounter>('encounter', invoice.encounterId);
  const sinceUtc = encounter?.openedAtUtc ?? invoice.issuedAtUtc;
  const held = await holdsEntries(reader, invoice.patientId, sinceUtc, nowUtc);
  if (!held.known) return { encounter, others: held };
  const all = await reader.find<Invoice>('invoice', 'byEncounter', exactly(invoice.encounterId));
  return { encounter, others: known(all.filter((one) => one.id !== invoice.id)) };
}

/** BILL-2: a visit is billed to its own patient, and has one standing invoice; what is not known here is left to the server. */
export const visitBilledRule = defineRule<unknown, Array<{ invoice: Invoice; facts: VisitFacts }>>({
  gather: (reader, change, { nowUtc }) =>
    Promise.all(
      changesOf<Invoice>(change, 'invoice')
        .flatMap(({ after }) => after ?? [])
        .map(async (invoice) => ({ invoice, facts: await gatherVisit(reader, invoice, nowUtc) })),
    ),
  check: (_change, found) =>
    found.flatMap(({ invoice, facts }): Violation[] => {
      if (facts.encounter && facts.encounter.patientId !== invoice.patientId)
        return [violation('BILL-2', 'bill-of-other-patient', { field: 'patientId' })];
      return facts.others.known && standing(facts.others.value) ? [violation('BILL-2', 'already-billed')] : [];
    }),
});

/** BILL-7: a large discount needs the right to give it, and its reason stands on the invoice; law 1 did not ask. */
export const discountRule = defineRule<unknown, null>({
  gather: async () => null,
  check: (change, _facts, { author, lawVersion }) => {
    const large = changesOf<Invoice>(change, 'invoice').flatMap(({ after }) =>
      after && after.voidsInvoiceId === null && after.lines.some(isLargeDiscount) ? [after] : [],
    );
    if (large.length === 0 || lawVersion === 1) return [];
    const params = { percent: FREE_DISCOUNT_PERCENT };
    if (!author.permissions.has('billing.discount'))
      return [violation('BILL-7', 'discount-not-permitted', { params, overridableBy: 'billing.discount' })];
    return large.every((one) => one.reason)
      ? []
      : [violation('BILL-7', 'discount-needs-reason', { params, field: 'reason' })];
  },
});

/** BILL-4: an invoice is voided once; whether another place did so, the server knows where this station does not. */
export const voidedOnceRule = defineRule<unknown, Array<{ id: string; entries: Known<Invoice[]> }>>({
  gather: (reader, change, { nowUtc }) =>
    Promise.all(
      changesOf<Invoice>(change, 'invoice').flatMap(({ id, after }) =>
        after?.voidsInvoiceId ? [gatherVoids(reader, id, after, after.voidsInvoiceId, nowUtc)] : [],
      ),
    ),
  check: (_change, found) =>
    found.flatMap(({ id, entries }) =>
      entries.known && entries.value.some((one) => one.id !== id) ? [violation('BILL-4', 'already-void')] : [],
    ),
});

async function gatherVoids(reader: Reader, id: string, entry: Invoice, voidedId: string, nowUtc: string) {
  const invoice = await reader.get<Invoice>('invoice', voidedId);
  const held = await holdsEntries(reader, entry.patientId, invoice?.issuedAtUtc ?? entry.issuedAtUtc, nowUtc);
  const entries = held.known ? known(await reader.find<Invoice>('invoice', 'byVoided', exactly(voidedId))) : held;
  return { id, entries };
}
