/** Invoices, payments and the day's close. */
import { drawerState } from '../../shared/billing/drawer-facts.ts';
import type { CommandCall } from '../../shared/desk/ports.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { localTime } from '../../shared/kernel/time.ts';
import type { MakeCall } from './cases.ts';
import type { LawClinic } from './law-clinic.ts';
import type { LawStation } from './law-world.ts';

async function invoiceInput(clinic: LawClinic): Promise<Record<string, unknown>> {
  const { world } = clinic;
  const visit = await clinic.visit();
  const service = world.reference.services.consult;
  return {
    patientId: visit['patientId'],
    encounterId: visit.id,
    locationId: world.ids.locationId,
    payerPatientId: null,
    coverage: '',
    lines: [
      { serviceId: service.id, quantity: 2, discountMinor: 1000 },
      {
        serviceId: null,
        name: 'Copy of a record',
        quantity: 1,
        unitPriceMinor: 5000,
        discountMinor: 0,
        taxBasisPoints: 1000,
        taxName: 'PPN',
        taxInclusive: false,
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
  settles: true,
});

const payment = async (clinic: LawClinic): Promise<Doc> =>
  clinic.made(clinic.call(clinic.people.cashier, 'billing/take-payment', paymentOf(clinic, await invoice(clinic))));

/** The count of a station's own drawer as it stands there now, 500 short. */
export async function closeOf(clinic: LawClinic, station: LawStation): Promise<CommandCall> {
  const { locationId } = clinic.world.ids;
  const { day } = localTime(clinic.world.nowUtc(), 'Asia/Jakarta');
  const drawer = await drawerState(station.reader, station.code, { id: locationId, zone: 'Asia/Jakarta' });
  if (!drawer.known) throw new Error('no drawer');
  const { cashMinor } = drawer.value;
  const counted = { countedCashMinor: cashMinor - 500, expectedCashMinor: cashMinor, note: '500 short' };
  return clinic.call(clinic.people.cashier, 'billing/close-day', { locationId, day, ...counted });
}

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
    return closeOf(clinic, clinic.here);
  },
  'billing/use-credit': async (clinic) => {
    const paid = await payment(clinic);
    const voided = { invoiceId: paid['invoiceId'] };
    await clinic.made(clinic.call(clinic.people.cashier, 'billing/void-invoice', voided, { reason: 'wrong service' }));
    const before = await clinic.stored('invoice', String(voided.invoiceId));
    const { cashier } = clinic.people;
    const again = { ...(await invoiceInput(clinic)), patientId: before['patientId'], encounterId: null };
    const next = await clinic.made(clinic.call(cashier, 'billing/issue-invoice', again));
    return clinic.call(cashier, 'billing/use-credit', {
      fromInvoiceId: before.id,
      toInvoiceId: next.id,
      amountMinor: 1000,
      locationId: clinic.world.ids.locationId,
    });
  },
};
