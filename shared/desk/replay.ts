/**
 * A station's decision made again: the same command, input, author, time, ids and numbers over what the station saw. What does
 * not come out the same is not what the law makes, whoever sent it.
 */
import { sameJson } from '../kernel/canonical-json.ts';
import type { ChangeSet, Minted, Patch } from '../kernel/change-set.ts';
import type { CommandContext, CommandSpec, NumberSeries } from '../kernel/command.ts';
import { unitOf } from '../kernel/kind.ts';
import type { Reader } from '../kernel/reader.ts';
import type { Decided } from './decide.ts';
import { decideOver, opOf } from './decide.ts';
import type { Law } from './ports.ts';

/** Thrown where a decision takes an id or a number that its set does not carry. */
class MintedOut extends Error {}

/** A number of a series that a set gives out. */
export type PrintedNumber = { series: NumberSeries; number: string };

export type Replayed =
  | { same: true; decided: Decided[]; printed: PrintedNumber[]; mintedIds: ReadonlySet<string> }
  | { same: false; why: string };

export type Replay = {
  law: Law;
  spec: CommandSpec;
  input: unknown;
  set: Pick<ChangeSet, 'patches' | 'minted'>;
  context: Omit<CommandContext, 'newId' | 'nextNumber'>;
};

/** Decides again over `reader` and compares with the set's patches; `why` names the first difference, without patient data. */
export async function replay({ law, spec, input, set, context }: Replay, reader: Reader): Promise<Replayed> {
  const minted = set.minted ?? mintedOf(set.patches);
  const printed: PrintedNumber[] = [];
  const given = withMinted(context, minted, printed);
  const mintedIds = new Set(minted.ids);
  if (mintedIds.size !== minted.ids.length || minted.ids.some((id) => id[14] !== '7'))
    return { same: false, why: 'minted-ids' };
  try {
    const decided = await decideOver(law, spec, input, reader, given.context);
    if (!decided.ok) return { same: false, why: `undecided ${decided.error[0]?.code ?? ''}` };
    if (given.left() > 0) return { same: false, why: 'minted-surplus' };
    const why = differenceOf(law, decided.value, set.patches);
    return why ? { same: false, why } : { same: true, decided: decided.value, printed, mintedIds };
  } catch (error) {
    if (error instanceof MintedOut) return { same: false, why: error.message };
    throw error;
  }
}

/** The station's ids and numbers in their order; a number has to be of its own series (`K2-000123`). */
function withMinted(
  context: Replay['context'],
  minted: Minted,
  printed: PrintedNumber[],
): { context: CommandContext; left: () => number } {
  const [ids, numbers] = [[...minted.ids], [...minted.numbers]];
  const take = (from: string[], what: string): string => {
    const next = from.shift();
    if (next === undefined) throw new MintedOut(`${what}-missing`);
    return next;
  };
  const nextNumber = (series: NumberSeries): string => {
    const number = take(numbers, 'number');
    const [code, counter = ''] = number.split('-');
    if (code !== context.station.code || !/^\d{6,9}$/.test(counter)) throw new MintedOut('number-of-another-series');
    printed.push({ series, number });
    return number;
  };
  return {
    context: { ...context, newId: () => take(ids, 'id'), nextNumber },
    left: () => ids.length + numbers.length,
  };
}

function differenceOf(law: Law, decided: readonly Decided[], patches: readonly Patch[]): string | undefined {
  const byKey = new Map(patches.map((patch) => [`${patch.kind}/${patch.id}`, patch]));
  if (byKey.size !== patches.length) return 'patched-twice';
  for (const doc of decided) {
    const patch = byKey.get(`${doc.kind}/${doc.id}`);
    const kind = law.kinds[doc.kind];
    if (!patch || !kind) return `missing ${doc.kind}`;
    if (patch.op !== opOf(doc)) return `op ${doc.kind}`;
    const units = Object.keys(patch.units);
    if (units.length !== doc.units.length || !doc.units.every((unit) => units.includes(unit)))
      return `units ${doc.kind}`;
    const wrong = doc.units.find((unit) => !sameJson(unitOf(kind, unit, doc.after), patch.units[unit]?.after ?? null));
    if (wrong) return `value ${doc.kind}.${wrong}`;
  }
  return decided.length === patches.length ? undefined : 'surplus';
}

/** Ids and numbers of a set of law 1, which did not carry them: those of the documents that it makes. */
function mintedOf(patches: readonly Patch[]): Minted {
  const made = patches.filter((patch) => patch.op === 'create');
  const numbers = made.flatMap((patch) => {
    const fields = Object.assign({}, ...Object.values(patch.units).map((unit) => unit.after ?? {})) as Record<
      string,
      unknown
    >;
    const found = numberFields.map((field) => fields[field]).find((value) => typeof value === 'string');
    return typeof found === 'string' ? [found] : [];
  });
  return { ids: made.map((patch) => patch.id).filter((id) => id[14] === '7'), numbers };
}
const numberFields = ['recordNumber', 'accessionNumber', 'receiptNumber', 'number', 'documentNumber'] as const;
