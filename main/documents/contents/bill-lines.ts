import type { Invoice, InvoiceLine } from '../../../shared/billing/schema.ts';
import type { BillData } from '../../../shared/documents/bill-schema.ts';

type Money = Pick<BillData, 'lines' | 'subtotalMinor' | 'discounts' | 'taxes' | 'roundingRule'>;

/** The lines of an invoice as a paper shows them: full price, then the discounts, then the tax per name and rate. */
export function billMoney(invoice: Invoice): Money {
  // An entry that takes an invoice back shows each line as what it really comes to.
  const isVoid = invoice.voidsInvoiceId !== null;
  const lines = invoice.lines.map((line): BillData['lines'][number] => ({
    description: line.name,
    quantity: line.quantity,
    unitPriceMinor: line.unitPriceMinor,
    amountMinor: line.unitPriceMinor * line.quantity - (isVoid ? line.discountMinor : 0),
    taxMode: taxMode(line),
    ...(line.taxBasisPoints > 0 && {
      taxRatePercent: ratePercent(line),
      ...(line.taxName && { taxName: line.taxName }),
    }),
  }));
  return {
    lines,
    subtotalMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0),
    discounts: isVoid
      ? []
      : invoice.lines
          .filter((line) => line.discountMinor > 0)
          .map((line) => ({ name: line.name, amountMinor: -line.discountMinor })),
    taxes: taxesOf(invoice),
    roundingRule: invoice.rounding,
  };
}

const taxMode = (line: InvoiceLine): 'inclusive' | 'exclusive' | 'none' =>
  line.taxBasisPoints === 0 ? 'none' : line.taxInclusive ? 'inclusive' : 'exclusive';

/** Hundredths of a percent as the template reads them: 1100 is `11`, 725 is `7.25`. */
const ratePercent = (line: InvoiceLine): string => String(line.taxBasisPoints / 100);

function taxesOf(invoice: Invoice): BillData['taxes'] {
  const taxed = invoice.lines.filter((line) => line.taxBasisPoints > 0);
  const groups = Map.groupBy(taxed, (line) => `${line.taxName}/${line.taxBasisPoints}/${line.taxInclusive}`);
  return [...groups.values()].flatMap((lines) => {
    const [first] = lines;
    if (!first) return [];
    return [
      {
        name: first.taxName || '%',
        ratePercent: ratePercent(first),
        mode: first.taxInclusive ? ('inclusive' as const) : ('exclusive' as const),
        baseMinor: lines.reduce((sum, line) => sum + line.netMinor, 0),
        taxMinor: lines.reduce((sum, line) => sum + line.taxMinor, 0),
      },
    ];
  });
}
