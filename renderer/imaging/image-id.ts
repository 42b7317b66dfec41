/** `wadouri:/instances/<id>` for a single picture, with `?frame=n` (from 1) for one of several. */
export function imageIdOf(instanceId: string, frame: number, frames: number): string {
  return frames > 1 ? `wadouri:/instances/${instanceId}?frame=${frame}` : `wadouri:/instances/${instanceId}`;
}

/** Where the app origin serves the object of an image id. */
export const objectUrlOf = (imageId: string): string => imageId.slice('wadouri:'.length).split('?')[0] ?? '';
