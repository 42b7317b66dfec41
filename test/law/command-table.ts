/** What becomes of every command, wherever it is given: the table that a person reviews (`docs/commands.md`). */
import { commands } from '../../shared/commands.ts';
import type { CommandCall } from '../../shared/desk/ports.ts';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import type { CommandSpec } from '../../shared/kernel/command.ts';
import type { Reader } from '../../shared/kernel/reader.ts';
import { cases } from './cases.ts';
import type { LawClinic } from './law-clinic.ts';
import type { Judged, LawStation } from './law-world.ts';

type Row = { name: string; cells: string[] };

const heads = [
  'command',
  'nature, right',
  'at the server',
  'at a station',
  'at a second station, apart',
  'where a fact is not held',
  'undo',
  'what must hold of the result',
];

/** The whole page: a line for each command of the registry. */
export async function commandTable(clinic: LawClinic): Promise<string> {
  const rows: Row[] = [];
  for (const [name, spec] of Object.entries(commands)) rows.push({ name, cells: await rowOf(clinic, name, spec) });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '# Every command, and what becomes of it',
    '',
    'Made by `test/law/command-table.test.ts` from the real law on a real server; after a change of the law run it with `-u` and read',
    'the difference. *at a second station, apart*: the same was given at two stations that had not heard of one another; what the',
    'server says to the second. *where a fact is not held*: the station lacks that scope; what it says, and then the server.',
    '*flagged*: it stands, and one task in the inbox says so.',
    '',
    line(heads),
    line(heads.map(() => '---')),
    ...rows.map(({ name, cells }) => line([`\`${name}\``, ...cells])),
    '',
  ].join('\n');
}

async function rowOf(clinic: LawClinic, name: string, spec: CommandSpec): Promise<string[]> {
  const { world, here, there } = clinic;
  const call = await callOf(clinic, name);
  const server = await world.answerAtServer(call);
  const [station, second] = spec.serverOnly ? ['refused (servers-own)', '–'] : await apart(clinic, call, [here, there]);
  return [
    `${spec.nature}, \`${spec.permission}\`${spec.needsReason ? ', with a reason' : ''}`,
    server,
    station,
    second,
    spec.serverOnly ? '–' : await lacking(clinic, name),
    spec.undo === 'patches' ? 'yes' : `no: ${spec.undo.none}`,
    'none' in spec.rules ? `nothing: ${spec.rules.none}` : `${spec.rules.length} rules`,
  ];
}

async function callOf(clinic: LawClinic, name: string): Promise<CommandCall> {
  const make = cases[name];
  if (!make) throw new Error(`no case for ${name}`);
  const call = await make(clinic);
  for (const station of [clinic.here, clinic.there]) await clinic.world.sync(station);
  return call;
}

/** The same call at two stations that have seen the same and not one another; the second's set comes second. */
async function apart(
  { world }: LawClinic,
  call: CommandCall,
  stations: readonly [LawStation, LawStation],
): Promise<[string, string]> {
  const sets: ChangeSet[] = [];
  const words: string[] = [];
  for (const station of stations) {
    const made = await world.proposeAt(station, call).catch((error: Error) => error);
    if (made instanceof Error) words.push(`refused there (${codeIn(made)})`);
    else sets.push(made.set);
  }
  const answers = (await world.tryOutTogether(sets)).map(wordOf);
  const [first = '–', second = '–'] = words.length === 0 ? answers : [...answers, ...words];
  return [first, second];
}

/** Each scope that the command asks about, not held: what its station says, and the server to what comes of it. */
async function lacking(clinic: LawClinic, name: string): Promise<string> {
  const { world, here } = clinic;
  const asked = await scopesAsked(here, world, await callOf(clinic, name));
  const found: string[] = [];
  for (const kind of new Set(asked.map((scope) => scope.split('/')[0] ?? scope))) {
    const call = await callOf(clinic, name);
    const reader = without(here.reader, kind);
    const made = await world.proposeAt({ ...here, reader: { ...here.reader, ...reader } }, call).catch((e: Error) => e);
    const word = made instanceof Error ? `refused (${codeIn(made)})` : `taken; ${wordOf(await world.tryOut(made.set))}`;
    found.push(`${kind}: ${word}`);
  }
  return found.length === 0 ? 'asks for none' : found.join('; ');
}

const without = (reader: Reader, kind: string): Pick<Reader, 'holds'> => ({
  holds: (scope) => (scope.split('/')[0] === kind ? 'no' : reader.holds(scope)),
});

async function scopesAsked(station: LawStation, world: LawClinic['world'], call: CommandCall): Promise<string[]> {
  const asked: string[] = [];
  const holds: Reader['holds'] = (scope) => {
    asked.push(scope);
    return 'held';
  };
  await world.proposeAt({ ...station, reader: { ...station.reader, holds } }, call);
  return asked;
}

function wordOf({ answer }: Judged): string {
  const codes = [...new Set(answer.violations.map((one) => one['code']))].filter((code) => typeof code === 'string');
  const isFlagged = answer.result === 'accepted' && codes.length > 0;
  const word = isFlagged ? 'flagged' : answer.result === 'held' ? 'on hold' : answer.result;
  return codes.length > 0 ? `${word} (${codes.join(', ')})` : word;
}

const codeIn = (error: Error): string => /"code":"([^"]+)"/.exec(error.message)?.[1] ?? error.message;
