import { billLines, billTotals } from './bill.ts';
import type { InvoiceData } from './bill-schema.ts';
import { formatDay, formatInstant } from './day-and-time.ts';
import { footerOf, letterhead, pairs, PAPER, patientName, patientPairs, statusBanner } from './frame.ts';
import { isolate } from './isolate.ts';
import type { Labels } from './labels/labels.ts';
import type { DocumentDefinition } from './layout/definition.ts';

/** An invoice on A4, numbered from the station's own series. The figures were checked by `invoiceSchema`. */
export function invoiceDocument(data: InvoiceData, labels: Labels): DocumentDefinition {
  const { site, head } = data;
  const paper = PAPER.A4;
  const taxNumber = site.taxNumber === undefined ? [] : [`${labels.taxNumber} ${isolate(site.taxNumber)}`];
  return {
    pageSize: 'A4',
    pageMargins: paper.margins,
    fontSize: paper.fontSize,
    content: [
      ...letterhead(
        site,
        labels.invoice,
        [`${labels.documentNumber} ${isolate(head.number)}`, labels[head.status], ...taxNumber],
        paper.textWidth,
      ),
      ...statusBanner(head.status, labels),
      patientName(data.patient),
      pairs(
        [
          ...patientPairs(data.patient, labels),
          [labels.date, formatDay(data.issuedDay, labels)],
          ...(data.dueDay === undefined ? [] : [[labels.dueDate, formatDay(data.dueDay, labels)] as const]),
          ...(data.visitedAtUtc === undefined
            ? []
            : [[labels.visit, formatInstant(data.visitedAtUtc, site.timeZone, labels)] as const]),
          ...(data.payerName === undefined ? [] : [[labels.billTo, data.payerName] as const]),
        ],
        'patient and payer',
      ),
      { text: '', fontSize: 5 },
      billLines(data, labels, false),
      billTotals(data, labels, 320),
    ],
    footer: footerOf(head, site, labels, PAPER.A4.margins, data.patient.recordNumber),
  };
}
