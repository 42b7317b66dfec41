/** Media type by the file's first bytes (JPEG SOI marker, PNG signature), or undefined for anything else. */
export function imageMediaType(bytes: Uint8Array): 'image/jpeg' | 'image/png' | undefined {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  return undefined;
}

/** The picture as a data URL, so that the layout never opens a path; undefined where it is neither JPEG nor PNG. */
export function imageDataUrl(bytes: Uint8Array): string | undefined {
  const mediaType = imageMediaType(bytes);
  if (!mediaType) return undefined;
  return `data:${mediaType};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
