import { z } from 'zod';
import { instantSchema } from '../kernel/time.ts';
import { clockWords } from '../kernel/clock-words.ts';
import { formatDay } from './day-and-time.ts';
import { MUTED, WARNING } from './frame.ts';
import { isolate } from './isolate.ts';
import type { Labels } from './labels/labels.ts';
import type { DocumentNode, TextNode } from './layout/definition.ts';
import { documentPatientSchema, shortTextSchema } from './parts.ts';

/** Three states of knowing (design §4), and a fourth for a station that does not hold the fact: unknown is not empty. */
export const allergiesSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('listed'), items: z.array(shortTextSchema).min(1).max(100) }),
  z.object({ state: z.literal('noneKnown') }),
  z.object({ state: z.literal('notAsked') }),
  z.object({ state: z.literal('unknownHere') }),
]);
export const listedAppointmentSchema = z.object({
  startsAtUtc: instantSchema,
  endsAtUtc: instantSchema,
  patient: documentPatientSchema,
  phone: z.string().max(100),
  service: shortTextSchema,
  roomName: z.string().max(60).optional(),
  note: z.string().max(500).optional(),
  allergies: allergiesSchema,
});
export type ListedAppointment = z.infer<typeof listedAppointmentSchema>;

/**
 * Appointments by time: patient (names, birth date, record number), phone, service and room, allergies; with an empty column to write
 * in if wanted. The title (whose day, which day) is repeated with the header on every page, so that a loose page still says it.
 */
export function appointmentTable(
  title: string,
  appointments: readonly ListedAppointment[],
  timeZone: string,
  labels: Labels,
  withNotesColumn: boolean,
): DocumentNode {
  const columnTitles = [
    labels.time,
    labels.patient,
    labels.phone,
    labels.service,
    labels.allergies,
    ...(withNotesColumn ? [labels.note] : []),
  ];
  const header = columnTitles.map((text): TextNode => ({ text, bold: true, fontSize: 8 }));
  const inOrder = appointments.toSorted((a, b) => a.startsAtUtc.localeCompare(b.startsAtUtc));
  const rows = inOrder.map((appointment): DocumentNode[] => [
    {
      text: `${clockWords(appointment.startsAtUtc, timeZone)}–${clockWords(appointment.endsAtUtc, timeZone)}`,
      noWrap: true,
    },
    patientCell(appointment, labels),
    { text: isolate(wholeNumbers(appointment.phone)), alignment: 'left' },
    serviceCell(appointment),
    allergiesCell(appointment, labels),
    ...(withNotesColumn ? [{ text: '' }] : []),
  ]);
  const titleRow: TextNode[] = [
    {
      text: title,
      bold: true,
      fontSize: 10.5,
      colSpan: header.length,
      alignment: 'left',
      fillColor: '#eef3f2',
      block: 'practitioner',
    },
    ...header.slice(1).map((): TextNode => ({ text: '' })),
  ];
  const empty: TextNode[] = [
    { text: labels.noAppointments, color: MUTED, colSpan: header.length },
    ...titleRow.slice(1),
  ];
  const widths = withNotesColumn ? ([58, '*', 90, 130, 116, 128] as const) : ([58, '*', 84, 82, 82] as const);
  return {
    layout: 'grid',
    block: 'appointments',
    table: {
      widths,
      headerRows: 2,
      dontBreakRows: true,
      body: [titleRow, header, ...(rows.length === 0 ? [empty] : rows)],
    },
  };
}

/** A telephone number is not torn in two: the spaces between its digits become no-break spaces. */
function wholeNumbers(phone: string): string {
  return phone.replace(/(?<=\d) (?=\d)/g, '\u00a0');
}

function patientCell({ patient }: ListedAppointment, labels: Labels): DocumentNode {
  const born = patient.birthDate ? formatDay(patient.birthDate, labels) : labels.notKnown;
  const latin: TextNode[] = patient.latinName ? [{ text: isolate(patient.latinName), alignment: 'left' }] : [];
  return {
    stack: [
      { text: isolate(patient.officialName), bold: true, alignment: 'left' },
      ...latin,
      {
        text: `${isolate(patient.recordNumber)} · ${labels.birthDate} ${born}`,
        color: MUTED,
        fontSize: 8,
        direction: 'ltr',
        alignment: 'left',
      },
    ],
  };
}

function serviceCell(appointment: ListedAppointment): DocumentNode {
  const small = [appointment.roomName, appointment.note].filter(
    (text): text is string => text !== undefined && text !== '',
  );
  return {
    stack: [
      { text: isolate(appointment.service), alignment: 'left' },
      ...small.map((text): TextNode => ({ text: isolate(text), color: MUTED, fontSize: 8, alignment: 'left' })),
    ],
  };
}

function allergiesCell({ allergies }: ListedAppointment, labels: Labels): TextNode {
  switch (allergies.state) {
    case 'listed':
      return {
        text: allergies.items.map(isolate).join(', '),
        bold: true,
        color: WARNING,
        direction: 'ltr',
        alignment: 'left',
      };
    case 'noneKnown':
      return { text: labels.noKnownAllergies };
    case 'notAsked':
      return { text: labels.allergiesNotAsked, color: MUTED };
    case 'unknownHere':
      return { text: labels.allergiesUnknownHere, color: MUTED };
  }
}
