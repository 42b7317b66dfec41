/** Documents that the server keeps by others: what a patient owes, what lies in a drawer. */
import type { ChangedDoc, Draft } from './command.ts';
import type { Reader } from './reader.ts';

/** Documents of kinds of the merge class `serverOnly`. A draft that changes nothing is dropped. */
export type Derivation = {
  /**
   * What follows from documents that are being written, in the same transaction. `after` reads as the cabinet will stand with
   * `written` in it.
   */
  derive: (after: Reader, written: readonly ChangedDoc[]) => Promise<Draft[]>;
  /** The same of everything that is there: for documents of a time before this was derived. */
  recount: (reader: Reader) => Promise<Draft[]>;
};
