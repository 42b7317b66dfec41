import type { Readable, Writable } from 'node:stream';

export type CdpEvent = { method: string; params: Record<string, unknown>; sessionId: string | undefined };

type Waiting = { resolve: (result: unknown) => void; reject: (error: Error) => void };
type Incoming = {
  id?: number;
  result?: unknown;
  error?: { message: string };
  method?: string;
  params?: object;
  sessionId?: string;
};

/**
 * The Chrome DevTools Protocol over two pipes: JSON messages, each ended by a zero byte. `send` rejects with the
 * browser's message, and with `pipe closed` for whatever is open when the browser goes.
 */
export const createCdpPipe = (output: Writable, input: Readable) => {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(event: CdpEvent) => void>();
  let lastId = 0;
  let closed = false;
  let parts: Buffer[] = [];

  const receive = (message: Incoming): void => {
    if (message.id === undefined) {
      const event = { method: message.method ?? '', params: { ...message.params }, sessionId: message.sessionId };
      for (const listener of listeners) listener(event);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) call?.resolve(message.result);
    else call?.reject(new Error(message.error.message));
  };

  const close = (): void => {
    closed = true;
    for (const call of waiting.values()) call.reject(new Error('pipe closed'));
    waiting.clear();
  };

  input.on('data', (chunk: Buffer) => {
    let rest = chunk;
    // Only the new chunk is searched: an 11 MB message arrives in hundreds of pieces.
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const text = Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8');
      parts = [];
      rest = rest.subarray(end + 1);
      receive(JSON.parse(text) as Incoming);
    }
    if (rest.length > 0) parts.push(rest);
  });
  input.on('close', close);
  input.on('error', close);
  output.on('error', close);

  return {
    /** Sends one command to the browser, or to the target behind `sessionId`. */
    send: <Result = unknown>(method: string, params: object = {}, sessionId?: string): Promise<Result> =>
      new Promise<Result>((resolve, reject) => {
        if (closed) return reject(new Error('pipe closed'));
        const id = ++lastId;
        waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
        output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
    /** Hears every event of every target; returns the function that stops hearing. */
    onEvent: (listener: (event: CdpEvent) => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

export type CdpPipe = ReturnType<typeof createCdpPipe>;
