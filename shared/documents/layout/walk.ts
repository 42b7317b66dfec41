import type { DocumentNode, TextNode } from './definition.ts';
import type { GlyphCoverage, MissingGlyph } from './glyphs.ts';
import { codePointName } from './glyphs.ts';
import { imageDataUrl } from './images.ts';
import { paragraphRuns, splitParagraphs } from './runs.ts';

export type WalkContext = {
  coverage: GlyphCoverage;
  /** Filled as characters without a glyph are met, one entry per code point and block. */
  missing: Map<string, MissingGlyph>;
  /** Filled with the block of each picture that is neither JPEG nor PNG. */
  badImages: Set<string>;
};
type PdfmakeNode = Record<string, unknown>;

/** One of our nodes as pdfmake's: text cut into runs, pictures as data. The input is left as it was. */
export function toPdfmake(node: DocumentNode, context: WalkContext, outerBlock = 'document'): PdfmakeNode {
  const block = node.block ?? outerBlock;
  const inner = (child: DocumentNode): PdfmakeNode => toPdfmake(child, context, block);
  if ('text' in node) return textNode(node, context, block);
  if ('stack' in node) return { ...node, stack: node.stack.map(inner) };
  if ('columns' in node) return { ...node, columns: node.columns.map(inner) };
  if ('table' in node)
    return {
      ...node,
      table: {
        ...node.table,
        widths: [...node.table.widths],
        keepWithHeaderRows: 1,
        body: node.table.body.map((row) => row.map(inner)),
      },
    };
  if ('image' in node) return imageNode(node.image, { ...node, fit: [...node.fit] }, context, block);
  const { ruleWidth, ruleColor, ...rest } = node;
  const line = { type: 'line', x1: 0, y1: 0, x2: ruleWidth, y2: 0, lineWidth: 0.6, lineColor: ruleColor ?? '#b8c4c4' };
  return { ...rest, canvas: [line] };
}

function textNode(node: TextNode, context: WalkContext, block: string): PdfmakeNode {
  const { text, direction, han, ...style } = node;
  const paragraphs = splitParagraphs(text).map((spans) => {
    const result = paragraphRuns(spans, {
      coverage: context.coverage,
      ...(direction && { direction }),
      ...(han && { han }),
    });
    for (const codePoint of result.missing) {
      const name = codePointName(codePoint);
      context.missing.set(`${name} ${block}`, { codePoint: name, block });
    }
    const alignment = style.alignment ?? (result.rightToLeft ? 'right' : undefined);
    return { text: result.runs.length > 0 ? result.runs : ' ', ...(alignment && { alignment }) };
  });
  const [first] = paragraphs;
  return paragraphs.length === 1 ? { ...style, ...first } : { ...style, stack: paragraphs };
}

function imageNode(bytes: Uint8Array, node: PdfmakeNode, context: WalkContext, block: string): PdfmakeNode {
  const url = imageDataUrl(bytes);
  if (url) return { ...node, image: url };
  context.badImages.add(block);
  return { text: ' ' };
}
