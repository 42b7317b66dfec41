/** What a decision rested on and gave out, noted while it is made, so that the server can make it again (`change-sets.md` §4). */
import type { Minted } from '../kernel/change-set.ts';
import type { CommandContext } from '../kernel/command.ts';
import type { Reader } from '../kernel/reader.ts';

export type Witness = {
  /** The reader given, noting the scopes that were asked for and are not held. */
  reader: Reader;
  newId: CommandContext['newId'];
  nextNumber: CommandContext['nextNumber'];
  minted: Minted;
  lacked: () => string[];
};

export function witness(
  reader: Reader,
  makers: { newId: CommandContext['newId']; nextNumber: CommandContext['nextNumber'] },
): Witness {
  const minted: Minted = { ids: [], numbers: [] };
  const lacked = new Set<string>();
  return {
    minted,
    lacked: () => [...lacked].toSorted(),
    reader: {
      get: (kind, id) => reader.get(kind, id),
      find: (kind, key, range, options) => reader.find(kind, key, range, options),
      count: (kind, key, range) => reader.count(kind, key, range),
      holds: async (scope) => {
        const holding = await reader.holds(scope);
        if (holding !== 'held') lacked.add(scope);
        return holding;
      },
    },
    newId: () => {
      const id = makers.newId();
      minted.ids.push(id);
      return id;
    },
    nextNumber: (series) => {
      const number = makers.nextNumber(series);
      minted.numbers.push(number);
      return number;
    },
  };
}
