import { z } from 'zod';
import { daySchema, instantSchema } from '../kernel/time.ts';
import { appointmentTable, listedAppointmentSchema } from './appointment-table.ts';
import { formatInstant, formatWeekday, zoneNames } from './day-and-time.ts';
import { ACCENT, footerOf, letterhead, MUTED, WARNING } from './frame.ts';
import { isolate } from './isolate.ts';
import type { Labels } from './labels/labels.ts';
import type { DocumentDefinition, DocumentNode, Margin } from './layout/definition.ts';
import { documentHeadSchema, personNameSchema, siteSchema } from './parts.ts';

const daySectionSchema = z.object({
  day: daySchema,
  practitioners: z
    .array(z.object({ name: personNameSchema, appointments: z.array(listedAppointmentSchema).max(500) }))
    .max(200),
});
/** What a front desk needs when no screen works: today and tomorrow, phones, allergies, and as of when. */
export const downtimePackSchema = z.object({
  site: siteSchema,
  head: documentHeadSchema,
  stationName: z.string().min(1).max(60),
  knownAtUtc: instantSchema,
  today: daySectionSchema,
  tomorrow: daySectionSchema,
});
export type DowntimePackData = z.infer<typeof downtimePackSchema>;

const MARGINS: Margin = [32, 32, 32, 48];
const LANDSCAPE_TEXT_WIDTH = 778;

/** The downtime pack on A4 landscape, one table per day and practitioner, with a column to write in. */
export function downtimePackDocument(data: DowntimePackData, labels: Labels): DocumentDefinition {
  const { site } = data;
  const zone = zoneNames([data.today.day, data.tomorrow.day], site.timeZone);
  const known = `${labels.asOf} ${isolate(data.stationName)}: ${formatInstant(data.knownAtUtc, site.timeZone, labels)}`;
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: MARGINS,
    fontSize: 9,
    content: [
      ...letterhead(site, labels.downtimePack, [known, `${labels.zoneNote} ${zone}`], LANDSCAPE_TEXT_WIDTH),
      { text: labels.confidential, bold: true, color: WARNING },
      ...daySection(labels.today, data.today, site.timeZone, labels),
      ...daySection(labels.tomorrow, data.tomorrow, site.timeZone, labels),
    ],
    footer: footerOf(data.head, site, labels, MARGINS),
  };
}

function daySection(
  title: string,
  section: DowntimePackData['today'],
  timeZone: string,
  labels: Labels,
): DocumentNode[] {
  const heading: DocumentNode = {
    text: `${title}: ${formatWeekday(section.day, labels)}`,
    bold: true,
    fontSize: 13,
    color: ACCENT,
    margin: [0, 10, 0, 2],
  };
  if (section.practitioners.length === 0) return [heading, { text: labels.noAppointments, color: MUTED }];
  return [
    heading,
    ...section.practitioners.map(({ name, appointments }): DocumentNode => {
      const title = `${isolate(name)} · ${formatWeekday(section.day, labels)}`;
      return { stack: [appointmentTable(title, appointments, timeZone, labels, true)], margin: [0, 4, 0, 4] };
    }),
  ];
}
