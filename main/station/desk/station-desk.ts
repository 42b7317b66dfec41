import { randomBytes } from 'node:crypto';
import { law } from '../../../shared/law.ts';
import type { CommandCall, Written } from '../../../shared/desk/ports.ts';
import type { ProposedSet } from '../../../shared/desk/propose.ts';
import { propose } from '../../../shared/desk/propose.ts';
import { proposeUndo } from '../../../shared/desk/undo.ts';
import { sameJson } from '../../../shared/kernel/canonical-json.ts';
import type { ChangeSet, Patch } from '../../../shared/kernel/change-set.ts';
import type { Author } from '../../../shared/kernel/command.ts';
import { uuidV7 } from '../../../shared/kernel/id.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { fail, ok } from '../../../shared/kernel/result.ts';
import type { Violation } from '../../../shared/kernel/violation.ts';
import { violation } from '../../../shared/kernel/violation.ts';
import type { Cabinet } from '../../cabinet/cabinet.ts';
import type { CabinetWrite } from '../../cabinet/stored-form.ts';
import type { Base } from '../../cabinet/base.ts';
import type { StationIdentity } from './identity.ts';
import { nextRedo, nextUndo, undoOf } from './undo-history.ts';
import type { Numbers } from './numbers.ts';
import type { SetLog, SetRow } from '../../cabinet/set-log.ts';
import type { Priority, TurnQueue } from '../../cabinet/turn-queue.ts';

export type DeskParts = {
  cabinet: Cabinet;
  log: SetLog;
  base: Base;
  numbers: Numbers;
  identity: StationIdentity;
  queue: TurnQueue;
  nowMs: () => number;
  /** After a set was written: the postman may send. */
  onWritten: () => void;
  /** Keeps the counter and chain head outside the data folder, after the commit. */
  onHead: () => void;
};

export type Done = { setId: string; undoable: boolean; written: Array<{ kind: string; id: string }> };
type GivenResult = Result<Done, Violation[]>;
export type StationDesk = {
  /** `actionId` becomes the set's id: the same act given again is not done again, its answer is the first one's. */
  run: (call: CommandCall, priority: Priority, actionId?: string) => Promise<GivenResult>;
  /** Takes back one set, or with null the person's newest action. */
  undo: (setId: string | null, author: Author) => Promise<GivenResult>;
  /** Gives again what the person took back last. */
  redo: (author: Author) => Promise<GivenResult>;
};

/** How many of the station's newest sets an undo is looked for in: more than anybody does in a day. */
const UNDO_REACH = 500;

/** The desk of a workstation: one call, one turn, one change set, written with its outbox row in one transaction. */
export function createStationDesk(parts: DeskParts): StationDesk {
  const { cabinet, log, base, identity } = parts;
  const station = { id: identity.stationId, code: identity.stationCode, locationId: identity.locationId };
  const newId = (): string => uuidV7(parts.nowMs(), randomBytes(10));
  const ports = {
    law,
    reader: cabinet.reader,
    side: 'station' as const,
    nowUtc: () => new Date(parts.nowMs()).toISOString(),
    newId,
  };

  const writeSet = (proposed: ProposedSet, written: readonly Written[], take: () => void): Done => {
    const set: ChangeSet = {
      ...proposed,
      stationId: identity.stationId,
      stationSeq: log.head().seq + 1,
      clockOffsetMs: readNumber(cabinet.meta.get('clock-offset-ms')),
      seenThrough: readNumber(cabinet.meta.get('core-number')) ?? 0,
      buildsOn: pendingBelow(log, proposed.patches),
    };
    const writes: CabinetWrite[] = written.map((one) => ({
      kind: one.kind,
      id: one.id,
      doc: one.after,
      number: cabinet.getHeld(one.kind, one.id)?.number ?? 0,
    }));
    cabinet.write(writes, 'desk', () => {
      for (const one of written)
        base.keep(one.kind, one.id, one.before ? { doc: one.before, number: numberOf(writes, one) } : undefined);
      log.append(set);
      take();
    });
    parts.onHead();
    parts.onWritten();
    return doneOf(set);
  };

  const runTurn = async (call: CommandCall, actionId: string | undefined): Promise<GivenResult> => {
    const earlier = actionId === undefined ? undefined : log.get(actionId)?.set;
    if (earlier)
      return isOf(earlier, call) ? ok(doneOf(earlier)) : fail([violation('KERNEL-10', 'same-id-other-bytes')]);
    const numbers = parts.numbers.begin();
    const proposal = await propose(call, ports, { station, nextNumber: numbers.next });
    if (!proposal.ok) return proposal;
    if (proposal.value.set.patches.length === 0)
      return ok({ setId: proposal.value.set.id, undoable: false, written: [] });
    const { set, written } = proposal.value;
    return ok(writeSet({ ...set, id: actionId ?? set.id }, written, numbers.take));
  };

  const undoTurn = async (
    author: Author,
    pick: (latest: SetRow[]) => Result<ChangeSet, Violation[]>,
  ): Promise<GivenResult> => {
    const picked = pick(log.latest(UNDO_REACH));
    if (!picked.ok) return picked;
    const numbers = parts.numbers.begin();
    const proposal = await proposeUndo(picked.value, author, ports, { station, nextNumber: numbers.next });
    if (!proposal.ok) return proposal;
    return ok(writeSet(proposal.value.set, proposal.value.written, numbers.take));
  };
  const named = (setId: string, author: Author) => (latest: SetRow[]) => {
    const row = log.get(setId);
    return row ? undoOf(latest, row.set, author.id) : fail([violation('UNDO-1', 'nothing-to-undo')]);
  };

  return {
    run: (call, priority, actionId) => parts.queue(priority, () => runTurn(call, actionId)),
    undo: (setId, author) =>
      parts.queue('person', () =>
        undoTurn(author, setId ? named(setId, author) : (latest) => nextUndo(latest, author.id)),
      ),
    redo: (author) => parts.queue('person', () => undoTurn(author, (latest) => nextRedo(latest, author.id))),
  };
}

const doneOf = (set: ChangeSet): Done => ({
  setId: set.id,
  undoable: law.commands[set.command]?.undo === 'patches' && set.undoes === null,
  written: set.patches.map(({ kind, id }) => ({ kind, id })),
});

/** Whether a set is what this call made: by the same person, with the same input. */
function isOf(set: ChangeSet, call: CommandCall): boolean {
  const input = law.commands[call.name]?.input.safeParse(call.input);
  return set.command === call.name && set.authorId === call.author.id && sameJson(input?.data, set.input);
}

function pendingBelow(log: SetLog, patches: readonly Patch[]): string[] {
  const touched = new Set(patches.map((patch) => `${patch.kind}/${patch.id}`));
  return log
    .open()
    .filter(({ set }) => set.patches.some((patch) => touched.has(`${patch.kind}/${patch.id}`)))
    .map(({ set }) => set.id)
    .slice(-200);
}

const readNumber = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
const numberOf = (writes: readonly CabinetWrite[], one: Written): number =>
  writes.find((write) => write.kind === one.kind && write.id === one.id)?.number ?? 0;
