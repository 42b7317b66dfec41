import { describe, expect, it } from 'vitest';
import { type AssociationAction, type AssociationState, actionFor } from './association-states.ts';

/** Rows: states; columns: A-ASSOCIATE-RQ, -AC, -RJ, P-DATA, A-RELEASE-RQ, -RP, A-ABORT, an invalid PDU (PS3.8 table 9-10). */
const table: Record<AssociationState, AssociationAction[]> = {
  awaitingRequest: [
    'negotiate',
    'abortAsUser',
    'abortAsUser',
    'abortAsUser',
    'abortAsUser',
    'abortAsUser',
    'close',
    'abortAsUser',
  ],
  established: [
    'abortAsProvider',
    'abortAsProvider',
    'abortAsProvider',
    'takeData',
    'confirmRelease',
    'abortAsProvider',
    'close',
    'abortAsProvider',
  ],
  closing: ['ignore', 'ignore', 'ignore', 'ignore', 'ignore', 'ignore', 'ignore', 'ignore'],
};

describe('the association state machine', () => {
  it.each(Object.entries(table))('follows the standard in state %s', (state, actions) => {
    expect([1, 2, 3, 4, 5, 6, 7, 0x47].map((type) => actionFor(state as AssociationState, type))).toEqual(actions);
  });
});
