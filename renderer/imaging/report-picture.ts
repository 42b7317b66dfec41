import { PICTURE_BYTES_MAX } from '../../shared/documents/picture-jpeg.ts';
import type { DrawnLine } from './measure-layer.tsx';
import type { EdgeLetters } from './orientation.ts';
import type { StackView } from './stack-view.ts';

/** Long side of a picture in a report, in pixels: two stand side by side on a page. */
const LONG_SIDE_PX = 1_000;
const QUALITY = 0.88;
/** On paper a picture is a fourth as wide: this is 7 points there. */
const FONT_PX = 30;
const MARGIN_PX = 12;

/**
 * What a viewport shows now as a JPEG for the report: the picture with its window and zoom, the lines measured on it, the letters of the
 * patient's sides, and in words what of it is not shown (empty for nothing). Null where nothing is shown or the picture became too large.
 */
export async function reportPicture(
  view: StackView,
  lines: readonly DrawnLine[],
  edges: EdgeLetters | undefined,
  notShown: string,
): Promise<Uint8Array | null> {
  const shown = view.canvas();
  if (shown.width === 0 || shown.height === 0 || shown.clientWidth === 0) return null;
  const scale = Math.min(1, LONG_SIDE_PX / Math.max(shown.clientWidth, shown.clientHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(shown.clientWidth * scale);
  canvas.height = Math.round(shown.clientHeight * scale);
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.fillStyle = 'black';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(shown, 0, 0, canvas.width, canvas.height);
  for (const line of lines) drawLine(context, line, (point) => scaled(view.toCanvas(point), scale));
  if (edges) drawEdges(context, edges, canvas);
  if (notShown !== '') drawNote(context, notShown, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  return blob && blob.size <= PICTURE_BYTES_MAX ? new Uint8Array(await blob.arrayBuffer()) : null;
}

type Point = { x: number; y: number };
const scaled = ({ x, y }: Point, scale: number): Point => ({ x: x * scale, y: y * scale });

/** Dark below, light above: to be read on bone and on air. */
function writeText(context: CanvasRenderingContext2D, text: string, at: Point): void {
  context.font = `600 ${FONT_PX}px sans-serif`;
  context.lineWidth = 6;
  context.lineJoin = 'round';
  context.strokeStyle = 'black';
  context.strokeText(text, at.x, at.y);
  context.fillStyle = 'white';
  context.fillText(text, at.x, at.y);
}

function drawLine(context: CanvasRenderingContext2D, line: DrawnLine, place: (point: Point) => Point): void {
  const [from, to] = [place(line.from), place(line.to)];
  for (const [width, colour] of [
    [7, 'black'],
    [3, 'white'],
  ] as const) {
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  writeText(context, line.label, { x: Math.max(from.x, to.x) + MARGIN_PX, y: (from.y + to.y) / 2 });
}

function drawNote(context: CanvasRenderingContext2D, words: string, height: number): void {
  context.textAlign = 'left';
  context.textBaseline = 'bottom';
  writeText(context, words, { x: MARGIN_PX, y: height - MARGIN_PX });
}

function drawEdges(
  context: CanvasRenderingContext2D,
  edges: EdgeLetters,
  size: { width: number; height: number },
): void {
  const [middleX, middleY] = [size.width / 2, size.height / 2];
  const places = [
    ['left', 'middle', edges.left, { x: MARGIN_PX, y: middleY }],
    ['right', 'middle', edges.right, { x: size.width - MARGIN_PX, y: middleY }],
    ['center', 'top', edges.top, { x: middleX, y: MARGIN_PX }],
    ['center', 'bottom', edges.bottom, { x: middleX, y: size.height - MARGIN_PX }],
  ] as const;
  for (const [align, baseline, letters, at] of places) {
    context.textAlign = align;
    context.textBaseline = baseline;
    writeText(context, letters, at);
  }
}
