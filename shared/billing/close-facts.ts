/** What a count of a drawer rests on: the same for the law, the screen and the view of the day. */
import type { Known, Reader } from '../kernel/reader.ts';
import { known } from '../kernel/reader.ts';
import type { Location } from '../organizations/schema.ts';
import { openInvoicesAt } from './balance-facts.ts';
import type { DayFigures } from './day-facts.ts';
import { dayFigures } from './day-facts.ts';
import type { DrawerState, OtherDrawer } from './drawer-facts.ts';
import { drawerState, otherDrawers } from './drawer-facts.ts';
import type { DaySum } from './schema.ts';

export type CloseFacts = {
  drawer: DrawerState;
  figures: DayFigures;
  /** Entries of days before the one that is closed. */
  late: DaySum[];
  others: OtherDrawer[];
  /** Credits that stand on the location's invoices. */
  creditMinor: number;
};

/** Where and when a drawer is counted. */
export type Closing = { code: string; location: Pick<Location, 'id' | 'zone'>; day: string; nowUtc: string };

/** Unknown while this station does not hold the drawer's account or the day. */
export async function closeFacts(reader: Reader, { code, location, day, nowUtc }: Closing): Promise<Known<CloseFacts>> {
  const drawer = await drawerState(reader, code, location);
  if (!drawer.known) return drawer;
  const figures = await dayFigures(reader, location, day);
  if (!figures.known) return figures;
  const open = await openInvoicesAt(reader, location.id, nowUtc);
  return known({
    drawer: drawer.value,
    figures: figures.value,
    late: drawer.value.uncounted.filter((one) => one.day < day),
    others: await otherDrawers(reader, location.id, code),
    creditMinor: open.reduce((sum, one) => sum + Math.max(0, -one.balanceMinor), 0),
  });
}
