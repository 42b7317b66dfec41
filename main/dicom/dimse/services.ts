import type { AssociationLink, AssociationServices } from '../association/association.ts';
import type { AcceptedContext } from '../association/contexts.ts';
import { encodeData } from '../pdu/pdu-write.ts';
import { commandField, type DimseCommand, dimseStatus, encodeResponse, responseBit } from './command-set.ts';
import { createFindService, type FindDeps } from './find-service.ts';
import type { CommandOutcome } from './message-reader.ts';
import { createStoreService, type StoreDeps } from './store-service.ts';

/** The services of one association: C-ECHO, C-STORE and C-FIND, each only on a context that was accepted for it. */
export function createServices(link: AssociationLink, deps: StoreDeps & FindDeps): AssociationServices {
  const store = createStoreService(link, deps);
  const find = createFindService(link, deps);

  const answer = (context: AcceptedContext, command: DimseCommand, status: number): void => {
    link.send(encodeData(context.contextId, 'command', encodeResponse(command, status), link.sendPduBytes));
  };

  const refuse = (context: AcceptedContext, command: DimseCommand): CommandOutcome => {
    if (!command.hasDataset) {
      answer(context, command, dimseStatus.noSuchOperation);
      return { done: true };
    }
    let length = 0;
    return {
      sink: {
        write: (bytes) => {
          length += bytes.length;
          return length > deps.limits.queryBytes ? 'dataset of an unknown operation too long' : undefined;
        },
        end: () => answer(context, command, dimseStatus.noSuchOperation),
      },
    };
  };

  return {
    onCommand(context, command) {
      if (command.commandField === commandField.cancel) {
        find.cancel(command.messageIdBeingRespondedTo);
        return { done: true };
      }
      if (command.commandField >= responseBit) return { problem: 'response to nothing that was asked' };
      if (find.isActive()) return { problem: 'second operation while one is running' };
      if (command.commandField === commandField.echo && context.service === 'verification') {
        answer(context, command, dimseStatus.success);
        deps.onEvent({ kind: 'echo', atUtc: deps.nowUtc(), callingAeTitle: link.device.aeTitle });
        return { done: true };
      }
      if (command.commandField === commandField.store && context.service === 'storage') {
        return { sink: store.begin(context, command) };
      }
      if (command.commandField === commandField.find && context.service === 'worklist') {
        return { sink: find.begin(context, command) };
      }
      return refuse(context, command);
    },
    onClosed: () => store.onClosed(),
  };
}
