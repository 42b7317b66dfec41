import type { AssociationLink } from '../association/association.ts';
import type { AcceptedContext } from '../association/contexts.ts';
import type { DoorLimits } from '../limits.ts';
import { encodeData } from '../pdu/pdu-write.ts';
import type { DoorLog, ReceivedInstance } from '../ports.ts';
import type { IncomingObject } from '../../vault/incoming-object.ts';
import type { ObjectStore } from '../receive/object-store.ts';
import { isUid } from '../uids.ts';
import { type DimseCommand, dimseStatus, encodeResponse } from './command-set.ts';
import type { DatasetSink } from './message-reader.ts';

export type StoreDeps = {
  store: ObjectStore;
  limits: DoorLimits;
  nowUtc(): string;
  freeDiskBytes(): number;
  onReceived(instance: ReceivedInstance): void;
  log: DoorLog;
};

/**
 * C-STORE as provider (PS3.4 annex B). The dataset goes to the disk as it comes, unread; 0000 is only answered when it is durable
 * and journalled. What can't be kept is swallowed to its end and answered with A700 (come again) or A900 (does not fit its
 * class); nothing of it remains.
 */
export function createStoreService(link: AssociationLink, deps: StoreDeps) {
  let incoming: IncomingObject | undefined;

  const begin = (context: AcceptedContext, command: DimseCommand): DatasetSink => {
    let status = refusalOf(context, command);
    let object: IncomingObject | undefined;
    let checkDiskAt = 0;

    const giveUp = (newStatus: number, why: string): void => {
      status = newStatus;
      object?.drop();
      object = undefined;
      incoming = undefined;
      deps.log({ level: 'error', code: 'object_not_kept', callingAeTitle: link.device.aeTitle, why });
    };

    const checkRoom = (length: number): void => {
      if (length > deps.limits.objectBytes) giveUp(dimseStatus.outOfResources, 'object too long');
      if (status !== undefined || length < checkDiskAt) return;
      checkDiskAt += deps.limits.diskCheckEveryBytes;
      if (deps.freeDiskBytes() < deps.limits.diskReserveBytes)
        giveUp(dimseStatus.outOfResources, 'disk reserve reached');
    };

    const attempt = (action: () => void): void => {
      if (status !== undefined) return;
      try {
        action();
      } catch (error) {
        giveUp(dimseStatus.outOfResources, errorCode(error));
      }
    };

    const answer = (finalStatus: number): void => {
      const response = encodeResponse(command, finalStatus);
      link.send(encodeData(context.contextId, 'command', response, link.sendPduBytes));
    };

    const keep = async (whole: IncomingObject): Promise<void> => {
      incoming = undefined;
      link.hold();
      try {
        const outcome = await deps.store.keep(whole, {
          sopClassUid: command.affectedSopClassUid,
          sopInstanceUid: command.affectedSopInstanceUid,
          transferSyntaxUid: context.transferSyntaxUid,
          callingAeTitle: link.device.aeTitle,
          calledAeTitle: link.calledAeTitle,
          receivedAtUtc: deps.nowUtc(),
        });
        answer(dimseStatus.success);
        if (outcome.kind === 'stored') deps.onReceived(outcome.instance);
      } catch (error) {
        giveUp(dimseStatus.outOfResources, errorCode(error));
        answer(dimseStatus.outOfResources);
      } finally {
        link.resume();
      }
    };

    attempt(() => {
      checkRoom(0);
      if (status === undefined) incoming = object = deps.store.begin();
    });
    return {
      write(bytes) {
        attempt(() => {
          checkRoom((object?.length() ?? 0) + bytes.length);
          object?.write(bytes);
        });
        return undefined;
      },
      end() {
        if (object === undefined) answer(status ?? dimseStatus.outOfResources);
        else void keep(object);
      },
    };
  };

  return {
    begin,
    onClosed(): void {
      incoming?.drop();
      incoming = undefined;
    },
  };
}

function refusalOf(context: AcceptedContext, command: DimseCommand): number | undefined {
  if (command.affectedSopClassUid !== context.abstractSyntaxUid) return dimseStatus.identifierMismatch;
  return isUid(command.affectedSopInstanceUid) ? undefined : dimseStatus.identifierMismatch;
}

/** The system's code alone: messages of file errors hold paths. */
function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unexpected error';
}
