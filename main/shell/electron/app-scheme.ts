import { protocol, type Session } from 'electron';
import { plainAnswer } from '../app-protocol/ranged-answer.ts';
import { appOrigin } from '../app-protocol/security-headers.ts';
import type { AppRequest, AppResponse } from '../desktop-host.ts';

/** Makes `app:` a standard, secure scheme. Must run before Electron is ready, and once. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        corsEnabled: true,
        codeCache: true,
      },
    },
  ]);
};

type ResponseBody = ConstructorParameters<typeof Response>[0];

const toBody = (body: AppResponse['body']): ResponseBody => {
  if (body === null || body instanceof Uint8Array) return body as ResponseBody;
  return ReadableStream.from(body) as ResponseBody;
};

/**
 * Answers `app://praxis` on one session (handlers are per session) and refuses every other request of it, so that a page
 * reaches nothing but us. Electron does not say which window asked, so `windowId` is undefined here.
 */
export const serveAppScheme = (
  session: Session,
  handler: () => ((request: AppRequest) => Promise<AppResponse>) | undefined,
): void => {
  session.protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const { method, headers } = request;
    const answering = handler();
    let answer = plainAnswer(503);
    if (url.host !== 'praxis') answer = plainAnswer(404);
    else if (method !== 'GET' && method !== 'HEAD') answer = plainAnswer(405, { allow: 'GET, HEAD' });
    else if (answering !== undefined) answer = await answering({ url, method, headers, windowId: undefined });
    return new Response(toBody(answer.body), { status: answer.status, headers: answer.headers });
  });
  session.webRequest.onBeforeRequest((details, decide) => {
    const ours =
      details.url.startsWith(`${appOrigin}/`) || details.url.startsWith('blob:') || details.url.startsWith('data:');
    const tools = details.url.startsWith('devtools:');
    decide({ cancel: !ours && !tools });
  });
};
