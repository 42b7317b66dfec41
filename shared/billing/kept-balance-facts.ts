/** The balance that the server keeps of each invoice (BILL-9). */
import type { ChangedDoc } from '../kernel/command.ts';
import { changesOf } from '../kernel/command.ts';
import type { Derivation } from '../kernel/derive.ts';
import { exactly } from '../kernel/reader.ts';
import type { InvoiceBalance } from './balance-schema.ts';
import { balanceOf } from './rules.ts';
import type { Invoice, Payment } from './schema.ts';

const MOST_ENTRIES = 200;

/** Invoices whose balance a change touches. */
function touchedInvoices(written: readonly ChangedDoc[]): Set<string> {
  const docs = { docs: written };
  const invoices = changesOf<Invoice>(docs, 'invoice').flatMap(({ before, after }) => after ?? before ?? []);
  const payments = changesOf<Payment>(docs, 'payment').flatMap(({ before, after }) => after ?? before ?? []);
  return new Set([...invoices.map((one) => one.voidsInvoiceId ?? one.id), ...payments.map((one) => one.invoiceId)]);
}

/** What is open on an invoice, or null where nothing is. */
function invoiceBalance(invoice: Invoice, payments: readonly Payment[], isVoided: boolean): InvoiceBalance | null {
  const balanceMinor = balanceOf(invoice, payments, isVoided);
  if (balanceMinor === 0) return null;
  const { id, patientId, encounterId, locationId, number, issuedAtUtc, currency, totalMinor } = invoice;
  return {
    id,
    patientId,
    encounterId,
    locationId,
    number,
    issuedAtUtc,
    currency,
    totalMinor,
    isVoided,
    paidMinor: payments.reduce((sum, one) => sum + one.amountMinor, 0),
    balanceMinor,
    entryIds: payments.slice(-MOST_ENTRIES).map((one) => one.id),
  };
}

const derive: Derivation['derive'] = async (after, written) => {
  const drafts = [...touchedInvoices(written)].map(async (id) => {
    const invoice = await after.get<Invoice>('invoice', id);
    const payments = await after.find<Payment>('payment', 'byInvoice', { prefix: `${id}/` });
    const isVoided = (await after.count('invoice', 'byVoided', exactly(id))) > 0;
    const next = invoice && invoice.voidsInvoiceId === null ? invoiceBalance(invoice, payments, isVoided) : null;
    return { kind: 'invoiceBalance', id, next };
  });
  return Promise.all(drafts);
};

const recount: Derivation['recount'] = async (reader) => {
  const all = { prefix: '' };
  const invoices = await reader.find<Invoice>('invoice', 'byIssued', all);
  const paymentsOn = Map.groupBy(await reader.find<Payment>('payment', 'byInvoice', all), (one) => one.invoiceId);
  const voided = new Set(invoices.map((one) => one.voidsInvoiceId));
  return invoices
    .filter((one) => one.voidsInvoiceId === null)
    .map((one) => ({
      kind: 'invoiceBalance',
      id: one.id,
      next: invoiceBalance(one, paymentsOn.get(one.id) ?? [], voided.has(one.id)),
    }));
};

/** The balance of each invoice that was issued, voided, paid or paid back. */
export const balances: Derivation = { derive, recount };
