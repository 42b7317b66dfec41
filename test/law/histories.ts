/**
 * Random histories of stations that are apart for a while (design §2): every command, people of every role, undo and redo,
 * rights taken away. After healing all hold the same, the laws across documents hold, and nothing acknowledged is silently gone.
 */
import { commands } from '../../shared/commands.ts';
import { sameJson } from '../../shared/kernel/canonical-json.ts';
import type { ChangeSet, SetAnswer } from '../../shared/kernel/change-set.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { CommandCall, Law } from '../../shared/desk/ports.ts';
import { cases } from './cases.ts';
import { closeOf } from './cases-billing.ts';
import { type LawClinic, openLawClinic } from './law-clinic.ts';
import type { LawStation } from './law-world.ts';
import { faultsOf, type Store } from './store-laws.ts';

export type HistoriesResult = {
  n: number;
  lost: number;
  commands: number;
  answers: Record<string, number>;
  faults: string[];
};

type Apart = { station: LawStation; pending: ChangeSet[]; touched: Set<string> };

/** A station syncs after this many of its steps, on average. */
const APART_STEPS = 6;

export async function proveHistories(options: {
  seed: number;
  steps: number;
  deadlineMs: number;
  /** The server judges by another law, for sabotage. */
  serverLaw?: Law;
}): Promise<HistoriesResult> {
  const clinic = await openLawClinic(options.seed);
  const { world } = clinic;
  if (options.serverLaw) world.judgeBy(options.serverLaw);
  const third = await world.addStation('K3', world.ids.locationId);
  const apart: Apart[] = [clinic.here, clinic.there, third].map((station) => ({
    station,
    pending: [],
    touched: new Set(),
  }));
  const given = new Map<string, number>();
  const answers: Record<string, number> = {};
  const faults: string[] = [];
  const names = Object.keys(commands).filter((name) => !commands[name]?.serverOnly);
  let n = 0;
  try {
    const calls = await prepareCalls(clinic, names, options);
    for (const one of apart) await world.sync(one.station);
    while (calls.length > 0 && performance.now() < options.deadlineMs) {
      const one = world.dice.pick(apart);
      const act = world.dice.int(1, 10);
      if (act === 1) await undoLast(clinic, one);
      else {
        // The same call is given at one station, and now and then at two that are apart.
        const call = calls.pop();
        if (!call) break;
        for (const at of world.dice.chance(0.3) ? apart.slice(0, 2) : [one]) {
          if (!(await giveApart(clinic, at, call))) continue;
          n++;
          given.set(call.name, (given.get(call.name) ?? 0) + 1);
        }
      }
      if (world.dice.chance(1 / APART_STEPS)) await heal(clinic, one, answers, faults);
    }
    for (const one of apart) await heal(clinic, one, answers, faults);
    for (const one of apart) await heal(clinic, one, answers, faults);
    const stores = await Promise.all(apart.map(({ station }) => storeOf(clinic, station)));
    const [first, ...others] = stores;
    if (first && others.some((store) => !sameJson(...plain(first, store))))
      faults.push('stations hold different documents');
    if (first) faults.push(...faultsOf(first));
  } finally {
    await clinic.close();
  }
  return { n, lost: faults.length, commands: given.size, answers, faults };
}

/** Calls of every command in turn, made ready while all are together, then given while they are apart. */
async function prepareCalls(
  clinic: LawClinic,
  names: readonly string[],
  { steps, deadlineMs }: { steps: number; deadlineMs: number },
): Promise<CommandCall[]> {
  const calls: CommandCall[] = [];
  for (let at = 0; calls.length < steps && performance.now() < deadlineMs; at++) {
    const make = cases[names[at % names.length] ?? ''];
    if (make) calls.push(await make(clinic));
    if (at % 8 === 0) calls.push(...(await contested(clinic)));
  }
  return clinic.world.dice.shuffled(calls);
}

/** One booking that several people want different things of, each where they have not heard of the others. */
async function contested(clinic: LawClinic): Promise<CommandCall[]> {
  const { people, call, booking, slot } = clinic;
  const seen = await booking();
  const { id: appointmentId } = seen;
  const options = { kind: 'appointment', seen: [seen] };
  return [
    call(people.front, 'waiting-room/arrive', { appointmentId }),
    call(people.front, 'scheduling/cancel', { appointmentId }, { ...options, reason: 'called' }),
    call(people.front, 'scheduling/move', { ...slot(), appointmentId }, options),
  ];
}

/** A station's own law may say no to what became of the world meanwhile; anything else that goes wrong is a fault. */
function unlessRefused(error: Error): undefined {
  if (!error.message.includes('refused at the station')) throw error;
}

async function giveApart(clinic: LawClinic, at: Apart, prepared: CommandCall): Promise<boolean> {
  // A count is of the drawer as it stands where and when it is given.
  const call = prepared.name === 'billing/close-day' ? await closeOf(clinic, at.station) : prepared;
  const made = await clinic.world.proposeAt(at.station, call, at.pending.length).catch(unlessRefused);
  if (!made || made.set.patches.length === 0) return false;
  keep(at, made.set, made.written);
  return true;
}

function keep(
  at: Apart,
  set: ChangeSet,
  written: ReadonlyArray<{ kind: string; id: string; after: Doc | null }>,
): void {
  at.pending.push(set);
  for (const { kind, id, after } of written) {
    at.touched.add(`${kind}/${id}`);
    if (after) at.station.reader.put(kind, after);
    else at.station.reader.remove(kind, id);
  }
}

async function undoLast(clinic: LawClinic, at: Apart): Promise<void> {
  const last = at.pending.at(-1);
  const author = last && Object.values(clinic.people).find((one) => one.id === last.authorId);
  if (!last || !author) return;
  const made = await clinic.world.proposeUndoAt(at.station, last, author, at.pending.length).catch(unlessRefused);
  if (made) keep(at, made.set, made.written);
}

/** Sends what waits, in order, and brings everything; what was refused is shown as the server has it. */
async function heal(clinic: LawClinic, at: Apart, answers: Record<string, number>, faults: string[]): Promise<void> {
  const { world } = clinic;
  for (const set of at.pending) {
    const { answer } = await world.push(at.station, set);
    answers[answer.result] = (answers[answer.result] ?? 0) + 1;
    const fault = await silentlyGone(clinic, set, answer);
    if (fault) faults.push(fault);
  }
  at.pending = [];
  await world.sync(at.station);
  for (const key of at.touched) {
    const [kind = '', id = ''] = key.split('/');
    const doc = await world.readAtServer(kind, id);
    if (doc) at.station.reader.put(kind, doc);
    else at.station.reader.remove(kind, id);
  }
  at.touched.clear();
}

/** An acknowledged set is taken, or somebody is told; an honest one is never on hold as forged. */
async function silentlyGone(clinic: LawClinic, set: ChangeSet, answer: SetAnswer): Promise<string | undefined> {
  const codes = answer.violations
    .map((one) => one['code'])
    .filter((code) => typeof code === 'string')
    .join(', ');
  if (answer.result === 'held') return `${set.command} on hold: ${codes}`;
  if (answer.result !== 'refused') return undefined;
  if (!set.undoes && commands[set.command]?.nature === 'record' && !codes.includes('other-author'))
    return `${set.command} is a record and was refused: ${codes}`;
  return (await clinic.world.hasRefusal(set.id)) ? undefined : `${set.command} was refused and nobody is told`;
}

async function storeOf(clinic: LawClinic, station: LawStation): Promise<Store> {
  await clinic.world.sync(station);
  return station.reader.all();
}

const plain = (a: Store, b: Store): [unknown, unknown] => [sorted(a), sorted(b)];
const sorted = (store: Store): unknown =>
  Object.fromEntries(
    [...store]
      .map(([kind, docs]) => [kind, docs.toSorted((x, y) => (x.id < y.id ? -1 : 1))] as const)
      .filter(([, docs]) => docs.length > 0),
  );
