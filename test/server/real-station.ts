/**
 * A workstation without its disk and windows: it shows what it pulled ⊕ its own pending sets, decides with the real law, and
 * sends what it made. Whoever works at it has the rights that the station knows of.
 */
import { randomBytes } from 'node:crypto';
import { automaticPermissions, permissionsOf } from '../../shared/access/permissions.ts';
import { overlayPatch } from '../../shared/desk/apply.ts';
import { createOverlayReader } from '../../shared/desk/overlay-reader.ts';
import { propose, type Proposal } from '../../shared/desk/propose.ts';
import { proposeUndo } from '../../shared/desk/undo.ts';
import { type ChangeSet, LAW_VERSION, type SetAnswer } from '../../shared/kernel/change-set.ts';
import type { Author } from '../../shared/kernel/command.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { ok } from '../../shared/kernel/result.ts';
import { inboxScope, patientScope, scheduleScopes } from '../../shared/kernel/scopes.ts';
import { addMinutes } from '../../shared/kernel/time.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import { law } from '../../shared/law.ts';
import type { User } from '../../shared/users/schema.ts';
import { createPulledDocuments } from './pulled-documents.ts';
import type { StationWire } from './station-wire.ts';

const FOLLOWED_DAYS = 31;
const newId = (): string => uuidV7(Date.now(), randomBytes(10));

export type ActOptions = {
  reason?: string;
  /** What the person was shown, by `kind/id`; without it, what the station shows now. */
  seen?: Readonly<Record<string, Doc>>;
  /** Ids that this station gives out, where a test chooses them. */
  ids?: string[];
};
export type RealStation = ReturnType<typeof createRealStation>;
type Pending = { set: ChangeSet; answer: SetAnswer | null };

export function createRealStation(wire: StationWire) {
  const { stationId, stationCode, locationId } = wire;
  const documents = createPulledDocuments(wire);
  const place = { id: stationId, code: stationCode, locationId };
  const series = new Map<string, number>();
  let pending: Pending[] = [];
  let seq = 0;
  const nowUtc = (): string => new Date().toISOString();
  const around = (days: number): string => addMinutes(nowUtc(), days * 24 * 60);
  documents.follow([
    'core',
    inboxScope(locationId),
    ...scheduleScopes(locationId, around(-FOLLOWED_DAYS), around(FOLLOWED_DAYS)),
  ]);

  const shown = new Map<string, Map<string, Doc | null>>();
  const overlay = ({ patches }: ChangeSet): void => {
    for (const patch of patches) {
      const kind = law.kinds[patch.kind];
      if (!kind) throw new Error(patch.kind);
      const docs = shown.get(patch.kind) ?? new Map<string, Doc | null>();
      const before = docs.get(patch.id);
      const stored = before === undefined ? documents.get(patch.kind, patch.id) : before;
      shown.set(patch.kind, docs.set(patch.id, overlayPatch(kind, stored ?? null, patch)));
    }
  };
  const reader = createOverlayReader(law, documents.reader, async (kind) => shown.get(kind) ?? new Map());

  /** A set rests once all that it changed has been brought back; one that is on hold never does. */
  const settle = (): void => {
    pending = pending.filter(({ answer }) => !answer?.changeNumber || answer.changeNumber > documents.through());
    shown.clear();
    for (const { set } of pending) overlay(set);
  };
  const sync = async (): Promise<void> => {
    await documents.pull();
    settle();
  };
  const note = (answers: readonly SetAnswer[]): void => {
    for (const answer of answers) {
      const row = pending.find(({ set }) => set.id === answer.setId);
      if (row) row.answer = answer;
    }
  };
  const push = async (...sets: readonly ChangeSet[]): Promise<SetAnswer[]> => {
    const answers = await wire.push(...sets);
    note(answers);
    return answers;
  };

  const authorOf = async (id: string): Promise<Author> => {
    if (id === stationId) return { id, name: '', permissions: automaticPermissions, automatic: true };
    const user = await reader.get<User>('user', id);
    if (!user?.active) throw new Error('nobody of this id can sign in here');
    return { id, name: user.name, permissions: permissionsOf(user.roles), automatic: false };
  };
  const ports = (ids: string[] = []) => ({
    law,
    reader,
    side: 'station' as const,
    nowUtc,
    newId: () => ids.shift() ?? newId(),
  });
  const base = {
    station: place,
    nextNumber: (name: string): string => {
      series.set(name, (series.get(name) ?? 0) + 1);
      return `${stationCode}-${String(series.get(name)).padStart(6, '0')}`;
    },
  };
  const touched = (patches: ChangeSet['patches']): string[] => patches.map((patch) => `${patch.kind}/${patch.id}`);
  const buildsOn = (patches: ChangeSet['patches']): string[] => {
    const wanted = new Set(touched(patches));
    return pending.filter(({ set }) => touched(set.patches).some((one) => wanted.has(one))).map(({ set }) => set.id);
  };
  const carried = () => ({ stationId, stationSeq: ++seq, clockOffsetMs: 0, seenThrough: documents.coreNumber() });
  const write = (proposal: Proposal): ChangeSet => {
    const set = { ...proposal.set, ...carried(), buildsOn: buildsOn(proposal.set.patches) };
    pending.push({ set, answer: null });
    overlay(set);
    return set;
  };
  const accepted = (made: Result<ChangeSet, Violation[]>): ChangeSet => {
    if (!made.ok) throw new Error(`refused at the station: ${JSON.stringify(made.error)}`);
    return made.value;
  };

  const attempt = async (
    authorId: string,
    name: string,
    input: Record<string, unknown>,
    { reason, seen, ids }: ActOptions = {},
  ): Promise<Result<ChangeSet, Violation[]>> => {
    const author = await authorOf(authorId);
    const call = { name, input, author, seen: seen ?? (await everythingShown(name)), reason: reason ?? null };
    const proposed = await propose(call, ports(ids), base);
    return proposed.ok ? ok(write(proposed.value)) : proposed;
  };
  /** All documents that the command may write, as the station shows them: a person looked before they acted. */
  const everythingShown = async (name: string): Promise<Record<string, Doc>> => {
    const found: Record<string, Doc> = {};
    for (const kind of Object.keys(law.commands[name]?.writes ?? {})) {
      for (const id of [...documents.idsOf(kind), ...(shown.get(kind)?.keys() ?? [])]) {
        const doc = await reader.get(kind, id);
        if (doc) found[`${kind}/${id}`] = doc;
      }
    }
    return found;
  };
  const undo = async (set: ChangeSet): Promise<Result<ChangeSet, Violation[]>> => {
    const proposed = await proposeUndo(set, await authorOf(set.authorId), ports(), base);
    return proposed.ok ? ok(write(proposed.value)) : proposed;
  };
  const act = async (...given: Parameters<typeof attempt>): Promise<ChangeSet> => accepted(await attempt(...given));

  return {
    ...wire,
    reader,
    sync,
    push,
    /** Gives a command here; violations are the answer of the station's own desk. Sent with the next push. */
    attempt,
    /** As `attempt`, where the station's own desk has nothing against it. */
    act,
    undo: async (set: ChangeSet): Promise<ChangeSet> => accepted(await undo(set)),
    attemptUndo: undo,
    /** Gives a command and sends it at once: the server's answer. */
    give: async (...given: Parameters<typeof attempt>): Promise<SetAnswer> =>
      (await push(await act(...given)))[0] as SetAnswer,
    /** Sends what was not sent yet, in its order. */
    pushAll: async (): Promise<SetAnswer[]> => {
      const unsent = pending.filter(({ answer }) => answer === null).map(({ set }) => set);
      return unsent.length === 0 ? [] : push(...unsent);
    },
    /** Brings a patient's chart from now on. */
    open: async (patientId: string): Promise<void> => {
      documents.follow([patientScope(patientId)]);
      await sync();
    },
    /** The next set of this station's series, written by hand: what no desk made. */
    byHand: (command: string, more: Partial<ChangeSet> & Pick<ChangeSet, 'authorId'>): ChangeSet => ({
      id: newId(),
      command,
      lawVersion: LAW_VERSION,
      atUtc: nowUtc(),
      reason: null,
      undoes: null,
      buildsOn: [],
      patches: [],
      minted: { ids: [], numbers: [] },
      lacked: [],
      input: {},
      ...carried(),
      ...more,
    }),
  };
}
