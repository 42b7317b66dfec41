import type { AcceptedContext } from '../association/contexts.ts';
import type { FragmentHeader } from '../pdu/pdu-reader.ts';
import { type DimseCommand, decodeCommand } from './command-set.ts';

/** Takes one dataset as it arrives. `end` means the last byte is there; a message that is cut off never ends, it is dropped. */
export type DatasetSink = {
  /** A reason refuses the rest and ends the association. The bytes are lent. */
  write(bytes: Buffer): string | undefined;
  end(): void;
};

export type CommandOutcome = { sink: DatasetSink } | { problem: string } | { done: true };

export type MessageReader = {
  onFragmentStart(header: FragmentHeader): string | undefined;
  onFragmentBytes(bytes: Buffer): string | undefined;
  onFragmentEnd(header: FragmentHeader): string | undefined;
  /** True between the first byte of a command and the last of its dataset. */
  isMidMessage(): boolean;
};

/**
 * Puts fragments together to messages (PS3.7 6.3.1, PS3.8 annex E): a command set, then its dataset if it names one, all on one
 * accepted context and never mixed with another message. Command sets are kept up to `commandBytes`; datasets are handed to the
 * sink that `onCommand` gave.
 */
export function createMessageReader(options: {
  contexts: Map<number, AcceptedContext>;
  commandBytes: number;
  onCommand(context: AcceptedContext, command: DimseCommand): CommandOutcome;
}): MessageReader {
  let context: AcceptedContext | undefined;
  let sink: DatasetSink | undefined;
  let parts: Buffer[] = [];
  let partsBytes = 0;
  let inCommand = true;

  const endCommand = (): string | undefined => {
    const decoded = decodeCommand(Buffer.concat(parts));
    parts = [];
    partsBytes = 0;
    if (!decoded.ok) return decoded.why;
    if (context === undefined) return 'command without context';
    const outcome = options.onCommand(context, decoded.value);
    if ('problem' in outcome) return outcome.problem;
    if ('done' in outcome && decoded.value.hasDataset) return 'dataset where none belongs';
    if ('sink' in outcome && !decoded.value.hasDataset) return 'no dataset where one belongs';
    sink = 'sink' in outcome ? outcome.sink : undefined;
    if (sink === undefined) context = undefined;
    return undefined;
  };

  return {
    onFragmentStart({ contextId, isCommand }) {
      const accepted = options.contexts.get(contextId);
      if (accepted === undefined) return 'fragment on a context that was not accepted';
      if (context !== undefined && context !== accepted) return 'context changed inside a message';
      if (isCommand !== (sink === undefined)) return 'command and dataset fragments out of order';
      context = accepted;
      inCommand = isCommand;
      return undefined;
    },
    onFragmentBytes(bytes) {
      if (!inCommand) return sink?.write(bytes);
      partsBytes += bytes.length;
      if (partsBytes > options.commandBytes) return 'command set too long';
      parts.push(Buffer.from(bytes));
      return undefined;
    },
    onFragmentEnd({ isCommand, isLast }) {
      if (!isLast) return undefined;
      if (isCommand) return endCommand();
      const ended = sink;
      sink = undefined;
      context = undefined;
      ended?.end();
      return undefined;
    },
    isMidMessage: () => context !== undefined,
  };
}
