/**
 * What a template may say: a small, typed part of pdfmake's document definition, as plain data. Text stands in logical
 * order; fonts, direction and line order are the layout's business. Lengths are PDF points (1/72 inch). There are no list
 * nodes and no justified text: pdfmake puts bullets on the wrong side and tears brackets off in Arabic (see `paragraphs.ts`).
 */

export type TextStyle = { bold?: boolean; color?: string; fontSize?: number };
export type Span = TextStyle & { text: string };
export type Margin = readonly [left: number, top: number, right: number, bottom: number];

type NodeStyle = TextStyle & {
  margin?: Margin;
  alignment?: 'left' | 'right' | 'center';
  /** Name of the part of the document, said when a character in it has no glyph. Inherited by what is inside. */
  block?: string;
  /** Width as a column. */
  width?: number | '*' | 'auto';
  /** As a table cell. */
  colSpan?: number;
  fillColor?: string;
};

export type TextNode = NodeStyle & {
  /** A line feed starts a new paragraph, with its own direction. */
  text: string | readonly (string | Span)[];
  noWrap?: boolean;
  /** Base direction; without it the first strong letter outside isolates decides (UAX 9 P2, P3). */
  direction?: 'ltr' | 'rtl';
  /** Whose shape Han characters take; without it Korean where Hangul stands beside them, else Japanese. */
  han?: HanStyle;
};
export type StackNode = NodeStyle & { stack: readonly DocumentNode[]; unbreakable?: boolean };
export type ColumnsNode = NodeStyle & { columns: readonly DocumentNode[]; columnGap?: number };
export type TableNode = NodeStyle & {
  table: {
    widths: readonly (number | '*' | 'auto')[];
    headerRows?: number;
    dontBreakRows?: boolean;
    body: readonly (readonly DocumentNode[])[];
  };
  layout: TableLayout;
};
/** JPEG or PNG bytes, drawn as large as fits, in their own proportion. */
export type ImageNode = NodeStyle & { image: Uint8Array; fit: readonly [width: number, height: number] };
export type RuleNode = NodeStyle & { ruleWidth: number; ruleColor?: string };

export type DocumentNode = TextNode | StackNode | ColumnsNode | TableNode | ImageNode | RuleNode;

export type HanStyle = 'japanese' | 'korean';
/** `rows`: a hairline under each row; `grid`: lines all round; `plain`: no lines, close rows. */
export type TableLayout = 'rows' | 'grid' | 'plain';

export type DocumentDefinition = {
  pageSize: 'A4' | 'A5';
  pageOrientation?: 'portrait' | 'landscape';
  pageMargins: Margin;
  fontSize: number;
  content: readonly DocumentNode[];
  header?: (page: number, pages: number) => DocumentNode;
  footer?: (page: number, pages: number) => DocumentNode;
};
