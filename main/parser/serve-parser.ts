import { type ParserAnswer, parserJobSchema } from './parser-messages.ts';
import type { DatasetSource } from './dataset-source.ts';
import { readHeader } from './read-header.ts';

/** The line to the process that gives the jobs. */
export type ParserPort = {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
};

/** Opens one stored dataset; undefined when it is missing or damaged. */
export type OpenDataset = (
  objectPath: string,
  key: Uint8Array,
) => Promise<(DatasetSource & { close(): Promise<void> }) | undefined>;

/** Answers jobs until the process ends. A job that breaks is answered `ok: false`; one that hangs is the parent's to end. */
export function serveParser(port: ParserPort, openDataset: OpenDataset): void {
  const answer = async (objectPath: string, key: Uint8Array, syntax: string, jobId: number): Promise<ParserAnswer> => {
    const source = await openDataset(objectPath, key);
    if (source === undefined) return { jobId, ok: false };
    try {
      const header = await readHeader(source, syntax);
      return header === undefined ? { jobId, ok: false } : { jobId, ok: true, header };
    } finally {
      await source.close();
    }
  };
  port.onMessage((message) => {
    const job = parserJobSchema.safeParse(message);
    if (!job.success) return;
    const { jobId, objectPath, keyBase64, transferSyntaxUid } = job.data;
    answer(objectPath, Buffer.from(keyBase64, 'base64'), transferSyntaxUid, jobId).then(
      (result) => port.post(result),
      () => port.post({ jobId, ok: false } satisfies ParserAnswer),
    );
  });
}
