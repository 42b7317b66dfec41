import { utilities } from '@cornerstonejs/core';
import { useEffect, useRef } from 'react';
import { loadImage, startCornerstone } from './cornerstone.ts';

/** The middle picture of a series, drawn by the viewer itself once its pixels are here. */
export function SeriesThumbnail({ imageId, sizePx }: { imageId: string | null; sizePx: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    if (imageId === null || !target) return undefined;
    let isCurrent = true;
    const draw = async (): Promise<void> => {
      const { isCpu } = startCornerstone();
      // Loaded in the viewport's own form first: the cache keeps one form per picture.
      await loadImage(imageId);
      if (isCurrent)
        await utilities.loadImageToCanvas({ canvas: target, imageId, useCPURendering: isCpu, thumbnail: true });
      target.style.width = '';
      target.style.height = '';
    };
    // A picture that can't be drawn says why in its viewport; the thumbnail stays dark.
    draw().catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [imageId]);
  return (
    <canvas ref={canvas} width={sizePx} height={sizePx} aria-hidden="true" data-thumbnail={imageId ?? undefined} />
  );
}
