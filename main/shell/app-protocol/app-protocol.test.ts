import { expect, test } from 'vitest';
import type { AppRequest, AppResponse } from '../desktop-host.ts';
import { createAppProtocol } from './app-protocol.ts';
import { parseByteRange } from './byte-range.ts';

const file = (text: string) => ({
  contentType: 'text/html',
  read: () => Promise.resolve(new TextEncoder().encode(text)),
});
const request = (path: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET'): AppRequest => ({
  url: new URL(path, 'app://praxis/'),
  method,
  headers: new Headers(headers),
  windowId: 1,
});
const text = ({ body }: AppResponse): string => (body instanceof Uint8Array ? new TextDecoder().decode(body) : '');

test('ranges as RFC 9110 §14 reads them', () => {
  const at = (header: string | null): unknown => parseByteRange(header, 100, 40);
  expect(at(null)).toBe('whole');
  expect(at('bytes=0-9')).toEqual({ start: 0, end: 10 });
  expect(at('bytes=90-')).toEqual({ start: 90, end: 100 });
  expect(at('bytes=90-500')).toEqual({ start: 90, end: 100 });
  expect(at('bytes=-7')).toEqual({ start: 93, end: 100 });
  expect(at('bytes=0-')).toEqual({ start: 0, end: 40 });
  expect(at('bytes=-500')).toEqual({ start: 0, end: 40 });
  for (const bad of ['bytes=5-4', 'bytes=-', 'bytes=0-1,5-6', 'items=0-1', 'bytes=a-b', ''])
    expect(at(bad)).toBe('whole');
  for (const behind of ['bytes=100-', 'bytes=-0', 'bytes=999999-']) expect(at(behind)).toBe('unsatisfiable');
  expect(parseByteRange('bytes=0-', 0, 40)).toBe('unsatisfiable');
});

test('the index page has a fresh nonce in page and policy on each load', async () => {
  const app = createAppProtocol(
    new Map([['/index.html', file('<head lang=en><style nonce="__CSP_NONCE__"></style></head>')]]),
  );
  const nonces = new Set<string>();
  for (const path of ['/', '/?screen=wall', '/index.html']) {
    const answer = await app.handle(request(path));
    const nonce = /<meta name="csp-nonce" content="([^"]+)">/.exec(text(answer))?.[1] ?? '';
    expect(answer.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(text(answer)).toContain(`<style nonce="${nonce}">`);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
});

test('nothing else is served, methods are two, a failing source says nothing', async () => {
  const app = createAppProtocol(new Map([['/a.html', file('a')]]));
  app.register('/objects/', async ({ id }) => {
    throw new Error(`patient ${id}`);
  });
  const status = async (path: string): Promise<number> => (await app.handle(request(path))).status;
  expect([await status('/a.html'), await status('/'), await status('/A.html'), await status('/objects/..')]).toEqual([
    200, 404, 404, 404,
  ]);
  const failed = await app.handle(request('/objects/x1'));
  expect([failed.status, failed.body]).toEqual([500, null]);
  const posted = await app.handle({ ...request('/a.html'), method: 'POST' as 'GET' });
  expect([posted.status, posted.headers.allow]).toEqual([405, 'GET, HEAD']);
  expect((await app.handle(request('/a.html', {}, 'HEAD'))).body).toBe(null);
  for (const answer of [failed, posted])
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(() => app.register('/objects/', async () => undefined)).toThrow('taken');
  expect(() => app.register('objects', async () => undefined)).toThrow('Not a prefix');
});
