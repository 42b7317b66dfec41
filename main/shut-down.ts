/** What the end of a workstation needs of its parts. */
export type EndingParts = {
  store: { stop: () => Promise<void> };
  door: { stop: () => Promise<void> };
  parser: { close: () => void };
};

/**
 * Ends the processes of a workstation. The store goes on asking the parser until it has filed what it began, so the parser goes
 * last, whatever became of the others: an image whose reader is taken away would be filed as one that nobody can read.
 */
export async function shutDown({ store, door, parser }: EndingParts): Promise<void> {
  await Promise.allSettled([store.stop(), door.stop()]);
  parser.close();
}
