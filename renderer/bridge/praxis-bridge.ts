import type { Channel, Push } from '../../shared/ipc/channels.ts';

/** What the preload puts on the window: one question with an answer, and one way to listen. */
export type PraxisBridge = {
  request(channel: Channel, payload: unknown): Promise<unknown>;
  on(push: Push, listener: (payload: unknown) => void): () => void;
};

declare global {
  interface Window {
    praxis?: PraxisBridge;
  }
}

/** An answer that main gave instead of a value: `{ error: code }`, or a request that did not come through. */
export class BridgeProblem extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.name = 'BridgeProblem';
    this.code = code;
  }
}

/** The bridge of this window. Throws `BridgeProblem('no-bridge')` where the page was opened outside the workstation. */
export function windowBridge(): PraxisBridge {
  if (!window.praxis) throw new BridgeProblem('no-bridge');
  return window.praxis;
}

/**
 * Asks main on a channel and returns the answer unchecked. Rejects with a `BridgeProblem` and its stable code, never with what
 * the other side wrote: an error's words could hold patient data.
 */
export async function ask(bridge: PraxisBridge, channel: Channel, payload: unknown): Promise<unknown> {
  let answer: unknown;
  try {
    answer = await bridge.request(channel, payload);
  } catch (error) {
    throw new BridgeProblem(codeOf(error));
  }
  const code = (answer as { error?: unknown } | null)?.error;
  if (typeof code === 'string') throw new BridgeProblem(code);
  return answer;
}

/** The stable code of a failure: main sends codes as the message; anything longer is a surprise. */
export function codeOf(error: unknown): string {
  const words = error instanceof Error ? error.message : '';
  return /^[a-z][a-z0-9-]{0,60}$/.test(words) ? words : 'failed';
}
