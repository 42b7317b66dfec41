/**
 * Stands in for main in tests of the frame: put into the page before it starts, in place of the preload. Not part of any build
 * that ships. `window.praxisFakeStart` says how to begin; `window.praxisFake` is what a test steers it with.
 */
import { UNDO_COMMAND } from '../../../shared/ipc/contract.ts';
import type { CommandAnswer, SessionRequest, SessionState, SyncState } from '../../../shared/ipc/contract.ts';
import { foldText } from '../../../shared/kernel/fold.ts';
import type { PraxisBridge } from '../praxis-bridge.ts';
import { fakePassword, fakePin, fakeSession } from './fake-session.ts';
import { fakeSettings, fakeSync } from './fake-station.ts';
import { sampleId, samplePeople } from './sample-people.ts';

type Start = { phase?: SessionState['phase']; username?: string; sync?: SyncState['phase'] };
type Asked = { channel: string; payload: unknown };
export type FakeControl = {
  asked: Asked[];
  push: (name: string, payload: unknown) => void;
  /** The name of the view → its open ids. */
  openViews: Map<string, string>;
  setInboxCount: (open: number) => void;
};
declare global {
  interface Window {
    praxisFakeStart?: Start;
    praxisFake?: FakeControl;
  }
}

const start: Start = window.praxisFakeStart ?? {};
const listeners = new Map<string, Set<(payload: unknown) => void>>();
const drafts = new Map<string, unknown>();
const openViews = new Map<string, string>();
const asked: Asked[] = [];
let username = start.username ?? 'rina';
let session = fakeSession(start.phase ?? 'signed-in', username);
let inboxOpen = 4;

const push = (name: string, payload: unknown): void => {
  for (const listener of listeners.get(name) ?? []) listener(structuredClone(payload));
};
const enter = (phase: SessionState['phase'], who = username): void => {
  username = who;
  session = fakeSession(phase, who);
};

function answerSession(request: SessionRequest): unknown {
  let failure: string | null = null;
  if (request.do === 'signIn') {
    if (request.password === fakePassword) enter('signed-in', request.username);
    else failure = 'wrong';
  }
  if (request.do === 'unlock') {
    const who = session.people.find((one) => one.userId === request.userId)?.username ?? username;
    if (request.secret === fakePassword || (request.secret === fakePin && who === 'rina')) enter('signed-in', who);
    else failure = 'wrong';
  }
  if (request.do === 'lock') enter('locked');
  if (request.do === 'signOut') enter('signed-out');
  return { state: session, failure };
}

const hitOf = (one: (typeof samplePeople)[number], matched: string[]) => ({
  patientId: one.patientId,
  name: { written: one.written, latin: one.latin },
  phonetic: '',
  sex: one.sex,
  birthDate: one.birthDate,
  recordNumber: one.recordNumber,
  phone: one.phone,
  allergies: one.allergies,
  why: 'name',
  matched,
});

function viewValue(name: string, params: Record<string, unknown>): unknown {
  if (name === 'inbox/count') return { held: 'held', open: inboxOpen };
  if (name === 'people/search') {
    const text = foldText(typeof params['text'] === 'string' ? params['text'] : '');
    const found = samplePeople.filter((one) => foldText(`${one.written} ${one.latin}`).includes(text));
    return { hits: found.map((one) => hitOf(one, [text])) };
  }
  if (name === 'people/banner') {
    const one = samplePeople.find((each) => each.patientId === params['patientId']);
    return one
      ? { ...hitOf(one, []), balance: { amountMinor: 0, currency: 'IDR' }, tags: ['Diabetes', 'Speaks Arabic'] }
      : null;
  }
  return undefined;
}

function answerView(request: { viewId: string; name: string; params: Record<string, unknown> }): unknown {
  if (session.phase !== 'signed-in') return { ok: false, code: 'locked' };
  const value = viewValue(request.name, request.params);
  if (value === undefined) return { ok: false, code: 'unknown-view' };
  openViews.set(request.viewId, request.name);
  return { ok: true, value };
}

function answerStation(request: { do: string; password?: string }): unknown {
  if (request.do === 'newEnrolCode' || request.do === 'revokeStation') {
    if (start.sync === 'offline') return { ok: false, code: 'offline' };
    if (request.password !== fakePassword) return { ok: false, code: 'sign-in-failed' };
    const expiresAtUtc = new Date(Date.now() + 3_600_000).toISOString();
    return request.do === 'revokeStation' ? { ok: true } : { ok: true, code: 'K7QM-4TXA-9PLE', expiresAtUtc };
  }
  if (request.do === 'sync') return fakeSync(start.sync ?? 'synced');
  if (request.do === 'settings') return fakeSettings();
  if (request.do === 'echo') return { ok: true, durationMs: 12, code: null };
  if (request.do === 'check') return { checks: [{ name: 'Audit chain', ok: true, detail: '' }] };
  if (request.do === 'setUp' || request.do === 'enrol') {
    enter('signed-out');
    return { ok: true, recoveryKey: 'QK3F-77TN-M2XA-9PLE-4RVD' };
  }
  return {};
}

function answerDraft(request: { do: string; key?: string; body?: unknown }): unknown {
  const key = request.key ?? '';
  const savedAtUtc = new Date().toISOString();
  if (request.do === 'save') drafts.set(key, { ...request, savedAtUtc });
  if (request.do === 'discard') drafts.delete(key);
  if (request.do === 'list') return { drafts: [] };
  return request.do === 'load' ? (drafts.get(key) ?? null) : { savedAtUtc };
}

const answerCommand = ({ name }: { name: string }): CommandAnswer => ({
  ok: true,
  setId: sampleId(500),
  undoable: name !== UNDO_COMMAND,
  written: [],
  undone: name === UNDO_COMMAND ? { command: 'people/set-allergies', patient: 'Sarah Wijayanti', redone: false } : null,
});

function answer(channel: string, payload: unknown): unknown {
  if (channel === 'session') return answerSession(payload as SessionRequest);
  if (channel === 'view.open') return answerView(payload as Parameters<typeof answerView>[0]);
  if (channel === 'view.close') return openViews.delete((payload as { viewId: string }).viewId);
  if (channel === 'station') return answerStation(payload as { do: string; password?: string });
  if (channel === 'draft') return answerDraft(payload as { do: string });
  if (channel === 'command.run') return answerCommand(payload as { name: string });
  return {};
}

const bridge: PraxisBridge = {
  request: async (channel, payload) => {
    asked.push({ channel, payload });
    await new Promise((resolve) => setTimeout(resolve, 2));
    return structuredClone(answer(channel, payload));
  },
  on: (name, listener) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  },
};

window.praxis = bridge;
window.praxisFake = {
  asked,
  push: (name, payload) => {
    if (name === 'session.changed') session = payload as SessionState;
    push(name, payload);
  },
  openViews,
  setInboxCount: (open) => {
    inboxOpen = open;
    for (const [viewId, name] of openViews)
      if (name === 'inbox/count') push('view.changed', { viewId, value: { held: 'held', open } });
  },
};
