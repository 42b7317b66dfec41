import { randomBytes } from 'node:crypto';
import type { AppRequest, AppResponse } from '../desktop-host.ts';
import { answerRanged, plainAnswer, type RangedSource } from './ranged-answer.ts';
import type { BuildFile, BuildManifest } from './renderer-build.ts';
import { securityHeaders } from './security-headers.ts';

/** What a prefix handler is asked: the one segment behind its prefix, decoded and checked, and the query. */
export type PrefixRequest = { id: string; query: URLSearchParams; windowId: number | undefined };

/** Finds the bytes for an id; undefined answers 404 (also where the person may not see it: both look the same). */
export type PrefixHandler = (request: PrefixRequest) => Promise<RangedSource | undefined>;

const idForm = /^[A-Za-z0-9][A-Za-z0-9._~:-]{0,199}$/;

/** Puts the nonce where the page's libraries look for it, and in place of Vite's `html.cspNonce` placeholder. */
const withNonce = (html: string, nonce: string): string =>
  html
    .replaceAll('__CSP_NONCE__', nonce)
    .replace(/<head(\s[^>]*)?>/i, (head) => `${head}<meta name="csp-nonce" content="${nonce}">`);

const answerIndex = async (file: BuildFile): Promise<AppResponse> => {
  const nonce = randomBytes(18).toString('base64');
  const html = withNonce(new TextDecoder().decode(await file.read()), nonce);
  const headers = { ...securityHeaders(nonce), 'content-type': file.contentType };
  return { status: 200, headers, body: new TextEncoder().encode(html) };
};

/**
 * The handler of the `app://praxis` origin: the renderer's build from a list of known files, `/` as the index page with
 * a fresh style nonce per load, and registered prefixes for image and document bytes by ranges. Everything else is 404;
 * every answer carries the security headers. A handler that throws answers 500 without a word of why.
 */
export const createAppProtocol = (build: BuildManifest) => {
  const prefixes = new Map<string, PrefixHandler>();

  const answerPrefix = async (request: AppRequest): Promise<AppResponse | undefined> => {
    const match = /^(\/[a-z][a-z-]*\/)([^/]+)$/.exec(request.url.pathname);
    const handler = prefixes.get(match?.[1] ?? '');
    if (handler === undefined) return undefined;
    // Decoding is not needed for any id we give out, so a percent sign is refused with the rest.
    const id = match?.[2] ?? '';
    if (!idForm.test(id)) return plainAnswer(404);
    const source = await handler({ id, query: request.url.searchParams, windowId: request.windowId });
    return source === undefined ? plainAnswer(404) : answerRanged(request, source);
  };

  const answerFile = async (request: AppRequest): Promise<AppResponse> => {
    const path = request.url.pathname === '/' ? '/index.html' : request.url.pathname;
    const file = build.get(path);
    if (file === undefined) return plainAnswer(404);
    if (path === '/index.html') return await answerIndex(file);
    return {
      status: 200,
      headers: { ...securityHeaders(), 'content-type': file.contentType },
      body: await file.read(),
    };
  };

  return {
    /** Adds a prefix such as `/objects/`; one segment follows it. Throws for a prefix that is taken or malformed. */
    register: (prefix: string, handler: PrefixHandler): void => {
      if (!/^\/[a-z][a-z-]*\/$/.test(prefix)) throw new Error(`Not a prefix: ${prefix}`);
      if (prefixes.has(prefix)) throw new Error(`Prefix is taken: ${prefix}`);
      prefixes.set(prefix, handler);
    },
    /** Answers one request of the app origin; for `DesktopHost.handleApp`. Never rejects. */
    handle: async (request: AppRequest): Promise<AppResponse> => {
      if (request.method !== 'GET' && request.method !== 'HEAD') return plainAnswer(405, { allow: 'GET, HEAD' });
      try {
        const answer = (await answerPrefix(request)) ?? (await answerFile(request));
        return request.method === 'HEAD' ? { ...answer, body: null } : answer;
      } catch {
        return plainAnswer(500);
      }
    },
  };
};

export type AppProtocol = ReturnType<typeof createAppProtocol>;
