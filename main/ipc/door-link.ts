import { siblingEntry } from '../../shared/kernel/sibling-entry.ts';
import type { DoorMessage, ParentMessage } from '../dicom/process-messages.ts';
import type { Log } from '../log.ts';
import type { ChildProcess, DesktopHost } from '../shell/desktop-host.ts';

/** The line to the DICOM door's process. The last word on devices and worklist is kept, so that a new process knows it too. */
export function createDoorLink(parts: {
  host: DesktopHost;
  log: Log;
  toStore: (message: DoorMessage) => void;
  onListening: (port: number) => void;
  onFailed: (why: string) => void;
}) {
  let child: ChildProcess | undefined;
  let startMessage: Extract<ParentMessage, { type: 'start' }> | undefined;
  let stopping = false;
  let listened = false;
  let onStopped: (() => void) | undefined;

  const onMessage = (message: DoorMessage): void => {
    if (message.type === 'log') return parts.log({ ...message.entry });
    if (message.type === 'listening') {
      listened = true;
      return parts.onListening(message.port);
    }
    if (message.type === 'failed') return parts.onFailed(message.why);
    if (message.type === 'stopped') return onStopped?.();
    parts.toStore(message);
  };

  const start = (message: Extract<ParentMessage, { type: 'start' }>): void => {
    const started = parts.host.startProcess(new URL(siblingEntry(import.meta.url, '../dicom/process')), [], {
      name: 'dicom-door',
    });
    child = started;
    started.onMessage((one) => onMessage(one as DoorMessage));
    started.onExit((code) => {
      if (child !== started) return;
      child = undefined;
      onStopped?.();
      if (stopping || !listened) return;
      parts.log({ level: 'error', what: 'door-exited', code });
      setTimeout(() => {
        if (startMessage && !stopping) start(startMessage);
      }, 500);
    });
    started.post(message);
  };

  return {
    /** From the store: the first start opens the port; a later one (the store restarted) only resumes. */
    send: (message: ParentMessage): void => {
      if (stopping) return;
      if (message.type === 'start') {
        startMessage = message;
        if (!child) return start(message);
        child.post({ type: 'devices', devices: message.devices } satisfies ParentMessage);
        child.post({ type: 'worklist', steps: message.steps } satisfies ParentMessage);
        child.post({ type: 'clock', offsetMs: message.clockOffsetMs ?? 0 } satisfies ParentMessage);
        return child.post({ type: 'resume', drainedThrough: message.drainedThrough } satisfies ParentMessage);
      }
      if (startMessage && message.type === 'devices') startMessage = { ...startMessage, devices: message.devices };
      if (startMessage && message.type === 'worklist') startMessage = { ...startMessage, steps: message.steps };
      if (startMessage && message.type === 'clock') startMessage = { ...startMessage, clockOffsetMs: message.offsetMs };
      if (startMessage && message.type === 'drained')
        startMessage = { ...startMessage, drainedThrough: message.drainedThrough };
      child?.post(message);
    },
    stop: (): Promise<void> =>
      new Promise((resolve) => {
        stopping = true;
        if (!child) return resolve();
        onStopped = resolve;
        child.post({ type: 'stop' } satisfies ParentMessage);
        setTimeout(resolve, 3000).unref();
      }),
  };
}
