import { pduType } from '../pdu/pdu-types.ts';

/**
 * The states an acceptor can be in between two PDUs (PS3.8 9.2.1): Sta2, Sta6, Sta13. Sta3 and Sta8, waiting for the local
 * user, never last: we answer at once.
 */
export type AssociationState = 'awaitingRequest' | 'established' | 'closing';

export type AssociationAction =
  /** AE-6: look at the request, accept or reject. */
  | 'negotiate'
  /** DT-2. */
  | 'takeData'
  /** AR-2 and AR-4: answer the release, then close. */
  | 'confirmRelease'
  /** AA-2, AA-3: the peer gave up, close without an answer. */
  | 'close'
  /** AA-1: abort as service user, before there is an association. */
  | 'abortAsUser'
  /** AA-8: abort as provider, for what does not belong here. */
  | 'abortAsProvider'
  /** AA-6: nothing is taken any more. */
  | 'ignore';

/** What the standard's table says for a PDU of this type in this state (PS3.8 table 9-10); unknown types count as invalid PDUs. */
export function actionFor(state: AssociationState, type: number): AssociationAction {
  if (state === 'closing') return 'ignore';
  if (type === pduType.abort) return 'close';
  if (state === 'awaitingRequest') return type === pduType.associateRequest ? 'negotiate' : 'abortAsUser';
  if (type === pduType.data) return 'takeData';
  if (type === pduType.releaseRequest) return 'confirmRelease';
  return 'abortAsProvider';
}
