import type { DesktopHost } from '../desktop-host.ts';

const beatMs = 5_000;
const gapMs = 30_000;

/**
 * What a plain Node process can know of the machine's power: `resume` after its clock jumped (it slept), `shutdown` when
 * it is told to end. Lock and suspend are not seen here; the screens' own idle lock stands in for them.
 */
export const createPowerWatch = () => {
  const listeners: Parameters<DesktopHost['onPower']>[0][] = [];
  const tell = (event: 'resume' | 'shutdown'): void => listeners.forEach((listener) => listener(event));
  let lastBeatMs = Date.now();
  const timer = setInterval(() => {
    const nowMs = Date.now();
    if (nowMs - lastBeatMs > beatMs + gapMs) tell('resume');
    lastBeatMs = nowMs;
  }, beatMs).unref();
  return {
    onPower: (listener: Parameters<DesktopHost['onPower']>[0]): void => void listeners.push(listener),
    shutdown: (): void => tell('shutdown'),
    stop: (): void => clearInterval(timer),
  };
};
