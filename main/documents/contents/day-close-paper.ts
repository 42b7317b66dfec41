import { figuresWithin } from '../../../shared/billing/day-facts.ts';
import { receiptNumberOf } from '../../../shared/billing/drawer-facts.ts';
import type { DayClose } from '../../../shared/billing/schema.ts';
import type { DayCloseData } from '../../../shared/documents/day-close.ts';
import type { Reader } from '../../../shared/kernel/reader.ts';
import { dayBounds } from '../../../shared/kernel/time.ts';
import type { Station } from '../../../shared/stations/schema.ts';
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
  const figures = await figuresWithin(reader, close.locationId, { fromUtc, toUtc: close.closedAtUtc });
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
    appointments: { ...close.appointments, walkIn: figures.walkIns },
    revenue: {
      invoicedMinor: close.revenueMinor,
      discountsMinor: 0 - figures.discountsMinor,
      taxesMinor: figures.taxesMinor,
      refundsMinor: figures.refundsMinor,
    },
    payments: close.byMethod,
    cash: {
      openingFloatMinor: close.openingCashMinor,
      expectedMinor: close.expectedCashMinor,
      countedMinor: close.countedCashMinor,
      differenceMinor: close.countedCashMinor - close.expectedCashMinor,
      note: close.note,
    },
    ...(await drawerOf(close, reader)),
    closedByName: (await signerOf(reader, close.closedBy)).name,
    closedAtUtc: close.closedAtUtc,
  };
  return { data, filed: null };
}

/** What the count says of its drawer and of those beside it; nothing, for a count of law 1. */
async function drawerOf({ drawer }: DayClose, reader: Reader): Promise<Pick<DayCloseData, 'drawer'>> {
  if (!drawer) return {};
  const stations = await reader.find<Station>('station', 'all', { prefix: '' });
  const nameOf = (code: string): string => stations.find((one) => one.code === code)?.name.slice(0, 60) ?? '';
  return {
    drawer: {
      code: drawer.code,
      late: drawer.late.map(({ first, last, ...one }) => ({
        ...one,
        firstNumber: receiptNumberOf(drawer.code, first),
        lastNumber: receiptNumberOf(drawer.code, last),
      })),
      others: drawer.others.map((one) => ({ ...one, stationName: nameOf(one.code) })),
      creditMinor: drawer.creditMinor,
    },
  };
}
