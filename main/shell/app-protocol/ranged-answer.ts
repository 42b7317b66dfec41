import { type ByteRange, parseByteRange } from './byte-range.ts';
import type { AppRequest, AppResponse } from '../desktop-host.ts';
import { securityHeaders } from './security-headers.ts';

/** The most bytes one answer carries: a CDP message over 75 MB would end the Chromium shell's pipe. */
export const maxAnswerBytes = 8 * 1024 * 1024;

/** A stored thing that can be read by ranges; `read` gives exactly the bytes [start, end), in chunks of at most 8 MB. */
export type RangedSource = {
  sizeBytes: number;
  contentType: string;
  read(range: ByteRange): AsyncIterable<Uint8Array>;
};

/** An answer without a body worth reading, with all security headers. */
export const plainAnswer = (status: number, extra: Record<string, string> = {}): AppResponse => ({
  status,
  headers: { ...securityHeaders(), 'content-type': 'text/plain; charset=utf-8', ...extra },
  body: null,
});

/**
 * Answers a request for a source: 200 whole, 206 part, 416 behind the end, and 413 for a whole body over 8 MB (HEAD
 * tells its length; ask by ranges). The same on every shell, so that nothing works in Electron alone.
 */
export const answerRanged = (request: AppRequest, source: RangedSource): AppResponse => {
  const range = parseByteRange(request.headers.get('range'), source.sizeBytes, maxAnswerBytes);
  if (range === 'unsatisfiable') return plainAnswer(416, { 'content-range': `bytes */${source.sizeBytes}` });
  const headers = { ...securityHeaders(), 'content-type': source.contentType, 'accept-ranges': 'bytes' };
  const whole = { start: 0, end: source.sizeBytes };
  if (request.method === 'HEAD') {
    return { status: 200, headers: { ...headers, 'content-length': String(source.sizeBytes) }, body: null };
  }
  if (range === 'whole' && source.sizeBytes > maxAnswerBytes) return plainAnswer(413, { 'accept-ranges': 'bytes' });
  const part = range === 'whole' ? whole : range;
  const length = { 'content-length': String(part.end - part.start) };
  if (range === 'whole') return { status: 200, headers: { ...headers, ...length }, body: source.read(part) };
  const span = { 'content-range': `bytes ${part.start}-${part.end - 1}/${source.sizeBytes}` };
  return { status: 206, headers: { ...headers, ...length, ...span }, body: source.read(part) };
};
