import type { StackViewport, Types } from '@cornerstonejs/core';
import type { ImagePoint } from '../../shared/imaging/length.ts';
import { loadImage, startCornerstone } from './cornerstone.ts';
import { draggedWindow, fullWindow, rangeOf, windowOf, type WindowLevel } from './window-level.ts';

export type CanvasPoint = { x: number; y: number };
export type StackState = {
  /** The picture on the screen; null before the first. */
  imageId: string | null;
  columns: number;
  rows: number;
  isColour: boolean;
  /** All values of the picture are equal. */
  isFlat: boolean;
  window: WindowLevel | null;
  /** 1 is the whole picture in the tile. */
  zoom: number;
  inverted: boolean;
  /** Grows with each change of what is painted, so that what lies over the picture is placed anew. */
  revision: number;
};

const nothing: StackState = {
  imageId: null,
  columns: 0,
  rows: 0,
  isColour: false,
  isFlat: false,
  window: null,
  zoom: 1,
  inverted: false,
  revision: 0,
};
const dot = (a: readonly number[], b: ArrayLike<number>): number =>
  a.reduce((sum, one, axis) => sum + one * (b[axis] ?? 0), 0);
const minus = (a: readonly number[], b: readonly number[]): number[] => a.map((one, axis) => one - (b[axis] ?? 0));
const asPoint = (values: readonly number[]): Types.Point3 => [values[0] ?? 0, values[1] ?? 0, values[2] ?? 0];

/**
 * One stack of pictures in an element, drawn by Cornerstone3D. Holds what the reader set (window, inversion, zoom) while slices
 * change, which the CPU renderer forgets by itself. Points of the picture are in pixels, (0, 0) its upper left corner.
 */
export function createStackView(id: string, element: HTMLDivElement, onState: (state: StackState) => void) {
  const { core: cornerstone, engine, isCpu } = startCornerstone();
  engine.enableElement({ viewportId: id, type: cornerstone.Enums.ViewportType.STACK, element });
  const viewport = engine.getViewport(id) as StackViewport;
  // A voxel's place is its centre on the GPU and its corner on the CPU.
  const corner = isCpu ? 0 : 0.5;
  let state = nothing;
  let stack: readonly string[] = [];
  let userWindow: WindowLevel | null = null;
  let userInverted = false;
  let userMoved = false;
  let fitZoom = 1;
  let wish = 0;
  let turn = Promise.resolve();
  let image: Types.IImage | undefined;

  const emit = (): void => {
    const range = viewport.getProperties().voiRange;
    state = {
      imageId: image?.imageId ?? null,
      columns: image?.columns ?? 0,
      rows: image?.rows ?? 0,
      isColour: image?.color ?? false,
      isFlat: image !== undefined && image.minPixelValue === image.maxPixelValue,
      window: range ? windowOf(range) : null,
      zoom: image ? viewport.getZoom() / fitZoom : 1,
      inverted: userInverted,
      revision: state.revision + 1,
    };
    onState(state);
  };
  const paint = (): void => {
    if (!image) return;
    const startsInverted = image.imageFrame?.photometricInterpretation === 'MONOCHROME1';
    viewport.setProperties({
      invert: startsInverted !== userInverted,
      ...(userWindow ? { voiRange: rangeOf(userWindow) } : {}),
    });
    viewport.render();
    emit();
  };
  const fit = (): void => {
    viewport.resetCamera();
    fitZoom = viewport.getZoom() || 1;
    userMoved = false;
  };
  const fileWindow = (): WindowLevel | null => {
    const [width, level] = [image?.windowWidth, image?.windowCenter].map((one) => (Array.isArray(one) ? one[0] : one));
    return width === undefined || level === undefined ? null : { width, level };
  };

  const place = async (imageIds: readonly string[], index: number, next: Types.IImage): Promise<void> => {
    const isNewStack = imageIds !== stack;
    if (isNewStack) {
      stack = imageIds;
      userWindow = null;
      userInverted = false;
      await viewport.setStack([...imageIds], index);
    } else await viewport.setImageIdIndex(index);
    const otherSize = next.columns !== image?.columns || next.rows !== image.rows;
    image = next;
    if (isNewStack || otherSize) fit();
    if (!userWindow) {
      const window = fileWindow();
      if (window) viewport.setProperties({ voiRange: rangeOf(window) });
    }
    paint();
  };

  const resizer = new ResizeObserver(() => {
    if (element.clientWidth === 0 || element.clientHeight === 0) return;
    engine.resize(true, true);
    if (!image) return;
    const wasAt = state.zoom;
    const moved = userMoved;
    fit();
    if (moved) viewport.setZoom(fitZoom * wasAt);
    userMoved = moved;
    paint();
  });
  resizer.observe(element);

  const toImage = ({ x, y }: CanvasPoint): ImagePoint => {
    const { origin, spacing, direction } = viewport.getImageData();
    const offset = minus(viewport.canvasToWorld([x, y]), origin);
    return {
      x: dot(offset, Array.from(direction).slice(0, 3)) / (spacing[0] ?? 1) + corner,
      y: dot(offset, Array.from(direction).slice(3, 6)) / (spacing[1] ?? 1) + corner,
    };
  };
  const toCanvas = ({ x, y }: ImagePoint): CanvasPoint => {
    const { origin, spacing, direction } = viewport.getImageData();
    const along = [(x - corner) * (spacing[0] ?? 1), (y - corner) * (spacing[1] ?? 1)] as const;
    const world = origin.map(
      (one, axis) => one + along[0] * (direction[axis] ?? 0) + along[1] * (direction[axis + 3] ?? 0),
    );
    const [cx, cy] = viewport.worldToCanvas(asPoint(world));
    return { x: cx, y: cy };
  };

  return {
    /** Shows one picture of a stack (the same array means the same stack). Resolves false when a later wish came first. */
    show: async (imageIds: readonly string[], index: number): Promise<boolean> => {
      const mine = ++wish;
      const imageId = imageIds[index];
      if (imageId === undefined) return false;
      const next = await loadImage(imageId);
      if (mine !== wish) return false;
      turn = turn.then(() => (mine === wish ? place(imageIds, index, next) : undefined));
      await turn;
      return mine === wish;
    },
    setWindow: (window: WindowLevel | 'auto' | 'file'): void => {
      if (!image) return;
      if (window === 'file') userWindow = fileWindow();
      else if (window === 'auto') {
        const isScaled = image.preScale?.scaled !== false;
        const value = (one: number): number => (isScaled ? one : one * image!.slope + image!.intercept);
        userWindow = image.color
          ? { width: 256, level: 128 }
          : fullWindow(value(image.minPixelValue), value(image.maxPixelValue));
      } else userWindow = window;
      paint();
    },
    dragWindow: (dx: number, dy: number): void => {
      const from = userWindow ?? state.window;
      if (!from) return;
      userWindow = draggedWindow(from, dx, dy);
      paint();
    },
    invert: (): void => {
      userInverted = !userInverted;
      paint();
    },
    zoomBy: (factor: number): void => {
      const zoom = Math.min(40, Math.max(0.2, state.zoom * factor));
      viewport.setZoom(zoom * fitZoom);
      userMoved = true;
      paint();
    },
    panBy: (dx: number, dy: number): void => {
      const { focalPoint, position } = viewport.getCamera();
      if (!focalPoint || !position) return;
      const shift = minus(viewport.canvasToWorld([0, 0]), viewport.canvasToWorld([dx, dy]));
      const moved = (point: Types.Point3): Types.Point3 => asPoint(point.map((one, axis) => one + (shift[axis] ?? 0)));
      viewport.setCamera({ focalPoint: moved(focalPoint), position: moved(position) });
      userMoved = true;
      paint();
    },
    reset: (): void => {
      userWindow = null;
      userInverted = false;
      fit();
      const window = fileWindow();
      if (window) viewport.setProperties({ voiRange: rangeOf(window) });
      paint();
    },
    toImage,
    toCanvas,
    /** What is painted now; its lines and letters are not on it. */
    canvas: (): HTMLCanvasElement => viewport.getCanvas(),
    close: (): void => {
      wish += 1;
      resizer.disconnect();
      engine.disableElement(id);
    },
  };
}
export type StackView = ReturnType<typeof createStackView>;
