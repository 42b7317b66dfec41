/**
 * The proof that a station can do only what the law makes: forged variants of a valid set of every command have no effect, and
 * honest sets, stale ones too, are never taken for forged.
 */
import { commands } from '../../shared/commands.ts';
import type { CommandCall } from '../../shared/desk/ports.ts';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import { cases } from './cases.ts';
import { drawDisturbances } from './disturb.ts';
import { forgeriesOf } from './forge.ts';
import type { GullibleLaw } from './gullible-law.ts';
import { type LawClinic, openLawClinic } from './law-clinic.ts';
import type { Judged } from './law-world.ts';

export type ForgedSetsResult = {
  n: number;
  honest: number;
  lost: number;
  commands: number;
  minPerCommand: number;
  faults: string[];
};

/** Forgeries of one valid set before the next one is made: so that they are not all of one document. */
const PER_SET = 40;

/** Kinds that the server itself writes beside a set that it did not take. */
const beside = new Set(['task', 'refusal']);

export async function proveForgedSets(options: {
  seed: number;
  perCommand: number;
  deadlineMs: number;
  gullible?: GullibleLaw;
}): Promise<ForgedSetsResult> {
  const clinic = await openLawClinic(options.seed, options.gullible);
  const faults: string[] = [];
  const perCommand = new Map<string, number>();
  let honest = 0;
  try {
    for (const name of Object.keys(commands)) {
      perCommand.set(name, 0);
      while ((perCommand.get(name) ?? 0) < options.perCommand && performance.now() < options.deadlineMs) {
        const valid = await makeValid(clinic, name);
        const left = options.perCommand - (perCommand.get(name) ?? 0);
        const forgeries = await forgeriesOf(valid.set, Math.min(PER_SET, left), clinic);
        for (const { how, set: forged } of forgeries) {
          const fault = faultOf(await clinic.world.tryOut(forged));
          if (fault) faults.push(`${name}: ${how}: ${fault}`);
        }
        perCommand.set(name, (perCommand.get(name) ?? 0) + forgeries.length);
        honest += await controls(clinic, valid, forgeries.length, faults);
      }
    }
  } finally {
    await clinic.close();
  }
  const counts = [...perCommand.values()];
  return {
    n: counts.reduce((sum, one) => sum + one, 0),
    honest,
    lost: faults.length,
    commands: perCommand.size,
    minPerCommand: Math.min(...counts),
    faults,
  };
}

/** What a forged set did; undefined when it did nothing and, where it is on hold, somebody was told. */
function faultOf({ answer, alarms, changed }: Judged): string | undefined {
  const effect = changed.find((kind) => !beside.has(kind));
  if (effect) return `${answer.result} with effect on ${effect}`;
  if (answer.result === 'refused') return undefined;
  const isWaiting = answer.violations.some((one) =>
    ['builds-on-unknown', 'undoes-unknown', 'number-gap'].some((code) => one['code'] === code),
  );
  if (answer.result === 'held') return alarms.length > 0 || isWaiting ? undefined : 'on hold without an alarm';
  return answer.result;
}

/** A set that the station's own law makes; one of the server's own commands is made as the server would and carried by a station. */
async function makeValid(clinic: LawClinic, name: string): Promise<Valid> {
  const { world, here } = clinic;
  const make = cases[name];
  if (!make) throw new Error(`no case for ${name}`);
  const call = await make(clinic);
  await world.sync(here);
  const isServers = commands[name]?.serverOnly === true;
  const { set } = await (isServers ? world.proposeAsServer(here, call) : world.proposeAt(here, call));
  return { name, call, set };
}

type Valid = { name: string; call: CommandCall; set: ChangeSet };

/** As many honest sets as forged ones, each with other things happening at the server before it comes: how many were given. */
async function controls(
  clinic: LawClinic,
  { name, call, set }: Valid,
  count: number,
  faults: string[],
): Promise<number> {
  for (let given = 0; given < count; given++) {
    if (commands[name]?.serverOnly) {
      if (!(await clinic.world.tryAtServer(call))) faults.push(`${name}: honest: the server refused itself`);
      continue;
    }
    const meanwhile = await drawDisturbances(set, clinic);
    const judged = await clinic.world.tryOut(set, meanwhile);
    if (isForged(judged))
      faults.push(`${name}: honest: taken for forged after ${meanwhile.map((doc) => doc.kind).join(', ')}`);
    if (meanwhile.length === 0 && judged.answer.result !== 'accepted')
      faults.push(`${name}: honest: ${judged.answer.result} ${JSON.stringify(judged.answer.violations[0])}`);
  }
  return count;
}

const isForged = ({ answer }: Judged): boolean =>
  answer.violations.some((one) => one['code'] === 'not-what-the-law-makes');
