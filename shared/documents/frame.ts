import { isolate } from './isolate.ts';
import { formatAge, formatDay, formatInstant } from './day-and-time.ts';
import type { Labels } from './labels/labels.ts';
import type { DocumentDefinition, DocumentNode, Margin, TextNode } from './layout/definition.ts';
import type { DocumentHead, DocumentPatient, Site } from './parts.ts';

export const MUTED = '#556462';
export const ACCENT = '#0b6b70';
export const WARNING = '#a3241f';

/** Room on paper, in points: text width is the page less its side margins. */
export const PAPER = {
  A4: { margins: [48, 40, 48, 52] as Margin, textWidth: 499, textHeight: 750, fontSize: 9.5 },
  A5: { margins: [32, 28, 32, 44] as Margin, textWidth: 356, textHeight: 523, fontSize: 8.5 },
} as const;

/** The clinic's head: logo, organization, location, address, phone; the document's name, number and date on the right. */
export function letterhead(
  site: Site,
  title: string,
  rightLines: readonly string[],
  textWidth: number,
): DocumentNode[] {
  const address = [...site.addressLines.map(isolate), site.phone].filter((line) => line !== '');
  const left: DocumentNode = {
    width: '*',
    stack: [
      { text: isolate(site.organizationName), bold: true, fontSize: 13, color: ACCENT },
      ...(site.locationName === site.organizationName
        ? []
        : [{ text: isolate(site.locationName), bold: true } as TextNode]),
      { text: address.join('\n'), color: MUTED, fontSize: 8.5 },
    ],
  };
  const right: DocumentNode = {
    width: 'auto',
    stack: [
      { text: title, bold: true, fontSize: 14, alignment: 'right' },
      ...rightLines.map((text): TextNode => ({ text, alignment: 'right', color: MUTED })),
    ],
  };
  const logo: DocumentNode[] = site.logo ? [{ image: site.logo, fit: [64, 48], width: 64, block: 'logo' }] : [];
  return [
    { columns: [...logo, left, right], columnGap: 12, block: 'letterhead' },
    { ruleWidth: textWidth, ruleColor: ACCENT, margin: [0, 6, 0, 8] },
  ];
}

/** Label and value pairs in two columns, read down the left first. A value stays on the left side whatever its script. */
export function pairs(
  entries: readonly (readonly [label: string, value: string])[],
  block: string,
  labelWidth = 104,
): DocumentNode {
  const half = Math.ceil(entries.length / 2);
  const column = (part: typeof entries): DocumentNode => ({
    width: '*',
    layout: 'plain',
    table: {
      widths: [labelWidth, '*'],
      body: part.map(([label, value]) => [
        { text: label, color: MUTED },
        { text: isolate(value), alignment: 'left' },
      ]),
    },
  });
  return { columns: [column(entries.slice(0, half)), column(entries.slice(half))], columnGap: 14, block };
}

/** The patient as on the banner: both names, sex, birth date, age on a day, record number. */
export function patientPairs(patient: DocumentPatient, labels: Labels, ageOnDay?: string): [string, string][] {
  const sex = { male: labels.male, female: labels.female, other: labels.otherSex, unknown: labels.unknownSex }[
    patient.sex
  ];
  const born = patient.birthDate ? formatDay(patient.birthDate, labels) : labels.notKnown;
  return [
    [labels.recordNumber, patient.recordNumber],
    [labels.sex, sex],
    [labels.birthDate, born],
    ...(ageOnDay === undefined
      ? []
      : [
          [labels.ageAtStudy, patient.birthDate ? formatAge(patient.birthDate, ageOnDay, labels) : labels.notKnown] as [
            string,
            string,
          ],
        ]),
  ];
}

/** The patient's name, large: as written, and in Latin letters beneath. */
export function patientName(patient: DocumentPatient): DocumentNode {
  const latin: TextNode[] = patient.latinName ? [{ text: isolate(patient.latinName), color: MUTED, fontSize: 10 }] : [];
  return {
    block: 'patient',
    stack: [{ text: isolate(patient.officialName), bold: true, fontSize: 12 }, ...latin],
    margin: [0, 0, 0, 3],
  };
}

/** A line over the document where it is not the valid, final one. */
export function statusBanner(status: DocumentHead['status'], labels: Labels): DocumentNode[] {
  if (status !== 'preliminary' && status !== 'voided') return [];
  const text = status === 'voided' ? labels.voidedNote : labels.preliminaryNote;
  return [{ text, bold: true, color: WARNING, fontSize: 11, margin: [0, 0, 0, 6] }];
}

export function heading(text: string): TextNode {
  return { text, bold: true, color: ACCENT, fontSize: 10.5, margin: [0, 9, 0, 2] };
}

/** Foot of each page: whose paper, document number and status, page x of y. */
export function footerOf(
  head: DocumentHead,
  site: Site,
  labels: Labels,
  [left, , right]: Margin,
  subject = '',
): NonNullable<DocumentDefinition['footer']> {
  const made = formatInstant(head.createdAtUtc, site.timeZone, labels);
  const parts = [
    `${labels.documentNumber} ${isolate(head.number)}`,
    labels[head.status],
    made,
    ...(subject ? [isolate(subject)] : []),
  ];
  return (page, pages) => ({
    margin: [left, 12, right, 0],
    fontSize: 7.5,
    color: MUTED,
    columns: [
      { text: parts.join(' · '), width: '*', direction: 'ltr', alignment: 'left' },
      { text: `${labels.page} ${page} ${labels.of} ${pages}`, width: 'auto', alignment: 'right', noWrap: true },
    ],
    columnGap: 10,
  });
}
