import { type TakenOut, takenOutSchema, type TakeOutRequest } from '../../shared/ipc/contract.ts';
import { ask, type PraxisBridge } from '../bridge/praxis-bridge.ts';

export type TakeOutProblem = Extract<TakenOut, { ok: false }>['code'];

/** Asks main to print or save; never rejects: what did not come through is `failed`. */
export async function takeOut(bridge: PraxisBridge, request: TakeOutRequest): Promise<TakenOut> {
  const answer = await ask(bridge, 'document', request).catch(() => null);
  return takenOutSchema.safeParse(answer).data ?? { ok: false, code: 'failed' };
}
