import { localTime } from '../kernel/time.ts';
import { formatInstant } from './day-and-time.ts';
import {
  footerOf,
  heading,
  letterhead,
  MUTED,
  pairs,
  PAPER,
  patientName,
  patientPairs,
  statusBanner,
} from './frame.ts';
import { isolate } from './isolate.ts';
import type { Labels } from './labels/labels.ts';
import type { DocumentDefinition, DocumentNode, Span, TextNode } from './layout/definition.ts';
import { paragraphs } from './paragraphs.ts';
import type { ReportData, ReportSegment } from './report-schema.ts';

/** The imaging report on A4. Times stand on the location's clock with its zone; sections without text are left out. */
export function reportDocument(data: ReportData, labels: Labels): DocumentDefinition {
  const { site, head, sections } = data;
  const paper = PAPER.A4;
  return {
    pageSize: 'A4',
    pageMargins: paper.margins,
    fontSize: paper.fontSize,
    content: [
      ...letterhead(
        site,
        labels.report,
        [`${labels.documentNumber} ${isolate(head.number)}`, labels[head.status]],
        paper.textWidth,
      ),
      ...statusBanner(head.status, labels),
      patientName(data.patient),
      studyBlock(data, labels),
      { ruleWidth: paper.textWidth, margin: [0, 6, 0, 0] },
      ...section(labels.clinicalQuestion, 'clinical question', sections.clinicalQuestion),
      ...section(labels.technique, 'technique', sections.technique),
      ...section(labels.findings, 'findings', sections.findings),
      ...section(labels.impression, 'impression', sections.impression),
      ...measurementTable(data, labels),
      ...imageRows(data, labels),
      signature(data, labels),
      ...data.addenda.map((addendum) => addendumBlock(addendum, site.timeZone, labels)),
    ],
    footer: footerOf(head, site, labels, PAPER.A4.margins, `${labels.recordNumber} ${data.patient.recordNumber}`),
  };
}

function studyBlock(data: ReportData, labels: Labels): DocumentNode {
  const { study, site } = data;
  const studyDay = localTime(study.startedAtUtc, site.timeZone).day;
  return pairs(
    [
      ...patientPairs(data.patient, labels, studyDay),
      [labels.referringPractitioner, data.referringPractitioner ?? labels.notKnown],
      [labels.study, study.description],
      [labels.modality, study.modality],
      [labels.studyDate, formatInstant(study.startedAtUtc, site.timeZone, labels)],
      [labels.accessionNumber, study.accessionNumber],
      [labels.reportingPractitioner, data.reportingPractitioner.name],
    ],
    'patient and study',
  );
}

function section(title: string, block: string, segments: readonly ReportSegment[]): DocumentNode[] {
  const lines = segmentLines(segments);
  if (lines.length === 0) return [];
  const [first, ...rest] = paragraphs(lines);
  const opening: DocumentNode = { stack: [heading(title), ...(first ? [first] : [])], unbreakable: true, block };
  return [opening, { stack: rest, block }];
}

/** Segments to lines of spans; empty lines go, a measurement stays whole: its value bold, series and image beside it. */
function segmentLines(segments: readonly ReportSegment[]): (string | Span)[][] {
  const lines: (string | Span)[][] = [[]];
  for (const segment of segments) {
    if (segment.kind === 'measurement') {
      lines
        .at(-1)
        ?.push(
          { text: isolate(segment.value), bold: true },
          { text: ` (${isolate(`${segment.series}:${segment.image}`)})`, color: MUTED },
        );
      continue;
    }
    segment.text.split(/\r?\n/).forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push(part);
    });
  }
  return lines.filter((line) => line.some((span) => typeof span !== 'string' || span.trim() !== ''));
}

function measurementTable({ measurements }: ReportData, labels: Labels): DocumentNode[] {
  if (measurements.length === 0) return [];
  const titles: TextNode[] = [labels.measurement, labels.value, labels.series, labels.image].map((text, index) => ({
    text,
    bold: true,
    fontSize: 8.5,
    alignment: index === 0 ? 'left' : 'right',
  }));
  const rows = measurements.map((row): TextNode[] => [
    { text: isolate(row.label), alignment: 'left' },
    { text: isolate(row.value), alignment: 'right', bold: true, noWrap: true },
    { text: String(row.series), alignment: 'right' },
    { text: String(row.image), alignment: 'right' },
  ]);
  const table: DocumentNode = {
    layout: 'rows',
    table: { widths: ['*', 120, 60, 60], headerRows: 1, dontBreakRows: true, body: [titles, ...rows] },
  };
  return [
    { stack: [heading(labels.measurements), table], block: 'measurements', unbreakable: measurements.length < 12 },
  ];
}

/** Chosen images, two in a row, a caption under each. */
function imageRows({ images }: ReportData, labels: Labels): DocumentNode[] {
  const cells = images.map(
    ({ bytes, caption }): DocumentNode => ({
      width: '*',
      stack: [
        { image: bytes, fit: [242, 170], alignment: 'center' },
        { text: caption, color: MUTED, fontSize: 8, margin: [0, 2, 0, 6], alignment: 'center' },
      ],
    }),
  );
  const rows: DocumentNode[] = [];
  for (let index = 0; index < cells.length; index += 2) {
    const pair = cells.slice(index, index + 2);
    const columns: DocumentNode[] = pair.length === 2 ? pair : [...pair, { text: '', width: '*' }];
    const row: DocumentNode = { columns, columnGap: 15 };
    const title: DocumentNode[] = index === 0 ? [{ ...heading(labels.images), margin: [0, 9, 0, 4] }] : [];
    rows.push({ stack: [...title, row], unbreakable: true, block: 'images' });
  }
  return rows;
}

function signature(data: ReportData, labels: Labels): DocumentNode {
  const { name, credentials } = data.reportingPractitioner;
  const when: TextNode =
    data.finalizedAtUtc === undefined
      ? { text: labels.notFinalized, color: MUTED }
      : {
          text: `${labels.finalizedAt} ${formatInstant(data.finalizedAtUtc, data.site.timeZone, labels)}`,
          color: MUTED,
        };
  const role: TextNode = {
    text: data.finalizedAtUtc === undefined ? labels.reportingPractitioner : labels.finalizedBy,
    color: MUTED,
  };
  const title: TextNode[] = credentials === '' ? [] : [{ text: isolate(credentials) }];
  return {
    block: 'signature',
    unbreakable: true,
    margin: [0, 16, 0, 0],
    stack: [role, { text: isolate(name), bold: true, fontSize: 11 }, ...title, when],
  };
}

function addendumBlock(addendum: ReportData['addenda'][number], timeZone: string, labels: Labels): DocumentNode {
  const { name, credentials } = addendum.author;
  const by = [
    isolate(name),
    ...(credentials === '' ? [] : [isolate(credentials)]),
    formatInstant(addendum.writtenAtUtc, timeZone, labels),
  ];
  const lines = segmentLines([{ kind: 'text', text: addendum.text }]);
  const [first, ...rest] = paragraphs(lines);
  const opening: DocumentNode = {
    unbreakable: true,
    stack: [
      { ...heading(labels.addendum), margin: [0, 14, 0, 0] },
      { text: by.join(' · '), color: MUTED, margin: [0, 0, 0, 2], direction: 'ltr', alignment: 'left' },
      ...(first ? [first] : []),
    ],
  };
  return { stack: [opening, ...rest], block: 'addendum' };
}
