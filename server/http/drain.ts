/** As much as is still read of a body that was refused; a larger one loses its connection instead. */
const MAX_DRAINED_BYTES = 64_000_000;

/**
 * Reads the rest of a refused body away. A sender that is still writing would otherwise lose its connection, and with it the
 * answer that says why.
 */
export async function drain(body: ReadableStream<Uint8Array> | null): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.length;
      if (bytes > MAX_DRAINED_BYTES) return;
    }
  } catch {
    // The sender has gone: nobody waits for the answer.
  }
}
