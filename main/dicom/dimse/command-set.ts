import type { Decoded } from '../pdu/pdu-types.ts';
import { trimPadding } from '../uids.ts';

/** Command fields (PS3.7 table E.1-1). A response is its request with bit 15 set. */
export const commandField = { store: 0x0001, find: 0x0020, echo: 0x0030, cancel: 0x0fff } as const;
export const responseBit = 0x8000;

/** DIMSE statuses we answer (PS3.7 annex C, PS3.4 B.2.3 and K.4.1.1.4). */
export const dimseStatus = {
  success: 0x0000,
  noSuchOperation: 0x0211,
  classNotSupported: 0x0122,
  outOfResources: 0xa700,
  identifierMismatch: 0xa900,
  cannotUnderstand: 0xc000,
  cancelled: 0xfe00,
  pending: 0xff00,
  pendingUnsupportedKeys: 0xff01,
} as const;

/** The fields of a command set that a service provider needs; absent ones are 0 or empty. */
export type DimseCommand = {
  commandField: number;
  messageId: number;
  messageIdBeingRespondedTo: number;
  affectedSopClassUid: string;
  affectedSopInstanceUid: string;
  hasDataset: boolean;
};

/** (0000,0800) when no dataset follows; every other value means that one does (PS3.7 E.1). */
const noDataset = 0x0101;
const required = [0x0100, 0x0800];
const bad = (why: string): { ok: false; why: string } => ({ ok: false, why });

/**
 * Reads a command set: group 0000 only, Implicit VR Little Endian (PS3.7 6.3.1). Every element must lie inside, none may come
 * twice; elements without meaning here are passed over.
 */
export function decodeCommand(bytes: Buffer): Decoded<DimseCommand> {
  const values = new Map<number, Buffer>();
  let at = 0;
  while (at < bytes.length) {
    if (at + 8 > bytes.length) return bad('command element cut off');
    if (bytes.readUInt16LE(at) !== 0) return bad('command element outside group 0000');
    const element = bytes.readUInt16LE(at + 2);
    const length = bytes.readUInt32LE(at + 4);
    if (at + 8 + length > bytes.length) return bad('command element longer than the command');
    if (values.has(element)) return bad('command element given twice');
    values.set(element, bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  const short = (element: number): number => {
    const value = values.get(element);
    return value?.length === 2 ? value.readUInt16LE(0) : 0;
  };
  const text = (element: number): string => trimPadding(values.get(element) ?? new Uint8Array());
  if (required.some((element) => values.get(element)?.length !== 2))
    return bad('command without command field or dataset type');
  const command: DimseCommand = {
    commandField: short(0x0100),
    messageId: short(0x0110),
    messageIdBeingRespondedTo: short(0x0120),
    affectedSopClassUid: text(0x0002),
    affectedSopInstanceUid: text(0x1000),
    hasDataset: short(0x0800) !== noDataset,
  };
  const isRequest = command.commandField !== commandField.cancel && command.commandField < responseBit;
  if (isRequest && values.get(0x0110)?.length !== 2) return bad('request without message id');
  return { ok: true, value: command };
}

/** The answer to `request` (PS3.7 9.3): same class and instance, message id responded to, status, with or without dataset. */
export function encodeResponse(request: DimseCommand, status: number, hasDataset = false): Buffer {
  const elements = [
    encodeText(0x0002, request.affectedSopClassUid),
    encodeShort(0x0100, request.commandField | responseBit),
    encodeShort(0x0120, request.messageId),
    encodeShort(0x0800, hasDataset ? 0x0001 : noDataset),
    encodeShort(0x0900, status),
  ];
  if (request.affectedSopInstanceUid !== '') elements.push(encodeText(0x1000, request.affectedSopInstanceUid));
  const body = Buffer.concat(elements);
  const groupLength = Buffer.alloc(4);
  groupLength.writeUInt32LE(body.length);
  return Buffer.concat([encodeElement(0x0000, groupLength), body]);
}

function encodeElement(element: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(element, 2);
  head.writeUInt32LE(value.length, 4);
  return Buffer.concat([head, value]);
}

function encodeShort(element: number, value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return encodeElement(element, bytes);
}

function encodeText(element: number, value: string): Buffer {
  return encodeElement(element, Buffer.from(value.length % 2 === 0 ? value : `${value}\0`, 'latin1'));
}
