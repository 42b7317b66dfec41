import type Database from 'better-sqlite3-multiple-ciphers';

/**
 * Runs one synchronous piece of work in `begin immediate … commit`; any throw rolls back and is passed on. A write inside a
 * write is refused: it would be acknowledged and then lost with the outer rollback.
 */
export function createTransactionRunner(db: Database.Database): <T>(work: () => T) => T {
  const begin = db.prepare('begin immediate');
  const commit = db.prepare('commit');
  const rollback = db.prepare('rollback');
  return (work) => {
    if (db.inTransaction) throw new Error('a write inside a turn');
    begin.run();
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      // Some errors (disk full) have rolled back already.
      if (db.inTransaction) rollback.run();
      throw error;
    }
  };
}
