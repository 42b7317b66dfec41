import type { Invoice, Payment } from '../../../shared/billing/schema.ts';
import type { BillData, InvoiceData, ReceiptData } from '../../../shared/documents/bill-schema.ts';
import type { Reader } from '../../../shared/kernel/reader.ts';
import { exactly } from '../../../shared/kernel/reader.ts';
import { localTime } from '../../../shared/kernel/time.ts';
import type { Organization } from '../../../shared/organizations/schema.ts';
import { formText, officialName } from '../../../shared/people/names.ts';
import type { Patient } from '../../../shared/people/schema.ts';
import type { Encounter } from '../../../shared/waiting-room/schema.ts';
import { billMoney } from './bill-lines.ts';
import type { Paper, PaperContext } from './paper.ts';
import { documentPatient, patientLanguage, signerOf, siteOf } from './site-data.ts';

/**
 * An invoice as it was issued, without what was paid since: made from entries that never change, so its bytes are the same
 * whenever and wherever it is made.
 */
export async function invoicePaper(invoiceId: string, context: PaperContext): Promise<Paper | undefined> {
  const { reader } = context;
  const invoice = await reader.get<Invoice>('invoice', invoiceId);
  const common = invoice && (await billOf(invoice, invoice.issuedBy, context));
  if (!invoice || !common) return undefined;
  const visit = invoice.encounterId ? await reader.get<Encounter>('encounter', invoice.encounterId) : undefined;
  const voids = await reader.count('invoice', 'byVoided', exactly(invoice.id));
  const data: InvoiceData = {
    ...common,
    head: {
      number: invoice.number,
      status: invoice.voidsInvoiceId !== null || voids > 0 ? 'voided' : 'final',
      createdAtUtc: invoice.issuedAtUtc,
    },
    issuedDay: localTime(invoice.issuedAtUtc, common.site.timeZone).day,
    ...(visit && { visitedAtUtc: visit.openedAtUtc }),
    totalMinor: invoice.totalMinor,
    payments: [],
    refunds: [],
    balanceMinor: invoice.totalMinor,
  };
  return { data, filed: filedAs('invoice', invoice, 'invoice', invoice.issuedAtUtc) };
}

/** The receipt of one payment (or refund): the bill, and all that was paid and given back up to it. */
export async function receiptPaper(paymentId: string, context: PaperContext): Promise<Paper | undefined> {
  const { reader } = context;
  const payment = await reader.get<Payment>('payment', paymentId);
  const invoice = payment && (await reader.get<Invoice>('invoice', payment.invoiceId));
  const common = payment && invoice && (await billOf(invoice, payment.takenBy, context));
  if (!payment || !invoice || !common) return undefined;
  const all = await reader.find<Payment>('payment', 'byInvoice', { prefix: `${invoice.id}/` });
  // In key order, by time: a payment that shares its instant with another is not lost.
  const until = all.slice(0, all.findIndex((one) => one.id === payment.id) + 1);
  const [organization] = await reader.find<Organization>('organization', 'all', { prefix: '' });
  const roundingMinor = sum(until, (one) => one.cashRoundingMinor);
  const data: ReceiptData = {
    ...common,
    paper: 'A5',
    head: { number: payment.receiptNumber, status: 'final', createdAtUtc: payment.takenAtUtc },
    issuedAtUtc: payment.takenAtUtc,
    invoiceNumber: invoice.number,
    isCopy: false,
    ...(roundingMinor !== 0 && {
      cashRounding: { stepMinor: organization?.cashRoundingMinor ?? 1, amountMinor: roundingMinor },
    }),
    totalMinor: invoice.totalMinor + roundingMinor,
    payments: until.filter((one) => one.amountMinor > 0).map(paymentLine),
    refunds: await Promise.all(until.filter((one) => one.amountMinor < 0).map((one) => refundLine(one, reader))),
    balanceMinor: invoice.totalMinor - sum(until, (one) => one.amountMinor),
  };
  return { data, filed: filedAs('receipt', payment, 'payment', payment.takenAtUtc) };
}

const sum = (payments: readonly Payment[], amountOf: (one: Payment) => number): number =>
  payments.reduce((total, one) => total + amountOf(one), 0);

const filedAs = (
  template: 'invoice' | 'receipt',
  of: { id: string; patientId: string },
  ofKind: string,
  currentSinceUtc: string,
): Paper['filed'] => ({ template, patientId: of.patientId, ofKind, ofId: of.id, currentSinceUtc });

function paymentLine(payment: Payment): BillData['payments'][number] {
  const cash = payment.method === 'cash';
  return {
    method: payment.method,
    paidAtUtc: payment.takenAtUtc,
    amountMinor: payment.amountMinor + payment.cashRoundingMinor,
    ...(cash && { givenMinor: payment.tenderedMinor, changeMinor: payment.changeMinor }),
  };
}

/** What went off the invoice again: given back, or used as a credit for another invoice, which is then named. */
async function refundLine(refund: Payment, reader: Reader): Promise<BillData['refunds'][number]> {
  const { creditInvoiceId } = refund;
  const other = creditInvoiceId ? await reader.get<Invoice>('invoice', creditInvoiceId) : undefined;
  return {
    number: refund.receiptNumber,
    method: refund.method,
    refundedAtUtc: refund.takenAtUtc,
    amountMinor: -(refund.amountMinor + refund.cashRoundingMinor),
    reason: (refund.reason ?? other?.number ?? '').slice(0, 500).trim() || '–',
  };
}

type BillCommon = Omit<BillData, 'head' | 'totalMinor' | 'payments' | 'refunds' | 'balanceMinor' | 'cashRounding'>;

async function billOf(invoice: Invoice, cashierId: string, context: PaperContext): Promise<BillCommon | undefined> {
  const { reader } = context;
  const site = await siteOf(reader, invoice.locationId);
  const patient = await reader.get<Patient>('patient', invoice.patientId);
  if (!site || !patient) return undefined;
  const payer = invoice.payerPatientId ? await reader.get<Patient>('patient', invoice.payerPatientId) : undefined;
  return {
    site,
    patient: documentPatient(patient),
    ...(payer && payer.id !== patient.id && { payerName: formText(officialName(payer).written) }),
    currency: invoice.currency,
    ...patientLanguage(patient, context.language),
    cashierName: (await signerOf(reader, cashierId)).name,
    ...billMoney(invoice),
  };
}
