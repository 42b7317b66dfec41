import { expect, it } from 'vitest';
import type { SessionState } from '../../shared/ipc/contract.ts';
import type { PraxisBridge } from './praxis-bridge.ts';
import { createSessionStore } from './session-store.ts';

const stateOf = (phase: SessionState['phase'], id: string | null): SessionState => ({
  phase,
  user: id === null ? null : { id, name: id, initials: 'X', roles: [], permissions: [], locale: 'en' },
  location: null,
  organizationName: null,
  station: null,
  people: [],
});

function storeWithPushes() {
  let push: (payload: unknown) => void = () => undefined;
  const bridge: PraxisBridge = {
    request: () => Promise.reject(new Error('offline')),
    on: (_name, listener) => {
      push = listener;
      return () => undefined;
    },
  };
  const left: string[] = [];
  const store = createSessionStore(bridge, () => left.push(store.current().state?.user?.id ?? ''));
  const become = (phase: SessionState['phase'], id: string | null): void => push(stateOf(phase, id));
  return { store, left, become };
}

const anna = '01900000-0000-7000-8000-00000000000a';
const budi = '01900000-0000-7000-8000-00000000000b';

it('what was shown goes whenever somebody leaves, and not when their own state changes', () => {
  const { left, become } = storeWithPushes();
  become('signed-out', null);
  become('signed-in', anna);
  become('signed-in', anna);
  expect(left).toEqual([]);
  become('signed-in', budi);
  become('locked', budi);
  expect(left).toEqual([anna, budi]);
});

it('a presence ends with the lock, and does not begin again when the same person comes back', () => {
  const { store, become } = storeWithPushes();
  become('signed-in', anna);
  const isStillHere = store.watchPresence();
  become('signed-in', anna);
  expect(isStillHere()).toBe(true);
  become('locked', anna);
  expect(isStillHere()).toBe(false);
  become('signed-in', anna);
  expect(isStillHere()).toBe(false);
  expect(store.watchPresence()()).toBe(true);
});

it('what was begun on the lock screen ends when somebody comes', () => {
  const { store, become } = storeWithPushes();
  become('locked', anna);
  const isStillLocked = store.watchPresence();
  become('signed-in', budi);
  expect(isStillLocked()).toBe(false);
});
