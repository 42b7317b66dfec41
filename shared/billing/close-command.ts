import { z } from 'zod';
import type { RuleContext } from '../kernel/command.ts';
import { changesOf, defineCommand, defineRule } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { amountMinorSchema } from '../kernel/money.ts';
import type { Known, Reader } from '../kernel/reader.ts';
import { fail, ok } from '../kernel/result.ts';
import { addDays, daySchema, localTime } from '../kernel/time.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Location, Organization } from '../organizations/schema.ts';
import type { CloseFacts } from './close-facts.ts';
import { closeFacts } from './close-facts.ts';
import { byMethod } from './drawer-facts.ts';
import type { DayClose } from './schema.ts';
import { dayCloseSchema } from './schema.ts';

/** What the law works out itself is not read from a call, whoever sends it along (as law 1 did). */
const closeInput = z.object({
  locationId: idSchema,
  day: daySchema,
  countedCashMinor: amountMinorSchema.min(0),
  /** What the person was shown: they sign against it. */
  expectedCashMinor: amountMinorSchema,
  note: dayCloseSchema.shape.note,
});
type Close = z.infer<typeof closeInput>;
type Gathered = {
  organization: Organization | undefined;
  location: Location | undefined;
  facts: Known<CloseFacts> | undefined;
};

async function gatherClose(reader: Reader, input: Close, { station, nowUtc }: RuleContext): Promise<Gathered> {
  const location = await reader.get<Location>('location', input.locationId);
  return {
    organization: (await reader.find<Organization>('organization', 'all', { prefix: '' }))[0],
    location,
    facts: location && (await closeFacts(reader, { code: station.code, location, day: input.day, nowUtc })),
  };
}

/**
 * BILL-6, BILL-10: the day is today or, over midnight, yesterday; a difference has a note; what the person was shown is what this
 * station holds at that moment; and a station that does not hold the day does not close it.
 */
const countRule = defineRule<Close, Gathered>({
  gather: (reader, change, context) => gatherClose(reader, change.input, context),
  check: (change, { location, facts }, { nowUtc }) =>
    changesOf<DayClose>(change, 'dayClose').flatMap(({ after }): Violation[] => {
      if (!after || !location || !facts?.known) return [violation('BILL-6', 'ask-server')];
      const today = localTime(nowUtc, location.zone).day;
      if (after.day !== today && after.day !== addDays(today, -1)) return [violation('BILL-6', 'other-day')];
      const { expectedCashMinor } = after;
      const params = { expectedCashMinor: facts.value.drawer.cashMinor, currency: after.currency };
      if (expectedCashMinor !== facts.value.drawer.cashMinor || expectedCashMinor !== change.input.expectedCashMinor)
        return [violation('BILL-6', 'figures-changed', { params })];
      return after.countedCashMinor !== expectedCashMinor && !after.note.trim()
        ? [violation('BILL-6', 'difference-needs-note', { field: 'note' })]
        : [];
    }),
});

/**
 * Counts the drawer of the station that gives it: everything that went through it and that no count has counted, whenever it was
 * taken (BILL-10). All figures but the counted cash are the law's (BILL-6).
 */
export const closeDay = defineCommand<Close, Gathered>({
  name: 'billing/close-day',
  input: closeInput,
  permission: 'billing.close',
  nature: 'record',
  writes: { dayClose: 'all' },
  undo: { none: 'a signed count stands; a later one corrects it' },
  gather: gatherClose,
  decide: (input, { organization, location, facts }, context) => {
    if (!organization || !location) return fail([violation('BILL-6', 'no-location')]);
    if (!facts?.known) return fail([violation('BILL-6', 'ask-server')]);
    const { drawer, figures, late, others, creditMinor } = facts.value;
    const next: DayClose = {
      id: context.newId(),
      locationId: location.id,
      stationId: context.station.id,
      day: input.day,
      closedAtUtc: context.nowUtc,
      closedBy: context.author.id,
      currency: organization.currency,
      openingCashMinor: drawer.openingCashMinor,
      expectedCashMinor: drawer.cashMinor,
      countedCashMinor: input.countedCashMinor,
      byMethod: byMethod(drawer.uncounted),
      revenueMinor: figures.revenueMinor,
      appointments: figures.appointments,
      note: input.note,
      drawer: {
        code: drawer.code,
        afterNumber: drawer.countedThrough,
        throughNumber: drawer.throughNumber,
        late,
        others,
        creditMinor,
      },
    };
    return ok([{ kind: 'dayClose', id: next.id, next }]);
  },
  rules: [countRule],
});
