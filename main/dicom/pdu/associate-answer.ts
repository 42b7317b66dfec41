import type { NegotiatedContext } from '../association/contexts.ts';
import {
  applicationContextUid,
  implementationClassUid,
  implementationVersionName,
  implicitVrLittleEndianUid,
} from '../uids.ts';
import type { AssociateRequest } from './associate-request.ts';
import { pduType } from './pdu-types.ts';
import { encodeItem, encodePdu } from './pdu-write.ts';

/** Result, source and reason of an A-ASSOCIATE-RJ (PS3.8 table 9-21). */
export type AssociateRejection = { result: 1 | 2; source: 1 | 2 | 3; reason: number; why: string };

export const rejections = {
  unspecific: { result: 1, source: 2, reason: 1, why: 'maximum PDU length too small' },
  applicationContext: { result: 1, source: 1, reason: 2, why: 'application context not supported' },
  unknownCaller: { result: 1, source: 1, reason: 3, why: 'calling AE title not registered' },
  wrongCalled: { result: 1, source: 1, reason: 7, why: 'called AE title is not ours' },
  protocolVersion: { result: 1, source: 2, reason: 2, why: 'protocol version not supported' },
  busy: { result: 2, source: 3, reason: 2, why: 'too many connections' },
} as const satisfies Record<string, AssociateRejection>;

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A-ASSOCIATE-RJ (PS3.8 9.3.4). */
export function encodeAssociateReject({ result, source, reason }: AssociateRejection): Buffer {
  return encodePdu(pduType.associateReject, Buffer.from([0, result, source, reason]));
}

/**
 * A-ASSOCIATE-AC (PS3.8 9.3.3): one answer per proposed context, our own receive limit whatever the peer's is, and a window of one
 * operation where the peer asked for more (PS3.7 D.3.3.3).
 */
export function encodeAssociateAccept(
  request: AssociateRequest,
  contexts: NegotiatedContext[],
  receivePduBytes: number,
): Buffer {
  const maxLength = Buffer.alloc(4);
  maxLength.writeUInt32BE(receivePduBytes);
  const userInformation = [encodeItem(0x51, maxLength), encodeItem(0x52, ascii(implementationClassUid))];
  if (request.asksForAsyncOperations) userInformation.push(encodeItem(0x53, Buffer.from([0, 1, 0, 1])));
  userInformation.push(encodeItem(0x55, ascii(implementationVersionName)));
  return encodePdu(
    pduType.associateAccept,
    Buffer.from([0, 1, 0, 0]),
    request.echoedFields,
    encodeItem(0x10, ascii(applicationContextUid)),
    ...contexts.map(encodeContext),
    encodeItem(0x50, ...userInformation),
  );
}

/** A refused context carries a transfer syntax too, which the peer must not look at (PS3.8 9.3.3.2). */
function encodeContext(context: NegotiatedContext): Buffer {
  const syntax = context.result === 0 ? context.transferSyntaxUid : implicitVrLittleEndianUid;
  return encodeItem(0x21, Buffer.from([context.contextId, 0, context.result, 0]), encodeItem(0x40, ascii(syntax)));
}
