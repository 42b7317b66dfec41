/** What the preload puts on `window.praxis`: these two functions and nothing else. */
export type PraxisBridge = {
  /** Asks main on one of `channels`; rejects with an Error for an unknown channel and for what the handler threw. Values cross as by structured clone. */
  request(channel: string, payload: unknown): Promise<unknown>;
  /** Hears one of `pushes`; returns the function that stops hearing. Throws for an unknown push. */
  on(push: string, listener: (payload: unknown) => void): () => void;
};
