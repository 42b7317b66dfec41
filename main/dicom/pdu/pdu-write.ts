import { pduHeaderBytes, pduType, pdvHeaderBytes } from './pdu-types.ts';

/** One whole PDU: type, reserved byte, length (PS3.8 9.3.1). */
export function encodePdu(type: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(pduHeaderBytes);
  head[0] = type;
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}

/** An item or sub-item of an A-ASSOCIATE PDU: type, reserved byte, 16-bit length (PS3.8 9.3.2). */
export function encodeItem(type: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(4);
  head[0] = type;
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}

/** A-RELEASE-RP (PS3.8 9.3.7). */
export function encodeReleaseReply(): Buffer {
  return encodePdu(pduType.releaseReply, Buffer.alloc(4));
}

/** A-ABORT (PS3.8 9.3.8). Source 0 is the service user, 2 the provider; the reason only counts with source 2. */
export function encodeAbort(source: 0 | 2, reason: 0 | 1 | 2 | 4 | 5 | 6): Buffer {
  return encodePdu(pduType.abort, Buffer.from([0, 0, source, source === 0 ? 0 : reason]));
}

/**
 * A command set or a dataset as P-DATA-TF PDUs of one PDV each (PS3.8 9.3.5, annex E), cut so that no PDU is longer than
 * `maxPduBytes` and every fragment has an even length. `maxPduBytes` must be at least `pdvHeaderBytes + 2`.
 */
export function encodeData(
  contextId: number,
  kind: 'command' | 'dataset',
  bytes: Uint8Array,
  maxPduBytes: number,
): Buffer {
  const room = (maxPduBytes - pdvHeaderBytes) & ~1;
  if (room < 2) throw new RangeError(`no fragment fits into a PDU of ${maxPduBytes} bytes`);
  const parts: Uint8Array[] = [];
  let at = 0;
  do {
    const fragment = bytes.subarray(at, at + room);
    at += fragment.length;
    const head = Buffer.alloc(pduHeaderBytes + pdvHeaderBytes);
    head[0] = pduType.data;
    head.writeUInt32BE(pdvHeaderBytes + fragment.length, 2);
    head.writeUInt32BE(2 + fragment.length, 6);
    head[10] = contextId;
    head[11] = (kind === 'command' ? 1 : 0) | (at >= bytes.length ? 2 : 0);
    parts.push(head, fragment);
  } while (at < bytes.length);
  return Buffer.concat(parts);
}
