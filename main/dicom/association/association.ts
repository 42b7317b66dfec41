import type { Socket } from 'node:net';
import { type AssociationState, actionFor } from './association-states.ts';
import { type AcceptedContext, negotiateContexts } from './contexts.ts';
import type { DimseCommand } from '../dimse/command-set.ts';
import { type CommandOutcome, createMessageReader, type MessageReader } from '../dimse/message-reader.ts';
import type { DoorLimits } from '../limits.ts';
import { type AssociateRejection, encodeAssociateAccept, encodeAssociateReject } from '../pdu/associate-answer.ts';
import { type AssociateRequest, decodeAssociateRequest } from '../pdu/associate-request.ts';
import { createPduReader } from '../pdu/pdu-reader.ts';
import { pduType } from '../pdu/pdu-types.ts';
import { encodeAbort, encodeReleaseReply } from '../pdu/pdu-write.ts';
import type { DicomDevice } from '../ports.ts';

/** What a service may do with its association. */
export type AssociationLink = {
  device: DicomDevice;
  calledAeTitle: string;
  /** Longest P-DATA to send. */
  sendPduBytes: number;
  isOpen(): boolean;
  /** One write per answer; false when the peer is behind, then wait for `drained` before more. */
  send(bytes: Buffer): boolean;
  /** Resolves when the peer has caught up, or is gone. */
  drained(): Promise<void>;
  /** Takes nothing more from the peer until `resume`: used while an object is made durable. */
  hold(): void;
  resume(): void;
};

export type AssociationServices = {
  onCommand(context: AcceptedContext, command: DimseCommand): CommandOutcome;
  /** The connection is gone; what is unfinished has to be dropped. */
  onClosed(): void;
};

export type AssociationOptions = {
  socket: Socket;
  limits: DoorLimits;
  decide(request: AssociateRequest): { ok: true; device: DicomDevice } | { ok: false; rejection: AssociateRejection };
  serve(link: AssociationLink): AssociationServices;
  onRefused(request: AssociateRequest, why: string): void;
  /** Ended other than by a release; `callingAeTitle` is empty before there was an association. */
  onAborted(callingAeTitle: string, why: string): void;
};

/** Serves one accepted socket as association acceptor (PS3.8 9.2) until it is closed. */
export function createAssociation(options: AssociationOptions): { end(): void } {
  const { socket, limits } = options;
  let state: AssociationState = 'awaitingRequest';
  let callingAeTitle = '';
  let services: AssociationServices | undefined;
  let messages: MessageReader | undefined;
  let leftOver: Buffer | undefined;
  let holds = 0;
  let isBehind = false;
  let isReading = false;
  let messageTimer: NodeJS.Timeout | undefined;
  let drainWaiters: (() => void)[] = [];

  /** The last PDU of this connection; reading stops at once, the peer gets a moment to read it. */
  const finish = (lastPdu?: Buffer): void => {
    state = 'closing';
    clearTimeout(requestTimer);
    clearTimeout(messageTimer);
    socket.pause();
    leftOver = undefined;
    if (lastPdu === undefined) socket.destroy();
    else socket.end(lastPdu);
    setTimeout(() => socket.destroy(), limits.lingerMs).unref();
  };

  const abort = (why: string, source: 0 | 2 = 2, reason: 0 | 1 | 2 | 6 = 0): void => {
    if (state === 'closing') return;
    finish(encodeAbort(source, reason));
    options.onAborted(callingAeTitle, why);
  };

  const requestTimer = setTimeout(() => abort('no association request in time', 0), limits.associateRequestMs);

  const negotiate = (body: Buffer): string | undefined => {
    clearTimeout(requestTimer);
    const decoded = decodeAssociateRequest(body);
    if (!decoded.ok) return decoded.why;
    const request = decoded.value;
    const decision = options.decide(request);
    if (!decision.ok) {
      finish(encodeAssociateReject(decision.rejection));
      options.onRefused(request, decision.rejection.why);
      return undefined;
    }
    const contexts = negotiateContexts(request.contexts);
    const accepted = contexts.filter((context) => context.result === 0);
    callingAeTitle = request.callingAeTitle;
    state = 'established';
    const served = options.serve(createLink(decision.device, request));
    services = served;
    messages = createMessageReader({
      contexts: new Map(accepted.map((context) => [context.contextId, context])),
      commandBytes: limits.commandBytes,
      onCommand: (context, command) => served.onCommand(context, command),
    });
    send(encodeAssociateAccept(request, contexts, limits.receivePduBytes));
    return undefined;
  };

  const send = (bytes: Buffer): boolean => {
    if (state !== 'established') return true;
    if (!socket.write(bytes)) isBehind = true;
    return !isBehind;
  };

  const createLink = (device: DicomDevice, request: AssociateRequest): AssociationLink => ({
    device,
    calledAeTitle: request.calledAeTitle,
    sendPduBytes:
      request.maxPduBytes === 0 ? limits.receivePduBytes : Math.min(request.maxPduBytes, limits.receivePduBytes),
    isOpen: () => state === 'established',
    send,
    drained: () => (isBehind ? new Promise((resolve) => drainWaiters.push(resolve)) : Promise.resolve()),
    hold: () => {
      holds += 1;
    },
    resume: () => {
      holds -= 1;
      takeLeftOver();
    },
  });

  const reader = createPduReader({
    admit(type, length) {
      const action = actionFor(state, type);
      if (action === 'abortAsUser' || action === 'abortAsProvider') return `unexpected PDU of type ${type}`;
      if (type === pduType.data) return length > limits.receivePduBytes ? 'P-DATA longer than announced' : undefined;
      if (type === pduType.associateRequest)
        return length > limits.associateRequestBytes ? 'association request too long' : undefined;
      return length === 4 ? undefined : 'PDU of a wrong length';
    },
    onPdu(type, body) {
      const action = actionFor(state, type);
      if (action === 'negotiate') return negotiate(body);
      if (action === 'confirmRelease') {
        if (messages?.isMidMessage() === true) return 'release in the middle of a message';
        finish(encodeReleaseReply());
      }
      if (action === 'close') {
        finish();
        options.onAborted(callingAeTitle, 'aborted by the peer');
      }
      return undefined;
    },
    onFragmentStart: (header) =>
      messages === undefined ? 'data without association' : messages.onFragmentStart(header),
    onFragmentBytes: (bytes) => messages?.onFragmentBytes(bytes),
    onFragmentEnd(header) {
      const why = messages?.onFragmentEnd(header);
      if (messages?.isMidMessage() === false) stopMessageTimer();
      return why;
    },
    isHeld: () => holds > 0 || isBehind || state === 'closing',
  });

  const read = (bytes: Buffer): void => {
    if (state === 'closing') return;
    isReading = true;
    const { consumed, problem } = reader.read(bytes);
    isReading = false;
    if (problem !== undefined) {
      abort(problem, state === 'awaitingRequest' ? 0 : 2, 2);
      return;
    }
    if (consumed < bytes.length) leftOver = Buffer.from(bytes.subarray(consumed));
    if (isHeld()) socket.pause();
    watchMessage();
  };

  const isHeld = (): boolean => holds > 0 || isBehind;

  const takeLeftOver = (): void => {
    if (isReading || isHeld() || state === 'closing') return;
    const bytes = leftOver;
    leftOver = undefined;
    if (bytes !== undefined) read(bytes);
    if (!isHeld()) socket.resume();
  };

  /** The time for one message runs from its first byte to its last, however the bytes trickle in. */
  const watchMessage = (): void => {
    const isMidway = reader.isMidPdu() || messages?.isMidMessage() === true;
    if (state !== 'established' || !isMidway) stopMessageTimer();
    else messageTimer ??= setTimeout(() => abort('message not whole in time'), limits.messageMs);
  };

  const stopMessageTimer = (): void => {
    clearTimeout(messageTimer);
    messageTimer = undefined;
  };

  const wakeWaiters = (): void => {
    isBehind = false;
    const waiters = drainWaiters;
    drainWaiters = [];
    for (const wake of waiters) wake();
  };

  socket.setNoDelay(true);
  socket.setTimeout(limits.idleMs, () => {
    // While we keep the peer waiting its silence says nothing.
    if (holds > 0) socket.setTimeout(limits.idleMs);
    else abort('nothing heard in time');
  });
  socket.on('data', read);
  socket.on('drain', () => {
    wakeWaiters();
    takeLeftOver();
  });
  // An error is always followed by 'close', where everything is put away.
  socket.on('error', () => {});
  socket.on('close', () => {
    clearTimeout(requestTimer);
    clearTimeout(messageTimer);
    const wasOpen = state === 'established';
    state = 'closing';
    wakeWaiters();
    services?.onClosed();
    if (wasOpen) options.onAborted(callingAeTitle, 'connection lost without a release');
  });

  return { end: () => abort('the door is closing', 0) };
}
