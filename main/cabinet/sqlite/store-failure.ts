/**
 * What can go wrong with the store's file, as codes that a screen can explain. The texts of SQLite and RxDB never travel:
 * they may hold documents or paths.
 */
export type StoreFailureCode =
  | 'wrong-key'
  | 'in-use'
  | 'read-only'
  | 'disk-full'
  | 'corrupt'
  | 'not-found'
  | 'newer-program'
  | 'io';

/** One failure of the store's file; `sqliteCode` is SQLite's own constant where there was one. */
export type StoreFailure = { code: StoreFailureCode; sqliteCode: string | undefined };

const codeByPrefix: ReadonlyArray<readonly [string, StoreFailureCode]> = [
  ['SQLITE_NOTADB', 'wrong-key'],
  ['SQLITE_BUSY', 'in-use'],
  ['SQLITE_LOCKED', 'in-use'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_PERM', 'read-only'],
  ['SQLITE_CANTOPEN', 'read-only'],
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_IOERR', 'io'],
];

const codeByErrno: Readonly<Record<string, StoreFailureCode>> = {
  EACCES: 'read-only',
  EPERM: 'read-only',
  EROFS: 'read-only',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  ENOENT: 'not-found',
};

/** The failure behind a thrown error of SQLite or the file system, or undefined when it is something else (a surprise). */
export function storeFailureOf(error: unknown): StoreFailure | undefined {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined) return undefined;
  const known = codeByPrefix.find(([prefix]) => code.startsWith(prefix));
  if (known) return { code: known[1], sqliteCode: code };
  const byErrno = codeByErrno[code];
  return byErrno ? { code: byErrno, sqliteCode: undefined } : undefined;
}
