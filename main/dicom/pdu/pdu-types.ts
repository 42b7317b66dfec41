/** PDU types (PS3.8 9.3.1). */
export const pduType = {
  associateRequest: 0x01,
  associateAccept: 0x02,
  associateReject: 0x03,
  data: 0x04,
  releaseRequest: 0x05,
  releaseReply: 0x06,
  abort: 0x07,
} as const;

/** Bytes of a PDU's type, reserved byte and length; a PDV's length, context id and flags happen to be as long. */
export const pduHeaderBytes = 6;
export const pdvHeaderBytes = 6;

/** What decoding gives: the value, or why the bytes are not what they claim to be (fit for a log: no content of the bytes). */
export type Decoded<T> = { ok: true; value: T } | { ok: false; why: string };
