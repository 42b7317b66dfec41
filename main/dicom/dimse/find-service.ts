import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AssociationLink } from '../association/association.ts';
import type { AcceptedContext } from '../association/contexts.ts';
import type { DoorLimits } from '../limits.ts';
import { encodeData } from '../pdu/pdu-write.ts';
import type { DoorEvent, DoorLog, FindWorklist, WorklistAnswer, WorklistResult } from '../ports.ts';
import { type DimseCommand, dimseStatus, encodeResponse } from './command-set.ts';
import type { DatasetSink } from './message-reader.ts';

export type FindDeps = {
  findWorklist: FindWorklist;
  limits: DoorLimits;
  nowUtc(): string;
  onEvent(event: DoorEvent): void;
  log: DoorLog;
};

/** Answers sent before the event loop gets a turn, so that a C-CANCEL and other associations are heard. */
const answersPerTurn = 16;

/**
 * C-FIND of the Modality Worklist as provider (PS3.4 K.4.1). Answers go out one by one, never faster than the peer reads, and
 * stop at a C-CANCEL (FE00). One query at a time in an association.
 */
export function createFindService(link: AssociationLink, deps: FindDeps) {
  let active: { messageId: number; isCancelled: boolean } | undefined;

  const respond = (
    context: AcceptedContext,
    command: DimseCommand,
    status: number,
    identifier?: Uint8Array,
  ): boolean => {
    const response = encodeResponse(command, status, identifier !== undefined);
    const commandPdus = encodeData(context.contextId, 'command', response, link.sendPduBytes);
    if (identifier === undefined) return link.send(commandPdus);
    const dataPdus = encodeData(context.contextId, 'dataset', identifier, link.sendPduBytes);
    return link.send(Buffer.concat([commandPdus, dataPdus]));
  };

  const ask = (identifier: Buffer): WorklistResult => {
    try {
      return deps.findWorklist(identifier, link.device);
    } catch {
      // The error's text may hold what was asked.
      return { status: 'refused', code: dimseStatus.cannotUnderstand, why: 'unexpected error in the worklist' };
    }
  };

  const answer = async (context: AcceptedContext, command: DimseCommand, identifier: Buffer): Promise<void> => {
    const query = { messageId: command.messageId, isCancelled: false };
    active = query;
    const result = ask(identifier);
    if (result.status === 'refused') {
      deps.log({ level: 'warn', code: 'query_refused', callingAeTitle: link.device.aeTitle, why: result.why });
      active = undefined;
      respond(context, command, result.code);
      return;
    }
    const sent: WorklistAnswer[] = [];
    for (const found of result.answers) {
      if (!link.isOpen() || query.isCancelled) break;
      const status = found.supported ? dimseStatus.pending : dimseStatus.pendingUnsupportedKeys;
      sent.push(found);
      if (!respond(context, command, status, found.bytes)) await link.drained();
      else if (sent.length % answersPerTurn === 0) await nextTurn();
    }
    active = undefined;
    respond(context, command, query.isCancelled ? dimseStatus.cancelled : dimseStatus.success);
    deps.onEvent({
      kind: 'worklistQuery',
      atUtc: deps.nowUtc(),
      callingAeTitle: link.device.aeTitle,
      keys: result.keys,
      answeredStepIds: sent.map(({ stepId }) => stepId),
      leftOut: result.leftOut,
      sentNames: Object.fromEntries(sent.map(({ stepId, sentName }) => [stepId, sentName])),
    });
  };

  return {
    isActive: () => active !== undefined,
    begin(context: AcceptedContext, command: DimseCommand): DatasetSink {
      const parts: Buffer[] = [];
      let length = 0;
      return {
        write(bytes) {
          length += bytes.length;
          if (length > deps.limits.queryBytes) {
            respond(context, command, dimseStatus.identifierMismatch);
            return 'query too long';
          }
          parts.push(Buffer.from(bytes));
          return undefined;
        },
        end: () => void answer(context, command, Buffer.concat(parts)),
      };
    },
    /** C-CANCEL-RQ (PS3.7 9.3.2.3); one that names no running query is late and means nothing. */
    cancel(messageId: number): void {
      if (active?.messageId === messageId) active.isCancelled = true;
    },
  };
}
