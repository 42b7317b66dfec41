/** What the desk needs around it; a workstation and the server each bring their own. */
import type { Author, ChangedDoc, CommandSpec } from '../kernel/command.ts';
import type { Derivation } from '../kernel/derive.ts';
import type { Doc, KindSpec } from '../kernel/kind.ts';
import type { Reader } from '../kernel/reader.ts';

export type Law = {
  kinds: Readonly<Record<string, KindSpec>>;
  commands: Readonly<Record<string, CommandSpec>>;
  /** For how long an action may be taken back, minutes: the organization's setting. */
  undoWithinMin: (reader: Reader) => Promise<number>;
  /** What the server keeps by other documents. */
  derivations: readonly Derivation[];
};

/** A document as a turn leaves it: what stood before, what stands after (`null`: not there). */
export type Written = ChangedDoc;

export type DeskPorts = {
  law: Law;
  reader: Reader;
  /** `server`: the server gives the command itself; only there are its own commands and documents allowed. */
  side: 'station' | 'server';
  nowUtc: () => string;
  newId: () => string;
};

/** What a screen, a scanner or an API client asks for. */
export type CommandCall = {
  name: string;
  input: unknown;
  author: Author;
  /** The documents as the person was shown them, by `kind/id`; the source of every `before`. */
  seen: Readonly<Record<string, Doc>>;
  reason: string | null;
};
