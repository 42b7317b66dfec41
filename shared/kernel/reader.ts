/**
 * The reading side of the cabinet: the same few questions on a workstation (SQLite) and on the server (Postgres). One
 * acceptance suite (`test/ports/cabinet.ts`) runs on both.
 */
import type { Doc } from './kind.ts';

/** Bounds of a look-up: keys that start with `prefix`, or lie in [from, to). Code unit order. */
export type KeyRange = { prefix: string } | { from: string; to: string };

export type FindOptions = { limit?: number; reverse?: boolean };

/** Whether this place holds all of a scope; `loading` and `no` make a fact unknown, never empty. */
export type Holding = 'held' | 'loading' | 'no';

export type MaybePromise<T> = T | Promise<T>;

export type Reader = {
  get<T extends Doc = Doc>(kind: string, id: string): MaybePromise<T | undefined>;
  /** Documents of a kind by one of its declared keys, in key order. */
  find<T extends Doc = Doc>(kind: string, key: string, range: KeyRange, options?: FindOptions): MaybePromise<T[]>;
  count(kind: string, key: string, range: KeyRange): MaybePromise<number>;
  holds(scope: string): MaybePromise<Holding>;
};

/** A fact that may not be known here: rules must say what unknown does. */
export type Known<T> = { known: true; value: T } | { known: false; scope: string };

export const known = <T>(value: T): Known<T> => ({ known: true, value });
export const unknown = (scope: string): { known: false; scope: string } => ({ known: false, scope });

/** Whole key: the range of exactly one key value. */
export const exactly = (key: string): KeyRange => ({ from: key, to: `${key}\u0000` });
