import type { ShownInstance, ShownSeries } from '../../shared/imaging/series.ts';
import { imageIdOf } from './image-id.ts';

/** One step of a stack: a frame that is drawn, or an object that is not and says why. */
export type Slice = { instance: ShownInstance; frame: number; frames: number; imageId: string | null };

/** The stack of a series: objects in their order, several frames one after the other; what is not drawn is one step. */
export function slicesOf(series: Pick<ShownSeries, 'instances'>): Slice[] {
  return series.instances.flatMap((instance): Slice[] => {
    if (!instance.verdict.drawable) return [{ instance, frame: 1, frames: 1, imageId: null }];
    const frames = Math.max(1, instance.header?.numberOfFrames ?? 1);
    return Array.from({ length: frames }, (_, at) => ({
      instance,
      frame: at + 1,
      frames,
      imageId: imageIdOf(instance.id, at + 1, frames),
    }));
  });
}

/** Frames per second that a series asks for: from its frame time, else 15; never below 1 or above 60. */
export function framesPerSecond(slice: Slice | undefined): number {
  const frameTimeMs = slice?.instance.header?.frameTimeMs ?? 0;
  return frameTimeMs > 0 ? Math.min(60, Math.max(1, 1000 / frameTimeMs)) : 15;
}

/** How far a drawn picture stands from what the scanner made, for the corner: lossless, lossy, or not said. */
export function isLossy(instance: ShownInstance): boolean {
  const lossySyntaxes = ['1.2.840.10008.1.2.4.50', '1.2.840.10008.1.2.4.51', '1.2.840.10008.1.2.4.81'];
  // JPEG 2000 (….91) may be either: there the header's own word counts.
  return instance.header?.lossyCompressed === true || lossySyntaxes.includes(instance.transferSyntaxUid);
}
