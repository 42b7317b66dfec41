import { bidi, ElementWriter, type FontkitFont, LineClass } from './vendor.ts';

/** One word of a broken line as pdfmake measured it (its "inline"). `font` is pdfkit's, with fontkit's inside. */
export type Piece = {
  text: string;
  width: number;
  x: number;
  trailingCut: number;
  bidiLevel?: number;
  runIndex?: number;
  levelBefore?: number;
  font: { font: FontkitFont };
};
type Line = { inlines: Piece[]; leadingCut: number; trailingCut: number; inlineWidths: number };
type AlignLine = (this: unknown, line: Line) => void;

const PATCHED = Symbol.for('praxis.documents.lineOrder');
const MAY_BE_RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * Puts one broken line into visual order: cuts the spaces at its end (UAX 9 L1), reverses by level (L2), mirrors brackets
 * (L4), and turns the letters of a piece round where fontkit would draw them the other way. Returns the same pieces, moved.
 */
export function orderPieces(line: readonly Piece[]): Piece[] {
  trimEnd(line);
  const order = withEdges(line);
  const highest = Math.max(0, ...order.map(levelOf));
  for (let level = highest; level > 0; level--) reverseFrom(order, level);
  const pieces = order.filter((entry) => 'text' in entry);
  let x = 0;
  for (const piece of pieces) {
    piece.text = drawnText(piece);
    piece.x = x;
    x += piece.width;
  }
  return pieces;
}

type Edge = { bidiLevel: number };
const levelOf = (entry: Piece | Edge | undefined): number => entry?.bidiLevel ?? 0;

/** Puts back, without width, the controls that were taken out before layout, as far as L2 needs them. */
function withEdges(line: readonly Piece[]): (Piece | Edge)[] {
  return line.flatMap((piece, index) => {
    const opensRun = index === 0 || line[index - 1]?.runIndex !== piece.runIndex;
    return opensRun && piece.levelBefore !== undefined ? [{ bidiLevel: piece.levelBefore }, piece] : [piece];
  });
}

function trimEnd(pieces: readonly Piece[]): void {
  for (const piece of pieces.toReversed()) {
    piece.width -= piece.trailingCut;
    piece.trailingCut = 0;
    piece.text = piece.text.trimEnd();
    if (piece.text !== '') return;
  }
}

function reverseFrom(pieces: (Piece | Edge)[], level: number): void {
  let from = 0;
  while (from < pieces.length) {
    let to = from;
    while (to < pieces.length && levelOf(pieces[to]) >= level) to++;
    pieces.splice(from, to - from, ...pieces.slice(from, to).reverse());
    from = to + 1;
  }
}

/** fontkit reverses what it takes for Arabic or Hebrew, Arabic-Indic digits among them; so it is asked, not guessed. */
function drawnText(piece: Piece): string {
  const rightToLeft = levelOf(piece) % 2 === 1;
  let characters = Array.from(piece.text);
  if (rightToLeft) characters = characters.map((character) => bidi.getMirroredCharacter(character) ?? character);
  const text = characters.join('');
  const reverses = MAY_BE_RIGHT_TO_LEFT.test(text) && piece.font.font.layout(text).direction === 'rtl';
  return reverses === rightToLeft ? text : characters.reverse().join('');
}

/**
 * Teaches pdfmake's ElementWriter our line order, once per process. Throws where the internal class is not the one that this
 * was written for (pdfmake 0.3.11): better no document than one with its words in a wrong order.
 */
export function installLineOrder(): void {
  const prototype = ElementWriter?.prototype;
  if (!prototype || !hasExpectedShape(prototype)) {
    throw new Error('pdfmake has changed inside: line order can not be installed, pin pdfmake 0.3.11');
  }
  if (prototype[PATCHED as unknown as string] === true) return;
  const alignLine = prototype['alignLine'] as AlignLine;
  const ordered = new WeakSet<Line>();
  const alignOrdered: AlignLine = function (line) {
    if (!ordered.has(line) && needsOrder(line)) {
      ordered.add(line);
      line.inlines = orderPieces(line.inlines);
      line.leadingCut = 0;
      line.trailingCut = 0;
      line.inlineWidths = line.inlines.reduce((sum, piece) => sum + piece.width, 0);
    }
    alignLine.call(this, line);
  };
  prototype['alignLine'] = alignOrdered;
  Object.defineProperty(prototype, PATCHED, { value: true });
}

function needsOrder(line: Line): boolean {
  return line.inlines.some((piece) => levelOf(piece) > 0 || MAY_BE_RIGHT_TO_LEFT.test(piece.text));
}

function hasExpectedShape(prototype: Record<string, unknown>): boolean {
  const { alignLine, addLine } = prototype;
  if (typeof alignLine !== 'function' || alignLine.length !== 1 || typeof addLine !== 'function' || !LineClass)
    return false;
  if (!String(addLine).includes('this.alignLine(line)')) return false;
  const line = new LineClass(100);
  return (
    Array.isArray(line['inlines']) && ['leadingCut', 'trailingCut', 'inlineWidths'].every((key) => line[key] === 0)
  );
}
