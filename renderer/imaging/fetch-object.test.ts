import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchObject } from './fetch-object.ts';

/** As main answers: at most `limit` bytes of what is asked, 413 for a whole body over it, 404 for what is not here. */
const limit = 1000;
const bytes = Uint8Array.from({ length: 2500 }, (_, at) => at % 251);
const asked: string[] = [];
const server = createServer((request, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? -1);
  asked.push(`${request.url} ${from}`);
  if (request.url === '/gone') return response.writeHead(404).end();
  if (from < 0) return response.writeHead(413).end();
  const end = Math.min(bytes.length, from + limit);
  // The second part of this one begins a byte too late.
  const start = request.url === '/gap' && from > 0 ? from + 1 : from;
  response.writeHead(206, { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` });
  return response.end(bytes.subarray(start, end));
});
let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test('an object longer than one answer is asked for part by part, never whole', async () => {
  expect(new Uint8Array(await fetchObject(`${origin}/one`))).toEqual(bytes);
  expect(asked).toEqual(['/one 0', '/one 1000', '/one 2000']);
});

test('a gap is a failure, and what is not here says so', async () => {
  await expect(fetchObject(`${origin}/gap`)).rejects.toMatchObject({ problem: 'failed' });
  await expect(fetchObject(`${origin}/gone`)).rejects.toMatchObject({ problem: 'not-here' });
});
