import { pduHeaderBytes, pduType, pdvHeaderBytes } from './pdu-types.ts';

export type FragmentHeader = { contextId: number; isCommand: boolean; isLast: boolean; length: number };

/** Each handler may refuse by returning why; then reading stops for good. Bytes are lent: copy what you keep. */
export type PduHandlers = {
  /** Asked with the header alone, before a byte of the body is kept. */
  admit(type: number, length: number): string | undefined;
  onPdu(type: number, body: Buffer): string | undefined;
  onFragmentStart(header: FragmentHeader): string | undefined;
  onFragmentBytes(bytes: Buffer): string | undefined;
  onFragmentEnd(header: FragmentHeader): string | undefined;
  /** True while the receiver wants no more bytes; asked between steps. */
  isHeld(): boolean;
};

export type PduReader = {
  /** Takes as much as it may; what is left over (when held) has to be offered again. */
  read(bytes: Buffer): { consumed: number; problem?: string };
  /** True inside a PDU: something was begun that the peer owes us the rest of. */
  isMidPdu(): boolean;
};

/**
 * Cuts a TCP stream into PDUs (PS3.8 9.3). P-DATA is never put together: its fragments are handed on as they arrive. All other
 * PDUs are small and handed on whole, after `admit` has seen their length.
 */
export function createPduReader(handlers: PduHandlers): PduReader {
  const head = Buffer.alloc(pduHeaderBytes);
  let headFilled = 0;
  let mode: 'pduHead' | 'body' | 'fragmentHead' | 'fragment' = 'pduHead';
  let type = 0;
  let body = Buffer.alloc(0);
  let bodyFilled = 0;
  let dataLeft = 0;
  let fragmentLeft = 0;
  let fragment: FragmentHeader = { contextId: 0, isCommand: false, isLast: false, length: 0 };

  const startPdu = (): string | undefined => {
    type = head.readUInt8(0);
    const length = head.readUInt32BE(2);
    const why = handlers.admit(type, length);
    if (why !== undefined) return why;
    if (type === pduType.data) {
      if (length < pdvHeaderBytes) return 'P-DATA without a value';
      dataLeft = length;
      mode = 'fragmentHead';
      return undefined;
    }
    body = Buffer.alloc(length);
    bodyFilled = 0;
    mode = 'body';
    return length === 0 ? endBody() : undefined;
  };

  const endBody = (): string | undefined => {
    const whole = body;
    body = Buffer.alloc(0);
    mode = 'pduHead';
    return handlers.onPdu(type, whole);
  };

  const startFragment = (): string | undefined => {
    const length = head.readUInt32BE(0);
    if (length < 2 || length > dataLeft - 4) return 'fragment longer than its PDU, or too short';
    const flags = head.readUInt8(5);
    fragment = {
      contextId: head.readUInt8(4),
      isCommand: (flags & 1) !== 0,
      isLast: (flags & 2) !== 0,
      length: length - 2,
    };
    dataLeft -= 4 + length;
    if (dataLeft > 0 && dataLeft < pdvHeaderBytes) return 'bytes left over at the end of a P-DATA';
    fragmentLeft = length - 2;
    mode = 'fragment';
    return handlers.onFragmentStart(fragment) ?? (fragmentLeft === 0 ? endFragment() : undefined);
  };

  const endFragment = (): string | undefined => {
    mode = dataLeft > 0 ? 'fragmentHead' : 'pduHead';
    return handlers.onFragmentEnd(fragment);
  };

  const takeHead = (bytes: Buffer): { taken: number; why?: string | undefined } => {
    const taken = bytes.copy(head, headFilled, 0, pduHeaderBytes - headFilled);
    headFilled += taken;
    if (headFilled < pduHeaderBytes) return { taken };
    headFilled = 0;
    return { taken, why: mode === 'pduHead' ? startPdu() : startFragment() };
  };

  const takeBody = (bytes: Buffer): { taken: number; why?: string | undefined } => {
    const taken = bytes.copy(body, bodyFilled);
    bodyFilled += taken;
    return { taken, why: bodyFilled === body.length ? endBody() : undefined };
  };

  const takeFragment = (bytes: Buffer): { taken: number; why?: string | undefined } => {
    const part = bytes.subarray(0, fragmentLeft);
    fragmentLeft -= part.length;
    const why = handlers.onFragmentBytes(part);
    return { taken: part.length, why: why ?? (fragmentLeft === 0 ? endFragment() : undefined) };
  };

  return {
    read(bytes) {
      let consumed = 0;
      while (consumed < bytes.length && !handlers.isHeld()) {
        const rest = bytes.subarray(consumed);
        const { taken, why } =
          mode === 'body' ? takeBody(rest) : mode === 'fragment' ? takeFragment(rest) : takeHead(rest);
        consumed += taken;
        if (why !== undefined) return { consumed, problem: why };
      }
      return { consumed };
    },
    isMidPdu: () => mode !== 'pduHead' || headFilled > 0,
  };
}
