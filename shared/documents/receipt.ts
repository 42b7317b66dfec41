import { billLines, billTotals } from './bill.ts';
import type { ReceiptData } from './bill-schema.ts';
import { formatInstant } from './day-and-time.ts';
import { footerOf, letterhead, pairs, PAPER, patientName, statusBanner } from './frame.ts';
import { isolate } from './isolate.ts';
import type { Labels } from './labels/labels.ts';
import type { DocumentDefinition } from './layout/definition.ts';

/** A receipt on A5 or A4: what was bought, how it was paid, change, refunds and what is still due. */
export function receiptDocument(data: ReceiptData, labels: Labels): DocumentDefinition {
  const { site, head } = data;
  const paper = PAPER[data.paper];
  const title = data.isCopy ? `${labels.receipt} (${labels.copy})` : labels.receipt;
  const taxNumber = site.taxNumber === undefined ? [] : [`${labels.taxNumber} ${isolate(site.taxNumber)}`];
  return {
    pageSize: data.paper,
    pageMargins: paper.margins,
    fontSize: paper.fontSize,
    content: [
      ...letterhead(site, title, [`${labels.documentNumber} ${isolate(head.number)}`, ...taxNumber], paper.textWidth),
      ...statusBanner(head.status, labels),
      patientName(data.patient),
      pairs(
        [
          [labels.recordNumber, data.patient.recordNumber],
          [labels.date, formatInstant(data.issuedAtUtc, site.timeZone, labels)],
          ...(data.invoiceNumber === undefined ? [] : [[labels.forInvoice, data.invoiceNumber] as const]),
          ...(data.payerName === undefined ? [] : [[labels.billTo, data.payerName] as const]),
          ...(data.cashierName === undefined ? [] : [[labels.cashier, data.cashierName] as const]),
        ],
        'patient and payer',
        data.paper === 'A5' ? 76 : 104,
      ),
      { text: '', fontSize: 5 },
      billLines(data, labels, data.paper === 'A5'),
      billTotals(data, labels, data.paper === 'A5' ? paper.textWidth : 320),
    ],
    footer: footerOf(head, site, labels, paper.margins, data.patient.recordNumber),
  };
}
