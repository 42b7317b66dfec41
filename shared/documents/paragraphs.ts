import type { DocumentNode, Span, TextNode } from './layout/definition.ts';

const ITEM = /^\s*(\p{Nd}{1,3}[.)]|[-•–*])\s+(?=\S)/u;
const FIRST_STRONG = /[\p{Script=Arabic}\p{Script=Hebrew}]|\p{L}/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * Free text as a person typed it: each line its own paragraph, and lines that begin `1.` or `-` as rows with a hanging number,
 * on the right side where the text is Arabic. (pdfmake's own lists keep the bullet on the left.)
 */
export function paragraphs(lines: readonly (readonly (string | Span)[])[]): DocumentNode[] {
  return lines.map((spans) => {
    const first = spans[0];
    const start = typeof first === 'string' ? first : (first?.text ?? '');
    const marker = ITEM.exec(start)?.[1];
    if (marker === undefined || typeof first !== 'string')
      return { text: spans, margin: [0, 0, 0, 2] } satisfies TextNode;
    return item(marker, [first.replace(ITEM, ''), ...spans.slice(1)]);
  });
}

function item(marker: string, spans: readonly (string | Span)[]): DocumentNode {
  const text = spans.map((span) => (typeof span === 'string' ? span : span.text)).join('');
  const direction = RIGHT_TO_LEFT.test(FIRST_STRONG.exec(text)?.[0] ?? '') ? 'rtl' : 'ltr';
  const label: TextNode = { text: marker, width: 16, direction };
  const body: TextNode = { text: spans, width: '*', direction };
  return { columns: direction === 'rtl' ? [body, label] : [label, body], columnGap: 4, margin: [0, 0, 0, 2] };
}
