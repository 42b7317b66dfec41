import type { TableLayout } from './definition.ts';

type TableSize = { table: { body: unknown[]; widths?: unknown[]; headerRows?: number } };
type PdfmakeTableLayout = Record<string, (index: number, node: TableSize) => number | string>;

const INK = '#5b6b6a';
const HAIRLINE = '#cdd6d5';

/** The table looks by name; definitions stay plain data. */
export const TABLE_LAYOUTS: Record<TableLayout, PdfmakeTableLayout> = {
  rows: {
    hLineWidth: (row, node) => (row === 0 ? 0 : row === (node.table.headerRows ?? 0) ? 0.8 : 0.4),
    vLineWidth: () => 0,
    hLineColor: (row, node) => (row === (node.table.headerRows ?? 0) ? INK : HAIRLINE),
    paddingLeft: (column) => (column === 0 ? 0 : 5),
    paddingRight: (column, node) => (column === (node.table.widths?.length ?? 0) - 1 ? 0 : 5),
    paddingTop: () => 2.5,
    paddingBottom: () => 2.5,
  },
  grid: {
    hLineWidth: () => 0.5,
    vLineWidth: () => 0.5,
    hLineColor: () => HAIRLINE,
    vLineColor: () => HAIRLINE,
    paddingLeft: () => 5,
    paddingRight: () => 5,
    paddingTop: () => 3,
    paddingBottom: () => 3,
  },
  plain: {
    hLineWidth: () => 0,
    vLineWidth: () => 0,
    paddingLeft: (column) => (column === 0 ? 0 : 5),
    paddingRight: (column, node) => (column === (node.table.widths?.length ?? 0) - 1 ? 0 : 5),
    paddingTop: () => 1,
    paddingBottom: () => 1,
  },
};
