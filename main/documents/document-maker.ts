import { Worker } from 'node:worker_threads';
import type { DocumentLanguage } from '../../shared/documents/labels/labels.ts';
import type { FontPaths } from '../../shared/documents/layout/glyphs.ts';
import type { DocumentKind } from '../../shared/documents/templates.ts';
import type { MakeAnswer, MakeRequest, MakeResult } from './document-messages.ts';
import { documentFonts } from './fonts.ts';

export type DocumentMaker = {
  /**
   * Makes one document as PDF, with the SHA-256 (hex) of its bytes. Requests queue: one is laid out at a time. After `timeLimitMs`
   * the thread is ended and the answer is `timed_out`; the next request gets a fresh thread. Never rejects.
   */
  make(kind: DocumentKind, data: unknown, lang: DocumentLanguage): Promise<MakeResult>;
  /** Ends the thread; what waits is answered `closed`. */
  close(): Promise<void>;
};
export type DocumentMakerOptions = { fonts?: FontPaths; timeLimitMs?: number; workerUrl?: URL };

const TIME_LIMIT_MS = 30_000;
const MAX_HEAP_MB = 768;

/** The workstation's and the server's way to a PDF: a thread of its own, started when the first document is asked for. */
export function createDocumentMaker(options: DocumentMakerOptions = {}): DocumentMaker {
  const timeLimitMs = options.timeLimitMs ?? TIME_LIMIT_MS;
  const workerUrl = options.workerUrl ?? besideThisFile();
  let worker: Worker | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let closed = false;
  let closeRunning: (() => void) | undefined;
  let requestId = 0;

  const start = (): Worker => {
    const fresh = new Worker(workerUrl, {
      workerData: { fonts: options.fonts ?? documentFonts() },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    // An error that nobody waits for must not end the process; whoever waits hears it in `ask`.
    fresh.on('error', () => undefined);
    fresh.unref();
    return fresh;
  };

  const end = async (): Promise<void> => {
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };

  const run = async (request: MakeRequest): Promise<MakeResult> => {
    if (closed) return { ok: false, code: 'closed' };
    worker ??= start();
    const { answer, stop } = ask(worker, request, timeLimitMs);
    closeRunning = () => stop('closed');
    const result = await answer;
    closeRunning = undefined;
    if (!result.ok && (result.code === 'timed_out' || result.code === 'failed')) await end();
    return result;
  };

  return {
    make(kind, data, lang) {
      const request: MakeRequest = { requestId: ++requestId, kind, data, lang };
      const answer = queue.then(() => run(request)).catch((): MakeResult => ({ ok: false, code: 'failed' }));
      queue = answer;
      return answer;
    },
    async close() {
      closed = true;
      closeRunning?.();
      await end();
    },
  };
}

type StopCode = 'timed_out' | 'closed' | 'failed';

/** Sends one request and settles exactly once: the answer, the thread's death, the time limit, or a stop from outside. */
function ask(
  worker: Worker,
  request: MakeRequest,
  timeLimitMs: number,
): { answer: Promise<MakeResult>; stop: (code: StopCode) => void } {
  const { promise, resolve } = Promise.withResolvers<MakeResult>();
  const stop = (code: StopCode): void => settle({ ok: false, code });
  const onMessage = (message: MakeAnswer): void => {
    if (message.requestId === request.requestId) settle(message.result);
  };
  const onDeath = (): void => stop('failed');
  const timer = setTimeout(() => stop('timed_out'), timeLimitMs);
  const settle = (result: MakeResult): void => {
    clearTimeout(timer);
    worker.off('message', onMessage).off('error', onDeath).off('exit', onDeath);
    resolve(result);
  };
  worker.on('message', onMessage).on('error', onDeath).on('exit', onDeath);
  worker.ref();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  worker.postMessage(request);
  return { answer: promise.finally(() => worker.unref()), stop };
}

/** `.ts` from source, `.js` once built. */
function besideThisFile(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./document-worker.${extension}`, import.meta.url);
}
