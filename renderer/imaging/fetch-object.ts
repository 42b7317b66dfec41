/**
 * Why a picture did not come: its bytes are not on this station (yet), not permitted or locked, or broken on the way; or what was decoded is
 * not what the header allows.
 */
export type FetchProblem = 'not-here' | 'not-permitted' | 'failed' | 'not-as-said';

export class ObjectProblem extends Error {
  readonly problem: FetchProblem;
  constructor(problem: FetchProblem) {
    super(problem);
    this.name = 'ObjectProblem';
    this.problem = problem;
  }
}

const problemOf = (status: number): FetchProblem =>
  status === 404 ? 'not-here' : status === 401 || status === 403 ? 'not-permitted' : 'failed';

/** `bytes 0-99/1234` (RFC 9110 §14.4); undefined for anything else, an unknown total included. */
export function readContentRange(header: string | null): { start: number; end: number; total: number } | undefined {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(header?.trim() ?? '');
  if (!match) return undefined;
  const [start, last, total] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return last >= start && last < total ? { start, end: last + 1, total } : undefined;
}

async function ask(url: string, fromByte: number, signal: AbortSignal | undefined): Promise<Response> {
  try {
    const init: RequestInit = { headers: { range: `bytes=${fromByte}-` }, cache: 'no-store' };
    if (signal) init.signal = signal;
    return await fetch(url, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ObjectProblem('failed');
  }
}

/**
 * All bytes of an object of this origin. Main answers with at most 8 MB at a time, so parts are asked for until Content-Range
 * says that all are here. Throws `ObjectProblem`; a part that does not follow the last one is a failure, never a gap.
 */
export async function fetchObject(url: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  const first = await ask(url, 0, signal);
  if (!first.ok) throw new ObjectProblem(problemOf(first.status));
  if (first.status !== 206) return await first.arrayBuffer();
  const range = readContentRange(first.headers.get('content-range'));
  if (range?.start !== 0) throw new ObjectProblem('failed');
  const part = await first.arrayBuffer();
  if (part.byteLength !== range.end) throw new ObjectProblem('failed');
  if (range.end === range.total) return part;
  const whole = new Uint8Array(range.total);
  whole.set(new Uint8Array(part));
  let at = range.end;
  while (at < whole.length) {
    const answer = await ask(url, at, signal);
    const next = readContentRange(answer.headers.get('content-range'));
    if (answer.status !== 206 || next?.start !== at || next.total !== whole.length)
      throw new ObjectProblem(answer.ok ? 'failed' : problemOf(answer.status));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (bytes.length !== next.end - next.start) throw new ObjectProblem('failed');
    whole.set(bytes, at);
    at = next.end;
  }
  return whole.buffer;
}
