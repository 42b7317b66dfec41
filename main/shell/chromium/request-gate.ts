import { plainAnswer } from '../app-protocol/ranged-answer.ts';
import { appOrigin } from '../app-protocol/security-headers.ts';
import type { AppRequest, AppResponse } from '../desktop-host.ts';
import type { CdpPipe } from './cdp-pipe.ts';

/** `app://praxis` inside Chromium: a secure origin that no resolver knows (RFC 6761 §6.4). */
export const browserOrigin = 'https://praxis.app.invalid';

/** A body over this is refused: base64 in one CDP message, and 75 MB would end the pipe. */
const maxBodyBytes = 32 * 1024 * 1024;

type PausedRequest = {
  requestId: string;
  frameId: string;
  resourceType: string;
  request: { url: string; method: string; headers: Record<string, string> };
};

type Gate = {
  cdp: CdpPipe;
  /** The window whose main frame this is, if it is one. */
  windowOfFrame(frameId: string): number | undefined;
  handler(): ((request: AppRequest) => Promise<AppResponse>) | undefined;
  log(line: string): void;
};

const collect = async (body: AppResponse['body']): Promise<Buffer | undefined> => {
  if (body === null) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return body.length > maxBodyBytes ? undefined : Buffer.from(body);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/**
 * Stands before every request of every page and worker of the browser: the app's origin is answered by the one handler,
 * all else is refused. A page that wants to go elsewhere gets 204, on which a browser stays where it is (RFC 9110 §15.3.5).
 */
export const openRequestGate = async (gate: Gate): Promise<void> => {
  const { cdp } = gate;

  const fulfill = async (requestId: string, answer: AppResponse): Promise<void> => {
    let body = await collect(answer.body);
    let { status, headers } = answer;
    if (body === undefined) {
      gate.log('shell: an answer was over 32 MB and was refused; ask by ranges');
      ({ status, headers } = plainAnswer(500));
      body = Buffer.alloc(0);
    }
    const responseHeaders = Object.entries(headers).map(([name, value]) => ({ name, value }));
    await cdp.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: status,
      responseHeaders,
      body: body.toString('base64'),
    });
  };

  const answerApp = async (paused: PausedRequest, url: URL): Promise<AppResponse> => {
    const { method } = paused.request;
    if (method !== 'GET' && method !== 'HEAD') return plainAnswer(405, { allow: 'GET, HEAD' });
    const handler = gate.handler();
    if (handler === undefined) return plainAnswer(503);
    const headers = new Headers(paused.request.headers);
    const appUrl = new URL(`${appOrigin}${url.pathname}${url.search}`);
    return await handler({ url: appUrl, method, headers, windowId: gate.windowOfFrame(paused.frameId) });
  };

  const decide = async (paused: PausedRequest): Promise<void> => {
    const url = new URL(paused.request.url);
    if (url.origin === browserOrigin) return await fulfill(paused.requestId, await answerApp(paused, url));
    const leaves = paused.resourceType === 'Document' && gate.windowOfFrame(paused.frameId) !== undefined;
    if (leaves) return await fulfill(paused.requestId, { status: 204, headers: {}, body: null });
    await cdp.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'BlockedByClient' });
  };

  cdp.onEvent((event) => {
    if (event.method !== 'Fetch.requestPaused') return;
    const paused = event.params as PausedRequest;
    decide(paused).catch(() => {
      // The request or its window has gone, or the handler failed: nobody waits, or the page sees a failed load.
      cdp.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' }).catch(() => undefined);
    });
  });
  await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
};
