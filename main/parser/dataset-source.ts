/** A dataset (without preamble and file meta group) that is read in ranges; short at its end, undefined when it cannot be read. */
export type DatasetSource = {
  length: number;
  read(start: number, end: number): Promise<Uint8Array | undefined>;
};

/** Stored objects are encrypted in chunks of so many bytes, each of which is opened whole (`object-cipher.ts`). */
const CHUNK_BYTES = 65_536;

/** The same dataset, where small reads near one another open a chunk once. */
export function buffered(source: DatasetSource): DatasetSource {
  let window: { start: number; bytes: Uint8Array } = { start: 0, bytes: new Uint8Array() };
  return {
    length: source.length,
    async read(start, end) {
      const stop = Math.max(start, Math.min(end, source.length));
      if (stop - start >= CHUNK_BYTES) return source.read(start, stop);
      if (start < window.start || stop > window.start + window.bytes.length) {
        const from = start - (start % CHUNK_BYTES);
        const bytes = await source.read(from, Math.min(source.length, Math.ceil(stop / CHUNK_BYTES) * CHUNK_BYTES));
        if (bytes === undefined) return undefined;
        window = { start: from, bytes };
      }
      return window.bytes.subarray(start - window.start, stop - window.start);
    },
  };
}
