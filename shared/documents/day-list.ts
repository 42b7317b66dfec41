import { z } from 'zod';
import { daySchema, instantSchema } from '../kernel/time.ts';
import { appointmentTable, listedAppointmentSchema } from './appointment-table.ts';
import { formatInstant, formatWeekday, zoneNames } from './day-and-time.ts';
import { footerOf, letterhead, MUTED, PAPER } from './frame.ts';
import { isolate } from './isolate.ts';
import type { Labels } from './labels/labels.ts';
import type { DocumentDefinition } from './layout/definition.ts';
import { documentHeadSchema, personNameSchema, siteSchema } from './parts.ts';

/** One practitioner's day, in order of time. */
export const dayListSchema = z.object({
  site: siteSchema,
  head: documentHeadSchema,
  day: daySchema,
  practitionerName: personNameSchema,
  appointments: z.array(listedAppointmentSchema).max(500),
  knownAtUtc: instantSchema,
});
export type DayListData = z.infer<typeof dayListSchema>;

/** The day list on A4: one row an appointment, times on the location's clock. */
export function dayListDocument(data: DayListData, labels: Labels): DocumentDefinition {
  const { site } = data;
  const zone = zoneNames([data.day], site.timeZone);
  return {
    pageSize: 'A4',
    pageMargins: PAPER.A4.margins,
    fontSize: 9,
    content: [
      ...letterhead(
        site,
        labels.dayList,
        [
          formatWeekday(data.day, labels),
          `${labels.zoneNote} ${zone}`,
          `${labels.printedAt} ${formatInstant(data.knownAtUtc, site.timeZone, labels)}`,
        ],
        PAPER.A4.textWidth,
      ),
      appointmentTable(
        `${isolate(data.practitionerName)} · ${formatWeekday(data.day, labels)}`,
        data.appointments,
        site.timeZone,
        labels,
        false,
      ),
      { text: labels.confidential, color: MUTED, fontSize: 8, margin: [0, 8, 0, 0] },
    ],
    footer: footerOf(data.head, site, labels, PAPER.A4.margins),
  };
}
