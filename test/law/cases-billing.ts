/** Invoices, payments and the day's close. */
import { dayFigures } from '../../shared/billing/day-facts.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { localTime } from '../../shared/kernel/time.ts';
import type { MakeCall } from './cases.ts';
import type { LawClinic } from './law-clinic.ts';

async function invoiceInput(clinic: LawClinic): Promise<Record<string, unknown>> {
  const { world } = clinic;
  const visit = await clinic.visit();
  const service = await clinic.stored('service', world.reference.services.consult.id);
  return {
    patientId: visit['patientId'],
    encounterId: visit.id,
    locationId: world.ids.locationId,
    payerPatientId: null,
    coverage: '',
    lines: [
      {
        serviceId: service.id,
        name: service['name'],
        quantity: 2,
        unitPriceMinor: service['priceMinor'],
        discountMinor: 1000,
        taxBasisPoints: service['taxBasisPoints'],
        taxName: service['taxName'],
        taxInclusive: service['taxInclusive'],
      },
    ],
  };
}

const invoice = async (clinic: LawClinic): Promise<Doc> =>
  clinic.made(clinic.call(clinic.people.cashier, 'billing/issue-invoice', await invoiceInput(clinic)));

const paymentOf = (clinic: LawClinic, of: Doc) => ({
  invoiceId: of.id,
  locationId: clinic.world.ids.locationId,
  method: 'cash',
  amountMinor: of['totalMinor'],
  tenderedMinor: Number(of['totalMinor']) + 500,
});

const payment = async (clinic: LawClinic): Promise<Doc> =>
  clinic.made(clinic.call(clinic.people.cashier, 'billing/take-payment', paymentOf(clinic, await invoice(clinic))));

export const billingCases: Record<string, MakeCall> = {
  'billing/issue-invoice': async (clinic) =>
    clinic.call(clinic.people.cashier, 'billing/issue-invoice', await invoiceInput(clinic)),
  'billing/void-invoice': async (clinic) => {
    const { id } = await invoice(clinic);
    return clinic.call(clinic.people.cashier, 'billing/void-invoice', { invoiceId: id }, { reason: 'typed twice' });
  },
  'billing/take-payment': async (clinic) =>
    clinic.call(clinic.people.cashier, 'billing/take-payment', paymentOf(clinic, await invoice(clinic))),
  'billing/refund-payment': async (clinic) => {
    const paid = await payment(clinic);
    const input = { paymentId: paid.id, amountMinor: 1000, locationId: clinic.world.ids.locationId };
    return clinic.call(clinic.people.cashier, 'billing/refund-payment', input, { reason: 'too much' });
  },
  'billing/close-day': async (clinic) => {
    await payment(clinic);
    const { locationId } = clinic.world.ids;
    const { day } = localTime(clinic.world.nowUtc(), 'Asia/Jakarta');
    const figures = await dayFigures(clinic.here.reader, locationId, day);
    if (!figures) throw new Error('no figures');
    return clinic.call(clinic.people.cashier, 'billing/close-day', {
      locationId,
      day,
      currency: figures.currency,
      openingCashMinor: figures.openingCashMinor,
      expectedCashMinor: figures.expectedCashMinor,
      countedCashMinor: figures.expectedCashMinor,
      byMethod: figures.byMethod,
      revenueMinor: figures.revenueMinor,
      appointments: figures.appointments,
      note: '',
    });
  },
};
