import { z } from 'zod';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { DayFigures } from './day-facts.ts';
import { dayFigures } from './day-facts.ts';
import type { DayClose } from './schema.ts';
import { dayCloseSchema } from './schema.ts';

const closeInput = dayCloseSchema.omit({ id: true, stationId: true, closedAtUtc: true, closedBy: true });

/**
 * Signs the day: counted cash against expected, the difference with a note (BILL-6). What the person signs must be what this
 * station holds at that moment: a payment that came in meanwhile is counted first.
 */
export const closeDay = defineCommand<z.infer<typeof closeInput>, { figures: DayFigures | null }>({
  name: 'billing/close-day',
  input: closeInput.extend({ locationId: idSchema }),
  permission: 'billing.close',
  nature: 'record',
  writes: { dayClose: 'all' },
  rules: { none: 'TODO' },
  undo: { none: 'a signed count stands; a later one corrects it' },
  gather: async (reader, input) => ({ figures: await dayFigures(reader, input.locationId, input.day) }),
  decide: (input, { figures }, context) => {
    if (!figures) return fail([violation('BILL-6', 'no-location')]);
    if (input.expectedCashMinor !== figures.expectedCashMinor || input.revenueMinor !== figures.revenueMinor)
      return fail([
        violation('BILL-6', 'figures-changed', { params: { expectedCashMinor: figures.expectedCashMinor } }),
      ]);
    if (input.countedCashMinor !== input.expectedCashMinor && !input.note.trim())
      return fail([violation('BILL-6', 'difference-needs-note', { field: 'note' })]);
    const next: DayClose = {
      ...input,
      id: context.newId(),
      stationId: context.station.id,
      closedAtUtc: context.nowUtc,
      closedBy: context.author.id,
    };
    return ok([{ kind: 'dayClose', id: next.id, next }]);
  },
});
