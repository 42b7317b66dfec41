import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import type { Reader } from '../kernel/reader.ts';
import { daySchema } from '../kernel/time.ts';
import { defineView } from '../kernel/view.ts';
import type { Location, Organization } from '../organizations/schema.ts';
import type { Station } from '../stations/schema.ts';
import { userName } from './bill-facts.ts';
import type { CloseFacts } from './close-facts.ts';
import { closeFacts } from './close-facts.ts';
import { byMethod, cashIn } from './drawer-facts.ts';
import type { DayClose } from './schema.ts';

export type ClosedBy = { close: DayClose; closedByName: string };
export type BillingDay = Omit<CloseFacts, 'others'> & {
  day: string;
  currency: string;
  /** What the count will count, by method. */
  byMethod: DayClose['byMethod'];
  /** Cash in less cash given back since the last count. */
  cashMovedMinor: number;
  others: Array<CloseFacts['others'][number] & { stationName: string }>;
  /** Counts of this day at this location that were signed, oldest first. */
  closes: ClosedBy[];
  /** The count that this one starts from; null when this drawer was never counted. */
  lastClose: { closedAtUtc: string; closedByName: string } | null;
};
/** Unknown: the station does not hold the day, or the account of its drawer. */
export type BillingDayView = ({ known: true } & BillingDay) | { known: false };

/** What a cashier counts and signs at the end of a day, at the station that they stand at. */
export const billingDay = defineView<{ locationId: string; day: string }, BillingDayView | null>({
  name: 'billing/day',
  params: z.strictObject({ locationId: idSchema, day: daySchema }),
  permission: 'billing.view',
  kinds: [
    'appointment',
    'encounter',
    'invoice',
    'payment',
    'dayClose',
    'drawer',
    'invoiceBalance',
    'location',
    'organization',
    'station',
  ],
  read: async (reader, { locationId, day }, { nowUtc, stationId }) => {
    const location = await reader.get<Location>('location', locationId);
    const station = await reader.get<Station>('station', stationId);
    const [organization] = await reader.find<Organization>('organization', 'all', { prefix: '' });
    if (!location || !organization) return null;
    if (!station) return { known: false };
    const facts = await closeFacts(reader, { code: station.code, location, day, nowUtc });
    if (!facts.known) return { known: false };
    const stations = await reader.find<Station>('station', 'all', { prefix: '' });
    const nameOf = (code: string): string => stations.find((one) => one.code === code)?.name ?? '';
    const { drawer, others } = facts.value;
    return {
      known: true,
      ...facts.value,
      day,
      currency: organization.currency,
      byMethod: byMethod(drawer.uncounted),
      cashMovedMinor: cashIn(drawer.uncounted),
      others: others.map((one) => ({ ...one, stationName: nameOf(one.code) })),
      closes: await signedOn(reader, locationId, day),
      lastClose: await lastCloseOf(reader, drawer.closeId, drawer.closedAtUtc),
    };
  },
});

async function signedOn(reader: Reader, locationId: string, day: string): Promise<ClosedBy[]> {
  const closes = await reader.find<DayClose>('dayClose', 'byDay', { prefix: `${locationId}/${day}/` });
  const signed: ClosedBy[] = [];
  for (const close of closes) signed.push({ close, closedByName: await userName(reader, close.closedBy) });
  return signed;
}

async function lastCloseOf(
  reader: Reader,
  closeId: string | null,
  closedAtUtc: string | null,
): Promise<BillingDay['lastClose']> {
  if (!closeId || !closedAtUtc) return null;
  // A count of long ago is not here; its account says when it was.
  const close = await reader.get<DayClose>('dayClose', closeId);
  return { closedAtUtc, closedByName: await userName(reader, close?.closedBy ?? null) };
}
