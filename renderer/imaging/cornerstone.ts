import * as core from '@cornerstonejs/core';
import * as loader from '@cornerstonejs/dicom-image-loader';
import { utilities as metadataUtilities } from '@cornerstonejs/metadata';
import { fetchObject, ObjectProblem } from './fetch-object.ts';
import { objectUrlOf } from './image-id.ts';
import { checkDecoded, openWindow } from './decoded-image.ts';
import { createAhead } from './load-ahead.ts';

/** Renderers that paint with the processor: Cornerstone's own CPU path is several times quicker there. */
const softwareRenderer = /swiftshader|llvmpipe|softpipe|microsoft basic render/i;

function shouldUseCpu(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return true;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return softwareRenderer.test(name);
}

export type Cornerstone = {
  core: typeof core;
  engine: core.RenderingEngine;
  isCpu: boolean;
};

const MAX_PIXEL_CACHE_BYTES = 1_000_000_000;
const MAX_AHEAD_BYTES = 200_000_000;
const arrived = new Map<string, Promise<void>>();
let started: Cornerstone | undefined;
let waitedFor = 0;

/** What will probably be opened next. */
export const ahead = createAhead({ isBusy: () => waitedFor > 0, maxBytes: MAX_AHEAD_BYTES });

/** The object is fetched and parsed once, however many of its frames are asked for. */
function arrive(imageId: string): Promise<void> {
  const url = objectUrlOf(imageId);
  let coming = arrived.get(url);
  if (!coming) {
    const bytes = ahead.take(url)?.catch(() => fetchObject(url)) ?? fetchObject(url);
    coming = bytes.then(async (part10) => {
      await loader.prefetchPart10Instance(`wadouri:${url}`, part10);
      // Given here, or the loader would fetch the object a second time by itself.
      await loader.wadouri.dataSetCacheManager.load(url, () => Promise.resolve(part10), imageId);
    });
    arrived.set(url, coming);
    coming.catch(() => arrived.delete(url));
  }
  return coming;
}

function loadObjectImage(imageId: string, options: Record<string, unknown> = {}) {
  const promise = arrive(imageId).then(() => loader.wadouri.loadImage(imageId, options).promise);
  return { promise, cancelFn: undefined };
}

/** Starts Cornerstone once per window, outside React; every later call answers the same. */
export function startCornerstone(): Cornerstone {
  if (started) return started;
  const isCpu = shouldUseCpu();
  core.init({ rendering: { useCPURendering: isCpu } } as Parameters<typeof core.init>[0]);
  core.setUseCPURendering(isCpu);
  loader.init({ maxWebWorkers: Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1)) });
  // Ours in place of the loader's own fetch, which does not join ranges.
  core.imageLoader.registerImageLoader('wadouri', loadObjectImage as unknown as core.Types.ImageLoaderFn);
  core.cache.setMaxCacheSize(MAX_PIXEL_CACHE_BYTES);
  started = { core, engine: new core.RenderingEngine('reading'), isCpu };
  return started;
}

/** Loads and decodes one picture into the cache, in the form that this renderer draws. Rejects with `ObjectProblem`. */
export async function loadImage(imageId: string): Promise<core.Types.IImage> {
  const { isCpu } = startCornerstone();
  waitedFor += 1;
  try {
    // Before Cornerstone hears of it: of a load that fails, its cache leaves a rejection that nobody handles.
    await arrive(imageId);
    // The options must be those of the viewport: the cache keeps one form per picture, whoever asked first.
    const image = await core.imageLoader.loadAndCacheImage(imageId, { useRGBA: isCpu } as never);
    checkDecoded(image);
    openWindow(image);
    return image;
  } catch (error) {
    throw error instanceof ObjectProblem ? error : new ObjectProblem('failed');
  } finally {
    waitedFor -= 1;
  }
}

/** Drops all pictures and parsed objects: another patient's study is opened, or the screen is left. */
export function forgetImages(): void {
  if (!started) return;
  core.cache.purgeCache();
  loader.wadouri.dataSetCacheManager.purge();
  metadataUtilities.clearCacheData();
  arrived.clear();
}
