import { doorLimits } from '../limits.ts';
import { isUid, trimPadding } from '../uids.ts';
import type { Decoded } from './pdu-types.ts';

/** One proposed presentation context (PS3.8 9.3.2.2); syntaxes in the order of the proposal. */
export type ProposedContext = { contextId: number; abstractSyntaxUid: string; transferSyntaxUids: string[] };

/** An A-ASSOCIATE-RQ as far as an acceptor needs it (PS3.8 9.3.2). */
export type AssociateRequest = {
  protocolVersion: number;
  calledAeTitle: string;
  callingAeTitle: string;
  /** Called, calling and reserved fields as received: the answer has to repeat them (PS3.8 table 9-17). */
  echoedFields: Buffer;
  applicationContextUid: string;
  contexts: ProposedContext[];
  /** Longest P-DATA the peer takes; 0 means no limit. */
  maxPduBytes: number;
  asksForAsyncOperations: boolean;
};

type Item = { type: number; body: Buffer };

const fixedBytes = 68;
const bad = (why: string): { ok: false; why: string } => ({ ok: false, why });

/**
 * Reads the body of an A-ASSOCIATE-RQ. Each item must lie wholly inside what contains it, context ids must be odd and unique, and
 * the numbers of contexts and syntaxes are bounded (`doorLimits`); unknown items are passed over, as PS3.8 9.3.1 asks.
 */
export function decodeAssociateRequest(body: Buffer): Decoded<AssociateRequest> {
  if (body.length < fixedBytes) return bad('association request too short');
  const items = readItems(body.subarray(fixedBytes));
  if (!items.ok) return items;
  const request: AssociateRequest = {
    protocolVersion: body.readUInt16BE(0),
    calledAeTitle: trimPadding(body.subarray(4, 20)),
    callingAeTitle: trimPadding(body.subarray(20, 36)),
    echoedFields: Buffer.from(body.subarray(4, fixedBytes)),
    applicationContextUid: '',
    contexts: [],
    maxPduBytes: doorLimits.peerPduBytesAssumed,
    asksForAsyncOperations: false,
  };
  for (const item of items.value) {
    const why = readVariableItem(item, request);
    if (why !== undefined) return bad(why);
  }
  if (request.contexts.length === 0) return bad('no presentation context proposed');
  return { ok: true, value: request };
}

function readVariableItem({ type, body }: Item, request: AssociateRequest): string | undefined {
  if (type === 0x10) request.applicationContextUid = trimPadding(body);
  if (type === 0x20) return readContext(body, request.contexts);
  if (type === 0x50) return readUserInformation(body, request);
  return undefined;
}

function readContext(body: Buffer, contexts: ProposedContext[]): string | undefined {
  if (body.length < 4) return 'presentation context too short';
  if (contexts.length >= doorLimits.presentationContexts) return 'too many presentation contexts';
  const contextId = body.readUInt8(0);
  if (contextId % 2 === 0) return 'presentation context id is even';
  if (contexts.some((context) => context.contextId === contextId)) return 'presentation context id given twice';
  const items = readItems(body.subarray(4));
  if (!items.ok) return items.why;
  const abstractSyntaxes = items.value.filter((item) => item.type === 0x30).map((item) => trimPadding(item.body));
  const transferSyntaxUids = items.value.filter((item) => item.type === 0x40).map((item) => trimPadding(item.body));
  const [abstractSyntaxUid] = abstractSyntaxes;
  if (abstractSyntaxUid === undefined || abstractSyntaxes.length > 1) return 'not one abstract syntax in a context';
  if (!isUid(abstractSyntaxUid)) return 'abstract syntax is no UID';
  if (transferSyntaxUids.length === 0) return 'no transfer syntax in a context';
  if (transferSyntaxUids.length > doorLimits.transferSyntaxesPerContext) return 'too many transfer syntaxes';
  contexts.push({ contextId, abstractSyntaxUid, transferSyntaxUids });
  return undefined;
}

/** PS3.8 annex D (51H maximum length) and PS3.7 D.3.3.3 (53H asynchronous operations); the rest is of no use to us. */
function readUserInformation(body: Buffer, request: AssociateRequest): string | undefined {
  const items = readItems(body);
  if (!items.ok) return items.why;
  for (const item of items.value) {
    if (item.type === 0x51 && item.body.length !== 4) return 'maximum length item is not 4 bytes';
    if (item.type === 0x51) request.maxPduBytes = item.body.readUInt32BE(0);
    if (item.type === 0x53) request.asksForAsyncOperations = true;
  }
  return undefined;
}

function readItems(body: Buffer): Decoded<Item[]> {
  const items: Item[] = [];
  let at = 0;
  while (at < body.length) {
    if (at + 4 > body.length) return bad('item header cut off');
    const length = body.readUInt16BE(at + 2);
    if (at + 4 + length > body.length) return bad('item longer than what contains it');
    items.push({ type: body.readUInt8(at), body: body.subarray(at + 4, at + 4 + length) });
    at += 4 + length;
  }
  return { ok: true, value: items };
}
