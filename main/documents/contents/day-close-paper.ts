import type { DayClose, Invoice, Payment } from '../../../shared/billing/schema.ts';
import type { DayCloseData } from '../../../shared/documents/day-close.ts';
import { dayBounds } from '../../../shared/kernel/time.ts';
import type { Station } from '../../../shared/stations/schema.ts';
import type { Encounter } from '../../../shared/waiting-room/schema.ts';
import type { Paper, PaperContext } from './paper.ts';
import { signerOf, siteOf } from './site-data.ts';

/** A signed day as paper: what was signed, and beside it what the entries up to the signature say. It names no patient. */
export async function dayClosePaper(closeId: string, context: PaperContext): Promise<Paper | undefined> {
  const { reader } = context;
  const close = await reader.get<DayClose>('dayClose', closeId);
  const site = close && (await siteOf(reader, close.locationId));
  if (!close || !site) return undefined;
  const own = close.stationId === context.station.id ? context.station : undefined;
  const station = (await reader.get<Station>('station', close.stationId)) ?? own;
  const { fromUtc } = dayBounds(close.day, site.timeZone);
  const within = { from: `${close.locationId}/${fromUtc}`, to: `${close.locationId}/${close.closedAtUtc}` };
  const invoices = await reader.find<Invoice>('invoice', 'byIssued', within);
  const payments = await reader.find<Payment>('payment', 'byTaken', within);
  const visits = await reader.find<Encounter>('encounter', 'byOpened', within);
  const lines = invoices.flatMap((one) => one.lines);
  const data: DayCloseData = {
    site,
    head: {
      number: `${station?.code ?? '–'}-${close.day}`,
      status: 'final',
      createdAtUtc: close.closedAtUtc,
    },
    day: close.day,
    stationName: station?.name.slice(0, 60) || '–',
    currency: close.currency,
    appointments: { ...close.appointments, walkIn: visits.filter((one) => one.appointmentId === null).length },
    revenue: {
      invoicedMinor: close.revenueMinor,
      discountsMinor: 0 - lines.reduce((sum, line) => sum + line.discountMinor, 0),
      taxesMinor: lines.reduce((sum, line) => sum + line.taxMinor, 0),
      refundsMinor: 0 - payments.reduce((sum, one) => sum + Math.min(0, one.amountMinor), 0),
    },
    payments: close.byMethod,
    cash: {
      openingFloatMinor: close.openingCashMinor,
      expectedMinor: close.expectedCashMinor,
      countedMinor: close.countedCashMinor,
      differenceMinor: close.countedCashMinor - close.expectedCashMinor,
      note: close.note,
    },
    closedByName: (await signerOf(reader, close.closedBy)).name,
    closedAtUtc: close.closedAtUtc,
  };
  return { data, filed: null };
}
