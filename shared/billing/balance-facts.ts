/** How far an invoice is paid, and what a patient owes, wherever the money was taken (BILL-9). */
import type { Known, Reader } from '../kernel/reader.ts';
import { exactly, known, unknown } from '../kernel/reader.ts';
import { coreScope, patientScope, scheduleScopes } from '../kernel/scopes.ts';
import { addMinutes } from '../kernel/time.ts';
import type { Location } from '../organizations/schema.ts';
import type { InvoiceBalance } from './balance-schema.ts';
import { balanceOf } from './rules.ts';
import type { Invoice, Payment } from './schema.ts';

const MINUTE = 1;

/**
 * Whether every invoice and payment of a patient since an instant is here: by the patient's own scope, or because all places'
 * months since then are. What money does to an invoice never comes before the invoice.
 */
export async function holdsEntries(
  reader: Reader,
  patientId: string,
  sinceUtc: string,
  nowUtc: string,
): Promise<Known<true>> {
  const scope = patientScope(patientId);
  if ((await reader.holds(scope)) === 'held') return known(true);
  const untilUtc = addMinutes(sinceUtc > nowUtc ? sinceUtc : nowUtc, MINUTE);
  for (const location of await reader.find<Location>('location', 'all', { prefix: '' }))
    for (const month of scheduleScopes(location.id, sinceUtc, untilUtc))
      if ((await reader.holds(month)) !== 'held') return unknown(scope);
  return known(true);
}

/** How an invoice stands: what is owed on it (below zero: a credit), what was paid in all, and what took it back. */
export type Settlement = { owedMinor: number; paidMinor: number; isVoided: boolean };

/** The entries of an invoice that are here. */
async function entriesOf(reader: Reader, invoiceId: string): Promise<{ payments: Payment[]; isVoided: boolean }> {
  return {
    payments: await reader.find<Payment>('payment', 'byInvoice', { prefix: `${invoiceId}/` }),
    isVoided: (await reader.count('invoice', 'byVoided', exactly(invoiceId))) > 0,
  };
}

const sumOf = (payments: readonly Payment[]): number => payments.reduce((sum, one) => sum + one.amountMinor, 0);

/** The server's balance with what this station holds beside it: entries that have not come to the server, or not come back. */
function settleBalance(
  balance: InvoiceBalance,
  { payments, isVoided }: { payments: readonly Payment[]; isVoided: boolean },
): Settlement {
  const counted = new Set(balance.entryIds);
  const paidMinor = balance.paidMinor + sumOf(payments.filter((one) => !counted.has(one.id)));
  const stands = !balance.isVoided && !isVoided;
  return { owedMinor: (stands ? balance.totalMinor : 0) - paidMinor, paidMinor, isVoided: !stands };
}

/**
 * How an invoice stands, from the entries that are here or from the server's balance of it; unknown where this station holds
 * neither. `exceptId` is an entry that is just being made.
 */
export async function settlementOf(
  reader: Reader,
  invoice: Invoice,
  nowUtc: string,
  exceptId: string | null = null,
): Promise<Known<Settlement>> {
  const entries = await entriesOf(reader, invoice.id);
  const payments = entries.payments.filter((one) => one.id !== exceptId);
  const { isVoided } = entries;
  const held = await holdsEntries(reader, invoice.patientId, invoice.issuedAtUtc, nowUtc);
  if (held.known)
    return known({ owedMinor: balanceOf(invoice, payments, isVoided), paidMinor: sumOf(payments), isVoided });
  if ((await reader.holds(coreScope)) !== 'held') return unknown(coreScope);
  const balance = await reader.get<InvoiceBalance>('invoiceBalance', invoice.id);
  return balance ? known(settleBalance(balance, { payments, isVoided })) : held;
}

/** An invoice with something open on it, as far as this station knows. */
export type OpenInvoice = Omit<InvoiceBalance, 'totalMinor' | 'isVoided' | 'entryIds'>;

type Held = { invoices: readonly Invoice[]; payments: readonly Payment[] };

/** Balances with what is here beside them, and invoices that are here and have none yet; those that come to nothing are left out. */
export function openInvoices(balances: readonly InvoiceBalance[], { invoices, payments }: Held): OpenInvoice[] {
  const paymentsOn = Map.groupBy(payments, (one) => one.invoiceId);
  const voided = new Set(invoices.map((one) => one.voidsInvoiceId));
  const counted = new Set(balances.map((one) => one.id));
  const entriesOn = (id: string) => ({ payments: paymentsOn.get(id) ?? [], isVoided: voided.has(id) });
  const fromServer = balances.map((balance) => ({
    about: balance,
    settled: settleBalance(balance, entriesOn(balance.id)),
  }));
  const fromHere = invoices
    .filter((one) => one.voidsInvoiceId === null && !counted.has(one.id))
    .map((invoice) => {
      const { payments: paid, isVoided } = entriesOn(invoice.id);
      const owedMinor = balanceOf(invoice, paid, isVoided);
      return { about: invoice, settled: { owedMinor, paidMinor: sumOf(paid), isVoided } };
    });
  return [...fromServer, ...fromHere]
    .filter(({ settled }) => settled.owedMinor !== 0)
    .map(({ about, settled }) => ({
      id: about.id,
      patientId: about.patientId,
      encounterId: about.encounterId,
      locationId: about.locationId,
      number: about.number,
      issuedAtUtc: about.issuedAtUtc,
      currency: about.currency,
      paidMinor: settled.paidMinor,
      balanceMinor: settled.owedMinor,
    }));
}

/** How far back entries are looked for that the server may not have counted yet; a station is never longer without it. */
export const UNCOUNTED_DAYS = 31;

/** What is open on the invoices of a location, wherever and whenever it was paid, the oldest first. */
export async function openInvoicesAt(reader: Reader, locationId: string, nowUtc: string): Promise<OpenInvoice[]> {
  const range = (id: string) => ({ from: `${id}/${addMinutes(nowUtc, -UNCOUNTED_DAYS * 24 * 60)}`, to: `${id}/~` });
  const payments: Payment[] = [];
  for (const { id } of await reader.find<Location>('location', 'all', { prefix: '' }))
    payments.push(...(await reader.find<Payment>('payment', 'byTaken', range(id))));
  const invoices = await reader.find<Invoice>('invoice', 'byIssued', range(locationId));
  const balances = await reader.find<InvoiceBalance>('invoiceBalance', 'byLocation', { prefix: `${locationId}/` });
  return openInvoices(balances, { invoices, payments }).toSorted((a, b) => (a.issuedAtUtc < b.issuedAtUtc ? -1 : 1));
}

/** What is open on all invoices of a patient, the oldest first; unknown while this station has not even the balances. */
export async function openInvoicesOf(reader: Reader, patientId: string): Promise<Known<OpenInvoice[]>> {
  const scope = patientScope(patientId);
  const isWhole = (await reader.holds(scope)) === 'held';
  if (!isWhole && (await reader.holds(coreScope)) !== 'held') return unknown(coreScope);
  const range = { prefix: `${patientId}/` };
  const here = {
    invoices: await reader.find<Invoice>('invoice', 'byPatient', range),
    payments: await reader.find<Payment>('payment', 'byPatient', range),
  };
  // Where all entries are here, they say it themselves: the server's balance may be behind them.
  const balances = isWhole ? [] : await reader.find<InvoiceBalance>('invoiceBalance', 'byPatient', range);
  return known(openInvoices(balances, here).toSorted((a, b) => (a.issuedAtUtc < b.issuedAtUtc ? -1 : 1)));
}

/** An amount that a patient owes; below zero, a credit. */
export type Balance = { amountMinor: number; currency: string };

/** What a patient owes in all, per currency; unknown while this station has not even the balances. */
export async function balancesOf(reader: Reader, patientId: string): Promise<Known<Balance[]>> {
  const open = await openInvoicesOf(reader, patientId);
  if (!open.known) return open;
  const byCurrency = Map.groupBy(open.value, (one) => one.currency);
  const totals = [...byCurrency].map(([currency, list]) => ({
    currency,
    amountMinor: list.reduce((sum, one) => sum + one.balanceMinor, 0),
  }));
  return known(totals);
}
