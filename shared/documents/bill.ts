import { formatAmount, formatMoney } from '../kernel/money-format.ts';
import type { BillData } from './bill-schema.ts';
import { formatInstant } from './day-and-time.ts';
import { MUTED } from './frame.ts';
import { isolate } from './isolate.ts';
import type { Labels } from './labels/labels.ts';
import type { DocumentNode, TextNode } from './layout/definition.ts';

/** Lines of an invoice or receipt: description, quantity, price, tax (included or added, named), amount. */
export function billLines(bill: BillData, labels: Labels, compact: boolean): DocumentNode {
  const amount = (minor: number): string => formatAmount(minor, bill.currency, bill.site.locale);
  const number = new Intl.NumberFormat(bill.site.locale, { maximumFractionDigits: 3, numberingSystem: 'latn' });
  const titles = [
    labels.description,
    labels.quantity,
    labels.unitPrice,
    labels.tax,
    `${labels.amount} (${bill.currency})`,
  ];
  const header = titles.map(
    (text, index): TextNode => ({
      text,
      bold: true,
      fontSize: 8,
      alignment: index === 0 || index === 3 ? 'left' : 'right',
    }),
  );
  const rows = bill.lines.map((line): DocumentNode[] => [
    descriptionCell(line),
    right(number.format(line.quantity)),
    right(amount(line.unitPriceMinor)),
    { text: lineTax(line, bill, labels), fontSize: 8, color: MUTED, alignment: 'left' },
    right(amount(line.amountMinor)),
  ]);
  const widths = compact ? (['*', 26, 56, 58, 62] as const) : (['*', 34, 72, 84, 82] as const);
  return {
    layout: 'rows',
    block: 'lines',
    table: { widths, headerRows: 1, dontBreakRows: true, body: [header, ...rows] },
  };
}

function descriptionCell(line: BillData['lines'][number]): DocumentNode {
  const small = [line.patientDescription, line.detail].filter(
    (text): text is string => text !== undefined && text !== '',
  );
  return {
    stack: [
      { text: isolate(line.description), alignment: 'left' },
      ...small.map((text): TextNode => ({ text: isolate(text), color: MUTED, fontSize: 8, alignment: 'left' })),
    ],
  };
}

function lineTax(line: BillData['lines'][number], bill: BillData, labels: Labels): string {
  if (line.taxMode === 'none') return labels.taxFree;
  const mode = line.taxMode === 'inclusive' ? labels.taxIncluded : labels.taxAdded;
  return `${isolate(taxTitle(line.taxName ?? labels.tax, line.taxRatePercent, bill.site.locale))} ${mode}`;
}

/** `PPN 11 %`, with the locale's decimal sign. */
function taxTitle(name: string, ratePercent: string | undefined, locale: string): string {
  if (ratePercent === undefined) return name;
  const rate = new Intl.NumberFormat(locale, { maximumFractionDigits: 4, numberingSystem: 'latn' }).format(
    Number(ratePercent),
  );
  return `${name} ${rate}\u00a0%`;
}

/** From subtotal to balance: discounts, taxes, named rounding, cash rounding, total, payments by method, change, refunds. */
export function billTotals(bill: BillData, labels: Labels, textWidth: number): DocumentNode {
  const { currency, site } = bill;
  const money = (minor: number): string => formatMoney(minor, currency, site.locale);
  const amount = (minor: number): string => formatAmount(minor, currency, site.locale);
  const rule = bill.roundingRule === 'half-up' ? labels.roundingHalfUp : labels.roundingHalfEven;
  const sums: DocumentNode[][] = [
    row(labels.subtotal, amount(bill.subtotalMinor)),
    ...bill.discounts.map((discount) =>
      row(`${labels.discount}: ${isolate(discount.name)}`, amount(discount.amountMinor)),
    ),
    ...bill.taxes.map((tax) => {
      const mode = tax.mode === 'inclusive' ? labels.taxIncluded : labels.taxAdded;
      const title = isolate(taxTitle(tax.name, tax.ratePercent, site.locale));
      return row(
        `${title} ${mode} (${labels.on} ${amount(tax.baseMinor)})`,
        amount(tax.taxMinor),
        tax.mode === 'inclusive',
      );
    }),
    ...(bill.taxes.length === 0 ? [] : [row(`${labels.rounding}: ${rule}`, '', true)]),
    ...(bill.cashRounding
      ? [row(`${labels.cashRounding} ${money(bill.cashRounding.stepMinor)}`, amount(bill.cashRounding.amountMinor))]
      : []),
    strong(labels.total, money(bill.totalMinor), 13),
  ];
  const settlement: DocumentNode[][] = [
    ...bill.payments.flatMap((payment) => paymentRows(payment, bill, labels, amount)),
    ...bill.refunds.flatMap((refund) => [
      row(
        `${labels.refund} ${isolate(refund.number)} · ${labels[refund.method]} · ${formatInstant(refund.refundedAtUtc, site.timeZone, labels)}`,
        amount(refund.amountMinor),
      ),
      row(`${labels.reason}: ${isolate(refund.reason)}`, '', true),
    ]),
    bill.balanceMinor < 0
      ? strong(labels.credit, money(-bill.balanceMinor), 11)
      : strong(labels.balance, money(bill.balanceMinor), 11),
  ];
  return {
    stack: [totalsTable(sums, textWidth), totalsTable(settlement, textWidth)],
    margin: [0, 8, 0, 0],
    block: 'totals',
  };
}

/** A table on the right side of the page that stays on one page, unless it is longer than most. */
function totalsTable(rows: readonly DocumentNode[][], width: number): DocumentNode {
  const table: DocumentNode = {
    width,
    layout: 'plain',
    table: { widths: ['*', 'auto'], dontBreakRows: true, body: rows },
  };
  return { stack: [{ columns: [{ text: '', width: '*' }, table] }], unbreakable: rows.length < 16 };
}

function paymentRows(
  payment: BillData['payments'][number],
  bill: BillData,
  labels: Labels,
  amount: (minor: number) => string,
): DocumentNode[][] {
  const reference = payment.reference === undefined ? '' : ` ${isolate(payment.reference)}`;
  const when = formatInstant(payment.paidAtUtc, bill.site.timeZone, labels);
  const paid = row(`${labels[payment.method]}${reference} · ${when}`, `\u2212${amount(payment.amountMinor)}`);
  if (payment.givenMinor === undefined) return [paid];
  const given = `${labels.given} ${amount(payment.givenMinor)}, ${labels.change} ${amount(payment.changeMinor ?? 0)}`;
  return [paid, row(given, '', true)];
}

const right = (text: string): TextNode => ({ text, alignment: 'right', noWrap: true });

function row(label: string, value: string, muted = false): DocumentNode[] {
  const style = muted ? { color: MUTED, fontSize: 8 } : {};
  return [
    { text: label, direction: 'ltr', alignment: 'left', ...style },
    { ...right(value), ...style },
  ];
}

function strong(label: string, value: string, fontSize: number): DocumentNode[] {
  return [
    { text: label, bold: true, fontSize, margin: [0, 4, 0, 2] },
    { ...right(value), bold: true, fontSize, margin: [0, 4, 0, 2] },
  ];
}
