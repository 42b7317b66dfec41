import { BridgeProblem, type PraxisBridge } from './praxis-bridge.ts';

/** The bridge as one person has it while they are at the window: requests and answers after that end as `locked`. */
export function bridgeOfStay(bridge: PraxisBridge, isStillHere: () => boolean): PraxisBridge {
  const refuseAfter = (): void => {
    if (!isStillHere()) throw new BridgeProblem('locked');
  };
  return {
    request: async (channel, payload) => {
      refuseAfter();
      const answer = await bridge.request(channel, payload);
      refuseAfter();
      return answer;
    },
    on: (name, listener) => bridge.on(name, (payload) => isStillHere() && listener(payload)),
  };
}
