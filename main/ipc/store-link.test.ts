import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ChildProcess, DesktopHost } from '../shell/desktop-host.ts';
import type { FromStore } from '../station/messages.ts';
import { createStoreLink, type StoreLinkParts } from './store-link.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

type Child = { posted: unknown[]; say: (message: FromStore) => void; exit: (code: number) => void };

/** The port to processes, with ends that the test holds. */
function scriptedHost() {
  const children: Child[] = [];
  const startProcess: DesktopHost['startProcess'] = (): ChildProcess => {
    const posted: unknown[] = [];
    let hear: (message: unknown) => void = () => undefined;
    let gone: (code: number | null) => void = () => undefined;
    children.push({ posted, say: (message) => hear(message), exit: (code) => gone(code) });
    return {
      pid: children.length,
      post: (message) => void posted.push(message),
      onMessage: (listener) => {
        hear = listener;
      },
      onExit: (listener) => {
        gone = listener;
      },
      kill: () => undefined,
    };
  };
  return { children, startProcess };
}

function linkOver(answerAsk: StoreLinkParts['answerAsk']) {
  const { children, startProcess } = scriptedHost();
  const link = createStoreLink({
    host: { startProcess },
    config: {} as StoreLinkParts['config'],
    log: () => undefined,
    answerAsk,
    toDoor: () => undefined,
    sealForEscrow: () => '',
    push: () => undefined,
  });
  void link.open();
  return { link, children };
}

it('an answer goes to the process that asked: the next one counts its questions from one again', async () => {
  const parsed = Promise.withResolvers<unknown>();
  const { children } = linkOver(() => parsed.promise);
  children[0]?.say({ type: 'ask', askId: 1, ask: { what: 'parse', objectPath: 'a', transferSyntaxUid: '1.2' } });
  children[0]?.exit(1);
  await vi.advanceTimersByTimeAsync(200);
  parsed.resolve({ ok: true });
  await vi.advanceTimersByTimeAsync(0);
  const replies = (child: Child | undefined) =>
    child?.posted.filter((one) => (one as { type: string }).type === 'reply');
  expect([replies(children[0])?.length, replies(children[1])]).toEqual([1, []]);
});

it('starts no new store once it is to stop', async () => {
  const { link, children } = linkOver(async () => undefined);
  children[0]?.exit(1);
  await link.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(children.length).toBe(1);
});
