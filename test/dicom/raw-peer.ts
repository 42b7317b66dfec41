import { connect, type Socket } from 'node:net';
import { encodeData, encodeItem, encodePdu } from '../../main/dicom/pdu/pdu-write.ts';
import { applicationContextUid } from '../../main/dicom/uids.ts';

/** A peer that sends whatever bytes it is given: what no toolkit would send. */
export type RawPeer = {
  socket: Socket;
  send(bytes: Uint8Array): void;
  /** The next whole PDU; undefined when the connection ends first. */
  next(): Promise<{ type: number; body: Buffer } | undefined>;
  /** Resolves when the connection is gone. */
  closed: Promise<void>;
};

export async function connectRaw(port: number): Promise<RawPeer> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await Promise.race([new Promise((resolve) => socket.once('connect', resolve)), closed]);
  let held = Buffer.alloc(0);
  let isOver = false;
  let wake = (): void => {};
  socket.on('data', (bytes) => {
    held = Buffer.concat([held, bytes]);
    wake();
  });
  for (const event of ['end', 'close'] as const) {
    socket.on(event, () => {
      isOver = true;
      wake();
    });
  }
  return {
    socket,
    closed,
    send: (bytes) => void socket.write(bytes),
    async next() {
      for (;;) {
        if (held.length >= 6 && held.length >= 6 + held.readUInt32BE(2)) {
          const length = held.readUInt32BE(2);
          const pdu = { type: held.readUInt8(0), body: held.subarray(6, 6 + length) };
          held = held.subarray(6 + length);
          return pdu;
        }
        if (isOver) return undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

export const verification = '1.2.840.10008.1.1';
export const worklistFind = '1.2.840.10008.5.1.4.31';
export const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2';
export const implicit = '1.2.840.10008.1.2';
export const explicit = '1.2.840.10008.1.2.1';

export type ContextProposal = { contextId: number; abstractSyntax: string; transferSyntaxes: string[] };

export const usualContexts: ContextProposal[] = [
  { contextId: 1, abstractSyntax: verification, transferSyntaxes: [implicit] },
  { contextId: 3, abstractSyntax: ctImageStorage, transferSyntaxes: [explicit, implicit] },
  { contextId: 5, abstractSyntax: worklistFind, transferSyntaxes: [explicit, implicit] },
];

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

export function associateRequest(
  options: { called?: string; calling?: string; contexts?: ContextProposal[]; maxPduBytes?: number } = {},
): Buffer {
  const maxLength = Buffer.alloc(4);
  maxLength.writeUInt32BE(options.maxPduBytes ?? 16_384);
  return encodePdu(
    1,
    Buffer.from([0, 1, 0, 0]),
    ascii((options.called ?? 'PRAXIS').padEnd(16)),
    ascii((options.calling ?? 'CT1').padEnd(16)),
    Buffer.alloc(32),
    encodeItem(0x10, ascii(applicationContextUid)),
    ...(options.contexts ?? usualContexts).map(({ contextId, abstractSyntax, transferSyntaxes }) =>
      encodeItem(
        0x20,
        Buffer.from([contextId, 0, 0, 0]),
        encodeItem(0x30, ascii(abstractSyntax)),
        ...transferSyntaxes.map((syntax) => encodeItem(0x40, ascii(syntax))),
      ),
    ),
    encodeItem(0x50, encodeItem(0x51, maxLength), encodeItem(0x52, ascii('2.25.1'))),
  );
}

export const releaseRequest = encodePdu(5, Buffer.alloc(4));

function element(number: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(number, 2);
  head.writeUInt32LE(value.length, 4);
  return Buffer.concat([head, value]);
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

const uid = (text: string): Buffer => ascii(text.length % 2 === 0 ? text : `${text}\0`);

/** A command set as one P-DATA PDU. */
export function command(
  contextId: number,
  fields: {
    field: number;
    messageId?: number;
    respondedTo?: number;
    sopClass?: string;
    sopInstance?: string;
    hasDataset?: boolean;
  },
): Buffer {
  const parts = [element(0x0002, uid(fields.sopClass ?? verification)), element(0x0100, short(fields.field))];
  if (fields.messageId !== undefined) parts.push(element(0x0110, short(fields.messageId)));
  if (fields.respondedTo !== undefined) parts.push(element(0x0120, short(fields.respondedTo)));
  parts.push(element(0x0700, short(0)), element(0x0800, short(fields.hasDataset === true ? 1 : 0x0101)));
  if (fields.sopInstance !== undefined) parts.push(element(0x1000, uid(fields.sopInstance)));
  return encodeData(contextId, 'command', Buffer.concat(parts), 16_384);
}

export const echoRequest = (messageId = 1): Buffer => command(1, { field: 0x30, messageId });

export function storeRequest(sopInstance: string, dataset: Uint8Array, messageId = 1, maxPduBytes = 131_072): Buffer {
  const fields = { field: 1, messageId, sopClass: ctImageStorage, sopInstance, hasDataset: true };
  return Buffer.concat([command(3, fields), encodeData(3, 'dataset', dataset, maxPduBytes)]);
}

/** Status of a response that came as one P-DATA PDU. */
export function statusOf(pdu: { type: number; body: Buffer } | undefined): number | undefined {
  if (pdu?.type !== 4) return undefined;
  const at = pdu.body.indexOf(Buffer.from([0x00, 0x00, 0x00, 0x09, 2, 0, 0, 0]));
  return at < 0 ? undefined : pdu.body.readUInt16LE(at + 8);
}

/** An association that stands; throws when it is refused. */
export async function associate(port: number, options: Parameters<typeof associateRequest>[0] = {}): Promise<RawPeer> {
  const peer = await connectRaw(port);
  peer.send(associateRequest(options));
  const answer = await peer.next();
  if (answer?.type !== 2) throw new Error(`no association: PDU ${answer?.type}`);
  return peer;
}
