import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import type { Holding } from '../kernel/reader.ts';
import { scheduleScopes } from '../kernel/scopes.ts';
import { dayBounds, daySchema } from '../kernel/time.ts';
import { defineView } from '../kernel/view.ts';
import { holdsAll, userName } from './bill-facts.ts';
import type { DayFigures } from './day-facts.ts';
import { dayFigures } from './day-facts.ts';
import type { DayClose } from './schema.ts';

export type ClosedBy = { close: DayClose; closedByName: string };
export type BillingDay = Omit<DayFigures, 'closes' | 'lastClose'> & {
  held: Holding;
  /** Counts of this day that were signed, oldest first. */
  closes: ClosedBy[];
  /** The count that this one starts from. */
  lastClose: ClosedBy | null;
};

/** The figures that a cashier signs at the end of a day. */
export const billingDay = defineView<{ locationId: string; day: string }, BillingDay | null>({
  name: 'billing/day',
  params: z.strictObject({ locationId: idSchema, day: daySchema }),
  permission: 'billing.view',
  kinds: ['appointment', 'encounter', 'invoice', 'payment', 'dayClose', 'location', 'organization'],
  read: async (reader, { locationId, day }) => {
    const figures = await dayFigures(reader, locationId, day);
    if (!figures) return null;
    const { fromUtc, toUtc } = dayBounds(day, figures.zone);
    const sinceUtc =
      figures.lastClose && figures.lastClose.closedAtUtc < fromUtc ? figures.lastClose.closedAtUtc : fromUtc;
    const signed = async (close: DayClose): Promise<ClosedBy> => ({
      close,
      closedByName: await userName(reader, close.closedBy),
    });
    const closes: ClosedBy[] = [];
    for (const close of figures.closes) closes.push(await signed(close));
    return {
      ...figures,
      held: await holdsAll(reader, scheduleScopes(locationId, sinceUtc, toUtc)),
      closes,
      lastClose: figures.lastClose ? await signed(figures.lastClose) : null,
    };
  },
});
