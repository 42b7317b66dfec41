import { Readable } from 'node:stream';
import type { z } from 'zod';
import { contactsAnswerSchema } from '../../shared/sync/station-deeds.ts';
import {
  CONTACT_HEADER,
  commonAnswerSchema,
  commonRequestSchema,
  enrolAnswerSchema,
  enrolRequestSchema,
  errorBodySchema,
  escrowKeyAnswerSchema,
  helloAnswerSchema,
  helloRequestSchema,
  objectsHeldAnswerSchema,
  pullAnswerSchema,
  pullRequestSchema,
  pushAnswerSchema,
  pushRequestSchema,
  readsRequestSchema,
  verifiersAnswerSchema,
} from '../../shared/sync/protocol.ts';

/** The server could not be reached: nothing is known of what it did. */
export class OfflineError extends Error {
  override name = 'OfflineError';
}
/** The server answered, and said no: `code` as in its error body. */
export class ServerRefusedError extends Error {
  override name = 'ServerRefusedError';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(`server refused: ${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

const TIMEOUT_MS = 30_000;

/** Speaks `/sync/v1` (`shared/sync/protocol.ts`); every answer is checked before it is believed. */
export function createServerClient(
  serverUrl: string,
  credential: { stationId: string; secret: string } | null,
  contactToken: () => string | undefined = () => undefined,
) {
  const headers: Record<string, string> = credential
    ? { authorization: `Station ${credential.stationId}.${credential.secret}` }
    : {};
  /** Shows the server that this is the copy it spoke with last (`change-sets.md` §5). */
  const contact = (): Record<string, string> => {
    const token = contactToken();
    return credential && token ? { [CONTACT_HEADER]: token } : {};
  };
  const url = (path: string): string => new URL(`/sync/v1/${path}`, serverUrl).href;

  const ask = async (
    path: string,
    init: RequestInit & { duplex?: 'half' },
    timeoutMs = TIMEOUT_MS,
  ): Promise<Response> => {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url(path), {
      ...init,
      headers: { ...headers, ...contact(), ...(init.headers as Record<string, string> | undefined) },
      signal,
      redirect: 'error',
    }).catch((error: unknown) => {
      throw new OfflineError(error instanceof Error ? error.name : 'unreachable');
    });
    if (response.ok) return response;
    const body = errorBodySchema.safeParse(await response.json().catch(() => null));
    if (response.status >= 500) throw new OfflineError(`status ${response.status}`);
    throw new ServerRefusedError(response.status, body.success ? body.data.error.code : 'unknown');
  };

  const post = async <Q, A>(path: string, request: z.ZodType<Q>, answer: z.ZodType<A>, body: Q): Promise<A> => {
    const text = JSON.stringify(request.parse(body));
    const response = await ask(path, { method: 'POST', body: text, headers: { 'content-type': 'application/json' } });
    const json: unknown = await response.json().catch(() => {
      throw new OfflineError('answer cut off');
    });
    return answer.parse(json);
  };

  return {
    enrol: (body: z.infer<typeof enrolRequestSchema>) => post('enrol', enrolRequestSchema, enrolAnswerSchema, body),
    escrowKey: async () => escrowKeyAnswerSchema.parse(await (await ask('escrow-key', { method: 'GET' })).json()),
    hello: (body: z.infer<typeof helloRequestSchema>) => post('hello', helloRequestSchema, helloAnswerSchema, body),
    push: (body: z.infer<typeof pushRequestSchema>) => post('push', pushRequestSchema, pushAnswerSchema, body),
    common: (body: z.infer<typeof commonRequestSchema>) =>
      post('common', commonRequestSchema, commonAnswerSchema, body),
    pull: (body: z.infer<typeof pullRequestSchema>) => post('pull', pullRequestSchema, pullAnswerSchema, body),
    sendReads: async (body: z.infer<typeof readsRequestSchema>): Promise<void> => {
      await ask('reads', {
        method: 'POST',
        body: JSON.stringify(readsRequestSchema.parse(body)),
        headers: { 'content-type': 'application/json' },
      });
    },
    contacts: async () =>
      contactsAnswerSchema.parse(await (await ask('contacts', { method: 'GET' }, 3000)).json()).contacts,
    verifiers: async () =>
      verifiersAnswerSchema.parse(await (await ask('verifiers', { method: 'GET' })).json()).verifiers,
    objectsHeld: async (sha256: string[]): Promise<string[]> => {
      const body = {
        method: 'POST',
        body: JSON.stringify({ sha256 }),
        headers: { 'content-type': 'application/json' },
      };
      return objectsHeldAnswerSchema.parse(await (await ask('objects/held', body)).json()).held;
    },
    putObject: async (sha256: string, bytes: number, chunks: AsyncIterable<Uint8Array>): Promise<void> => {
      const body = Readable.toWeb(
        Readable.from(chunks, { objectMode: false }),
      ) as unknown as ReadableStream<Uint8Array>;
      const init = {
        method: 'PUT',
        body: body as unknown as NonNullable<RequestInit['body']>,
        duplex: 'half' as const,
        headers: { 'content-length': String(bytes) },
      };
      await ask(`objects/${sha256}`, init, 30 * 60_000);
    },
    getObject: async (sha256: string): Promise<AsyncIterable<Uint8Array>> => {
      const response = await ask(`objects/${sha256}`, { method: 'GET' }, 30 * 60_000);
      if (!response.body) throw new OfflineError('no body');
      return response.body as unknown as AsyncIterable<Uint8Array>;
    },
    /** Server-sent events; yields at every event until the line breaks or `signal` ends it. */
    async *stream(signal: AbortSignal): AsyncGenerator<void> {
      const response = await fetch(url('stream'), { headers, signal, redirect: 'error' }).catch(() => undefined);
      if (!response?.ok || !response.body) throw new OfflineError('no stream');
      const decoder = new TextDecoder();
      let rest = '';
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        rest += decoder.decode(chunk, { stream: true });
        const events = rest.split('\n\n');
        rest = events.pop() ?? '';
        if (events.some((event) => event.includes('data:'))) yield;
      }
    },
  };
}
export type ServerClient = ReturnType<typeof createServerClient>;
