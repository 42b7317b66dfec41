import type { Sender } from './desktop-host.ts';

/** What crosses back on every channel; the preload unwraps it. Only a message goes out: stacks and causes may hold data. */
export type ChannelAnswer = { ok: true; value: unknown } | { ok: false; message: string };

export type ChannelHandler = (payload: unknown, sender: Sender) => Promise<unknown>;

/** The one table of request handlers that each shell asks; a second handler for a channel throws. */
export const createChannelTable = () => {
  const handlers = new Map<string, ChannelHandler>();
  return {
    /** Registers the only handler of a channel. */
    handle: (channel: string, handler: ChannelHandler): void => {
      if (handlers.has(channel)) throw new Error(`Channel has a handler already: ${channel}`);
      handlers.set(channel, handler);
    },
    /** Runs the handler; never rejects. An absent sender means that the shell did not recognise who asked. */
    answer: async (channel: string, payload: unknown, sender: Sender | undefined): Promise<ChannelAnswer> => {
      if (sender === undefined) return { ok: false, message: 'Sender refused' };
      const handler = handlers.get(channel);
      if (handler === undefined) return { ok: false, message: `No handler for channel: ${channel}` };
      try {
        return { ok: true, value: await handler(payload, sender) };
      } catch (error) {
        return { ok: false, message: error instanceof Error ? error.message : 'Unknown failure' };
      }
    },
  };
};

export type ChannelTable = ReturnType<typeof createChannelTable>;
