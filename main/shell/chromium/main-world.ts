import type { PageGlobal } from './preload-world.ts';

type FromPreload = {
  k: string;
  id: number;
  at: number;
  api: string;
  names: string[];
  args: unknown[];
  value: unknown;
  error: Error;
};

type PendingCall = { answer?: FromPreload; resolve?: (value: unknown) => void; reject?: (error: Error) => void };

/**
 * The main world's half of the bridge: puts frozen, named functions on the window and nothing else. It runs before any
 * script of the page and keeps what it needs of the page's globals. Injected into the browser: self-contained.
 */
export const installMainWorld = (page: PageGlobal, token: string): void => {
  const { document, CustomEvent } = page;
  const dispatch = document.dispatchEvent.bind(document);
  const clone = structuredClone;
  const calls = new Map<number, PendingCall>();
  const callbacks: ((...args: unknown[]) => void)[] = [];
  let lastId = 0;

  const cloned = (value: unknown): unknown => {
    try {
      return clone(value);
    } catch {
      throw new Error('An object could not be cloned.');
    }
  };

  const ask = (kind: string, api: string, name: string, given: unknown[]): unknown => {
    const functions = given.flatMap((value, index) => (typeof value === 'function' ? [index] : []));
    const args = given.map((value) =>
      typeof value === 'function' ? callbacks.push(value as (typeof callbacks)[number]) - 1 : cloned(value),
    );
    const id = ++lastId;
    const call: PendingCall = {};
    calls.set(id, call);
    dispatch(new CustomEvent(`${token}-to-preload`, { detail: { k: kind, id, api, name, args, functions } }));
    // Events between worlds are synchronous: the first answer is here now.
    const answer = call.answer;
    if (answer?.k === 'promise') {
      return new Promise((resolve, reject) => {
        call.resolve = resolve;
        call.reject = reject;
      });
    }
    calls.delete(id);
    if (answer === undefined) throw new Error('The preload did not answer');
    if (answer.k === 'threw') throw answer.error;
    if (answer.k === 'function') return (...args: unknown[]) => ask('call-returned', '', String(answer.at), args);
    return answer.value;
  };

  const expose = (api: string, names: string[]): void => {
    if (Object.hasOwn(page, api)) return;
    const entries = names.map((name) => [name, (...args: unknown[]) => ask('call', api, name, args)]);
    Object.defineProperty(page, api, { value: Object.freeze(Object.fromEntries(entries)), enumerable: true });
  };

  document.addEventListener(`${token}-to-main`, (event) => {
    const message = (event as Event & { detail: FromPreload }).detail;
    const call = calls.get(message.id);
    if (message.k === 'expose') expose(message.api, message.names);
    else if (message.k === 'callback') callbacks[message.at]?.(...message.args);
    else if (message.k === 'resolved') call?.resolve?.(message.value);
    else if (message.k === 'rejected') call?.reject?.(message.error);
    else if (call !== undefined) call.answer = message;
    if (message.k === 'resolved' || message.k === 'rejected') calls.delete(message.id);
  });
  dispatch(new CustomEvent(`${token}-to-preload`, { detail: { k: 'hello', args: [], functions: [] } }));
};
