/** Pages of a PDF that we made: pdfkit writes its page tree plainly (ISO 32000-1 §7.7.3). Throws for bytes that are none. */
export function countPages(bytes: Uint8Array): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const count = /\/Type \/Pages\b[^>]*?\/Count (\d+)/.exec(text)?.[1];
  if (count === undefined) throw new Error('No page tree');
  return Number(count);
}
