/** What became of the money of past visits: most are billed and paid the same day, as in a clinic that closes its day. */
import type { Service } from '../../shared/catalog/schema.ts';
import { lineOfService } from '../../shared/billing/rules.ts';
import { cashPayable, totalOf, workOutLine } from '../../shared/billing/rules.ts';
import type { Invoice, Payment } from '../../shared/billing/schema.ts';
import type { NumberSeries } from '../../shared/kernel/command.ts';
import { derivedId } from '../../shared/kernel/id.ts';
import { addMinutes } from '../../shared/kernel/time.ts';
import type { Organization } from '../../shared/organizations/schema.ts';
import { currentStep, type Encounter } from '../../shared/waiting-room/schema.ts';
import type { Dice } from './dice.ts';

export type BillMaker = {
  dice: Dice;
  organization: Organization;
  services: readonly Service[];
  cashierId: string;
  nextNumber: (series: NumberSeries) => string;
};

export type Bill = { invoice: Invoice; payment: Payment | null };

const UNBILLED = 0.015;
const UNPAID = 0.02;
const PART_PAID = 0.02;
/** Of visits whose service has no price today: most were billed when it had one. */
const PRICE_MISSING = 0.1;
const PRICE_THEN_MINOR = 250_000;
/** Banknotes that people hand over: the change is given from the next whole one. */
const NOTE_MINOR = 50_000;

/** Bills of visits that are over, in their order, numbered as the cashier issued them. */
export function makeBills(maker: BillMaker, visits: readonly Encounter[]): Bill[] {
  return visits.flatMap((visit) => {
    if (maker.dice.chance(UNBILLED)) return [];
    const invoice = invoiceOf(maker, visit);
    return invoice ? [{ invoice, payment: maker.dice.chance(UNPAID) ? null : paymentOf(maker, invoice) }] : [];
  });
}

function invoiceOf(
  { dice, organization, services, cashierId, nextNumber }: BillMaker,
  visit: Encounter,
): Invoice | null {
  const lines = visit.services.flatMap(({ serviceId, quantity }) => {
    const service = services.find((one) => one.id === serviceId);
    if (service?.priceMinor === null && dice.chance(PRICE_MISSING)) return [];
    const line = service && lineOfService({ ...service, priceMinor: service.priceMinor ?? PRICE_THEN_MINOR }, quantity);
    return line ? [workOutLine(line, organization.rounding)] : [];
  });
  if (lines.length === 0 || totalOf(lines) === 0) return null;
  return {
    id: derivedId(visit.id, 2),
    number: nextNumber('invoice'),
    patientId: visit.patientId,
    payerPatientId: null,
    coverage: '',
    encounterId: visit.id,
    locationId: visit.locationId,
    issuedBy: cashierId,
    issuedAtUtc: addMinutes(currentStep(visit).atUtc, dice.int(2, 9)),
    currency: organization.currency,
    rounding: organization.rounding,
    lines,
    totalMinor: totalOf(lines),
    voidsInvoiceId: null,
    reason: null,
  };
}

function paymentOf({ dice, organization, cashierId, nextNumber }: BillMaker, invoice: Invoice): Payment {
  const method = dice.pick(['cash', 'cash', 'card', 'card', 'transfer'] as const);
  const isPart = dice.chance(PART_PAID);
  const amountMinor = isPart ? Math.max(1, Math.floor(invoice.totalMinor / 2)) : invoice.totalMinor;
  const cash = cashPayable(amountMinor, organization.cashRoundingMinor, organization.rounding);
  const handedMinor = Math.ceil(cash.payableMinor / NOTE_MINOR) * NOTE_MINOR;
  return {
    id: derivedId(invoice.id, 1),
    receiptNumber: nextNumber('receipt'),
    invoiceId: invoice.id,
    patientId: invoice.patientId,
    locationId: invoice.locationId,
    method,
    amountMinor,
    cashRoundingMinor: method === 'cash' ? cash.roundingMinor : 0,
    tenderedMinor: method === 'cash' ? handedMinor : amountMinor,
    changeMinor: method === 'cash' ? handedMinor - cash.payableMinor : 0,
    currency: invoice.currency,
    takenBy: cashierId,
    takenAtUtc: addMinutes(invoice.issuedAtUtc, dice.int(1, 6)),
    refundsPaymentId: null,
    reason: null,
  };
}
