import { z } from 'zod';
import { formatMoney } from '../kernel/money-format.ts';
import { amountMinorSchema, currencySchema } from '../kernel/money.ts';
import { daySchema, instantSchema } from '../kernel/time.ts';
import { paymentMethodSchema } from './bill-schema.ts';
import { formatInstant, formatWeekday } from './day-and-time.ts';
import { footerOf, heading, letterhead, MUTED, PAPER, statusBanner, WARNING } from './frame.ts';
import { isolate } from './isolate.ts';
import type { Labels } from './labels/labels.ts';
import type { DocumentDefinition, DocumentNode, TextNode } from './layout/definition.ts';
import { documentHeadSchema, personNameSchema, siteSchema } from './parts.ts';

const countSchema = z.int().nonnegative();

const receiptNumberSchema = z.string().max(32);
const lateSchema = z.object({
  day: daySchema,
  method: paymentMethodSchema,
  count: countSchema,
  amountMinor: amountMinorSchema,
  firstNumber: receiptNumberSchema,
  lastNumber: receiptNumberSchema,
});
const otherDrawerSchema = z.object({
  code: z.string().max(10),
  stationName: z.string().max(60),
  count: countSchema,
  cashMinor: amountMinorSchema,
  sinceDay: daySchema,
});

/** A closed day of one station: what was seen, what came in, and the cash that was counted. */
export const dayCloseSchema = z
  .object({
    site: siteSchema,
    head: documentHeadSchema,
    day: daySchema,
    stationName: z.string().min(1).max(60),
    currency: currencySchema,
    appointments: z.object({
      booked: countSchema,
      walkIn: countSchema,
      completed: countSchema,
      noShow: countSchema,
      cancelled: countSchema,
    }),
    revenue: z.object({
      invoicedMinor: amountMinorSchema,
      discountsMinor: amountMinorSchema,
      taxesMinor: amountMinorSchema,
      refundsMinor: amountMinorSchema,
    }),
    payments: z
      .array(z.object({ method: paymentMethodSchema, count: countSchema, amountMinor: amountMinorSchema }))
      .max(20),
    cash: z.object({
      openingFloatMinor: amountMinorSchema,
      expectedMinor: amountMinorSchema,
      countedMinor: amountMinorSchema,
      /** Counted less expected. */
      differenceMinor: amountMinorSchema,
      note: z.string().max(2000),
    }),
    /** The drawer that was counted; what of it was taken on earlier days, and which drawers of the location are still open. */
    drawer: z
      .object({
        code: z.string().max(10),
        late: z.array(lateSchema).max(400),
        others: z.array(otherDrawerSchema).max(100),
        creditMinor: amountMinorSchema,
      })
      .optional(),
    closedByName: personNameSchema,
    closedAtUtc: instantSchema,
  })
  .refine(({ cash }) => cash.countedMinor - cash.expectedMinor === cash.differenceMinor, {
    path: ['cash', 'differenceMinor'],
    message: 'does not add up',
  });
export type DayCloseData = z.infer<typeof dayCloseSchema>;

/** The day close on A4, with room for two signatures. */
export function dayCloseDocument(data: DayCloseData, labels: Labels): DocumentDefinition {
  const { site, head, cash, revenue, appointments } = data;
  const money = (minor: number): string => formatMoney(minor, data.currency, site.locale);
  const paid = data.payments.reduce((sum, payment) => sum + payment.amountMinor, 0);
  const count = data.payments.reduce((sum, payment) => sum + payment.count, 0);
  const differs = cash.differenceMinor !== 0;
  return {
    pageSize: 'A4',
    pageMargins: PAPER.A4.margins,
    fontSize: PAPER.A4.fontSize,
    content: [
      ...letterhead(
        site,
        labels.dayClose,
        [
          formatWeekday(data.day, labels),
          `${labels.station} ${isolate(data.stationName)}`,
          ...(data.drawer ? [`${labels.drawer} ${isolate(data.drawer.code)}`] : []),
          `${labels.documentNumber} ${isolate(head.number)}`,
        ],
        PAPER.A4.textWidth,
      ),
      ...statusBanner(head.status, labels),
      heading(labels.appointments),
      figures([
        [labels.booked, String(appointments.booked)],
        [labels.walkIn, String(appointments.walkIn)],
        [labels.completed, String(appointments.completed)],
        [labels.noShow, String(appointments.noShow)],
        [labels.cancelled, String(appointments.cancelled)],
      ]),
      heading(labels.revenue),
      figures([
        [labels.invoiced, money(revenue.invoicedMinor)],
        [labels.discounts, money(revenue.discountsMinor)],
        [labels.taxes, money(revenue.taxesMinor)],
        [labels.refunds, money(revenue.refundsMinor)],
      ]),
      heading(labels.payments),
      table([
        [labels.method, labels.count, labels.amount],
        ...data.payments.map((payment) => [labels[payment.method], String(payment.count), money(payment.amountMinor)]),
        [labels.total, String(count), money(paid)],
      ]),
      heading(labels.cashCount),
      figures(
        [
          [labels.openingFloat, money(cash.openingFloatMinor)],
          [labels.expectedCash, money(cash.expectedMinor)],
          [labels.countedCash, money(cash.countedMinor)],
          [labels.difference, money(cash.differenceMinor)],
        ],
        differs ? WARNING : undefined,
      ),
      ...(cash.note === ''
        ? []
        : [
            {
              text: [{ text: `${labels.note}: `, color: MUTED }, isolate(cash.note)],
              block: 'note',
              alignment: 'left',
              margin: [0, 4, 0, 0],
            } as TextNode,
          ]),
      ...besideTheCount(data, labels, money),
      signatures(data, labels),
    ],
    footer: footerOf(head, site, labels, PAPER.A4.margins),
  };
}

/** Entries of earlier days that this count counts, drawers that are still open, and what patients have to their credit. */
function besideTheCount(data: DayCloseData, labels: Labels, money: (minor: number) => string): DocumentNode[] {
  const { drawer } = data;
  if (!drawer) return [];
  const { late, others, creditMinor } = drawer;
  const receipts = (one: (typeof late)[number]): string =>
    one.count === 1 ? isolate(one.firstNumber) : `${isolate(one.firstNumber)} \u2013 ${isolate(one.lastNumber)}`;
  return [
    ...(late.length === 0
      ? []
      : [
          heading(labels.lateEntries),
          figures(
            late.map((one) => [
              `${formatWeekday(one.day, labels)} · ${labels[one.method]} · ${receipts(one)} (${one.count})`,
              money(one.amountMinor),
            ]),
          ),
        ]),
    ...(others.length === 0
      ? []
      : [
          heading(labels.openDrawers),
          figures(
            others.map((one) => [
              `${labels.drawer} ${isolate(one.code)} ${isolate(one.stationName)} · ${formatWeekday(one.sinceDay, labels)} (${one.count})`,
              money(one.cashMinor),
            ]),
          ),
        ]),
    ...(creditMinor === 0 ? [] : [figures([[labels.patientCredits, money(creditMinor)]])]),
  ];
}

function figures(rows: readonly (readonly [string, string])[], lastColor?: string): DocumentNode {
  const body = rows.map(([label, value], index): TextNode[] => {
    const last = index === rows.length - 1 && lastColor !== undefined ? { color: lastColor, bold: true } : {};
    return [
      { text: label, ...last },
      { text: value, alignment: 'right', noWrap: true, ...last },
    ];
  });
  return { layout: 'rows', table: { widths: [270, 140], body } };
}

function table(rows: readonly (readonly string[])[]): DocumentNode {
  const body = rows.map((cells, row) =>
    cells.map(
      (text, column): TextNode => ({
        text,
        alignment: column === 0 ? 'left' : 'right',
        bold: row === 0 || row === rows.length - 1,
        noWrap: true,
      }),
    ),
  );
  return { layout: 'rows', table: { widths: [200, 60, 140], headerRows: 1, body } };
}

function signatures(data: DayCloseData, labels: Labels): DocumentNode {
  const when = formatInstant(data.closedAtUtc, data.site.timeZone, labels);
  const place = (title: string, lines: readonly string[]): DocumentNode => ({
    width: '*',
    stack: [
      { text: title, color: MUTED },
      { ruleWidth: 210, margin: [0, 44, 0, 3] },
      ...lines.map((text): TextNode => ({ text, alignment: 'left' })),
    ],
  });
  return {
    block: 'signature',
    unbreakable: true,
    margin: [0, 24, 0, 0],
    stack: [
      {
        columns: [place(labels.closedBy, [isolate(data.closedByName), when]), place(labels.checkedBy, [' '])],
        columnGap: 30,
      },
    ],
  };
}
