import { contextBridge, ipcRenderer } from 'electron';
import type { PraxisBridge } from './bridge.ts';
import { channels, pushes } from '../shared/ipc/channels.ts';

/** What main answers on every channel: the value, or the message of what went wrong (never a stack). */
type Answer = { ok: true; value: unknown } | { ok: false; message: string };

const request: PraxisBridge['request'] = async (channel, payload) => {
  if (!channels.some((known) => known === channel)) throw new Error(`Unknown channel: ${channel}`);
  const answer = (await ipcRenderer.invoke(channel, payload)) as Answer;
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
};

const on: PraxisBridge['on'] = (push, listener) => {
  if (!pushes.some((known) => known === push)) throw new Error(`Unknown push: ${push}`);
  // The screen gets the payload alone: Electron's event object would hand it the sender.
  const forward = (_event: unknown, payload: unknown): void => listener(payload);
  ipcRenderer.on(push, forward);
  return () => {
    ipcRenderer.removeListener(push, forward);
  };
};

contextBridge.exposeInMainWorld('praxis', { request, on } satisfies PraxisBridge);
