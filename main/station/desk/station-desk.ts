import { randomBytes } from 'node:crypto';
import { kinds } from '../../../shared/collections.ts';
import { commands } from '../../../shared/commands.ts';
import { checkDocuments, checkRules } from '../../../shared/desk/check.ts';
import { applyPatch } from '../../../shared/desk/apply.ts';
import type { CommandCall, Written } from '../../../shared/desk/ports.ts';
import type { ProposedSet } from '../../../shared/desk/propose.ts';
import { propose } from '../../../shared/desk/propose.ts';
import { inversePatches } from '../../../shared/desk/undo.ts';
import type { ChangeSet, Patch } from '../../../shared/kernel/change-set.ts';
import { LAW_VERSION } from '../../../shared/kernel/change-set.ts';
import type { Author, CommandContext } from '../../../shared/kernel/command.ts';
import { uuidV7 } from '../../../shared/kernel/id.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { fail, ok } from '../../../shared/kernel/result.ts';
import type { Violation } from '../../../shared/kernel/violation.ts';
import { violation } from '../../../shared/kernel/violation.ts';
import type { Cabinet, CabinetWrite } from '../../cabinet/cabinet.ts';
import type { Base } from '../../cabinet/base.ts';
import type { StationIdentity } from './identity.ts';
import type { Numbers } from './numbers.ts';
import type { SetLog } from '../../cabinet/set-log.ts';
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
export type StationDesk = {
  run: (call: CommandCall, priority: Priority) => Promise<Result<Done, Violation[]>>;
  undo: (setId: string | null, author: Author) => Promise<Result<Done, Violation[]>>;
};

/** The desk of a workstation: one call, one turn, one change set, written with its outbox row in one transaction. */
export function createStationDesk(parts: DeskParts): StationDesk {
  const { cabinet, log, base, identity } = parts;
  const law = { kinds, commands };
  const station = { id: identity.stationId, code: identity.stationCode, locationId: identity.locationId };
  const newId = (): string => uuidV7(parts.nowMs(), randomBytes(10));
  const ports = { law, reader: cabinet.reader, nowUtc: () => new Date(parts.nowMs()).toISOString(), newId };

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
    return {
      setId: set.id,
      undoable: commands[set.command]?.undo === 'patches' && set.undoes === null,
      written: written.map(({ kind, id }) => ({ kind, id })),
    };
  };

  const runTurn = async (call: CommandCall): Promise<Result<Done, Violation[]>> => {
    const numbers = parts.numbers.begin();
    const proposal = await propose(call, ports, { station, nextNumber: numbers.next });
    if (!proposal.ok) return proposal;
    if (proposal.value.set.patches.length === 0)
      return ok({ setId: proposal.value.set.id, undoable: false, written: [] });
    return ok(writeSet(proposal.value.set, proposal.value.written, numbers.take));
  };

  const undoTurn = async (setId: string | null, author: Author): Promise<Result<Done, Violation[]>> => {
    const row = setId ? log.get(setId) : lastUndoable(log, author.id);
    if (!row || row.set.authorId !== author.id) return fail([violation('UNDO-1', 'nothing-to-undo')]);
    const spec = commands[row.set.command];
    if (!spec || spec.undo !== 'patches' || row.set.undoes) return fail([violation('UNDO-2', 'no-inverse')]);
    if (isUndone(log, row.set.id) || row.answer?.result === 'refused')
      return fail([violation('UNDO-1', 'already-undone')]);
    const patches = inversePatches(row.set.patches);
    const written = applyAll(cabinet, patches);
    if (!written) return fail([violation('UNDO-4', 'changed-meanwhile')]);
    const context: CommandContext = {
      nowUtc: ports.nowUtc(),
      author,
      station,
      reason: row.set.reason,
      newId,
      nextNumber: () => '',
    };
    const facts = await spec.gather(cabinet.reader, row.set.input, context);
    const against = [
      ...checkDocuments(law, written, author.id),
      ...checkRules(spec, row.set.input, written, facts, context),
    ];
    if (against.length > 0) return fail(against);
    const set: ProposedSet = {
      id: newId(),
      command: row.set.command,
      input: row.set.input,
      lawVersion: LAW_VERSION,
      authorId: author.id,
      atUtc: context.nowUtc,
      reason: row.set.reason,
      undoes: row.set.id,
      patches,
    };
    return ok(writeSet(set, written, () => undefined));
  };

  return {
    run: (call, priority) => parts.queue(priority, () => runTurn(call)),
    undo: (setId, author) => parts.queue('person', () => undoTurn(setId, author)),
  };
}

/** What the inverse makes of the documents, or undefined where somebody changed one of them since. */
function applyAll(cabinet: Cabinet, patches: readonly Patch[]): Written[] | undefined {
  const written: Written[] = [];
  for (const patch of patches) {
    const kind = kinds[patch.kind];
    const before = cabinet.getHeld(patch.kind, patch.id)?.doc ?? null;
    const applied = kind && applyPatch(kind, before, patch);
    if (!applied || applied.conflicts.length > 0) return undefined;
    written.push({ kind: patch.kind, id: patch.id, before, after: applied.after });
  }
  return written;
}

function pendingBelow(log: SetLog, patches: readonly Patch[]): string[] {
  const touched = new Set(patches.map((patch) => `${patch.kind}/${patch.id}`));
  return log
    .open()
    .filter(({ set }) => set.patches.some((patch) => touched.has(`${patch.kind}/${patch.id}`)))
    .map(({ set }) => set.id)
    .slice(-200);
}

const isUndone = (log: SetLog, setId: string): boolean => log.latest(500).some(({ set }) => set.undoes === setId);

function lastUndoable(log: SetLog, authorId: string) {
  const latest = log.latest(500);
  const undone = new Set(latest.map(({ set }) => set.undoes));
  return latest.find(
    ({ set }) =>
      set.authorId === authorId && !set.undoes && !undone.has(set.id) && commands[set.command]?.undo === 'patches',
  );
}

const readNumber = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
const numberOf = (writes: readonly CabinetWrite[], one: Written): number =>
  writes.find((write) => write.kind === one.kind && write.id === one.id)?.number ?? 0;
