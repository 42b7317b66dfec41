/** Earlier forms of documents are kept for judging what stations saw: those that no station can have seen any more go. */
import type { Db } from '../db/db.ts';
import { inOrganization } from '../db/tenant.ts';
import { factsOfError, type Log } from '../log.ts';

/** A draft on a station may show a form for this long, whatever its station has pulled since. */
const KEPT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Deletes forms that were replaced `keptDays` ago or earlier, up to the lowest number that a station still judges by: one that has
 * been away for longer keeps all that it may have seen. Gives how many went.
 */
export async function forgetForms(db: Db, keptDays = KEPT_DAYS): Promise<number> {
  const organizations = await db.query<{ id: string }>('select id from organizations order by id');
  let forgotten = 0;
  for (const { id } of organizations) {
    const rows = await inOrganization(db, id, (tx) =>
      tx.query<{ count: number }>(
        `with gone as (
           delete from document_forms f using change_sets c
           where c.number = f.until_number and c.committed_at <= now() - make_interval(days => $1)
             and f.until_number <= (
               select coalesce(min(seen_through), (select number from counters))
               from stations where revoked_at is null and code <> 'S1')
           returning 1)
         select count(*)::int as count from gone`,
        [keptDays],
      ),
    );
    forgotten += rows[0]?.count ?? 0;
  }
  return forgotten;
}

/** Forgets at once and every day; a failure is logged and tried again the next day. Gives the way to stop. */
export function forgetFormsDaily(db: Db, log: Log): () => Promise<void> {
  const once = async (): Promise<void> => {
    try {
      const count = await forgetForms(db);
      if (count > 0) log('info', 'forms-forgotten', { count });
    } catch (error) {
      log('error', 'forms-not-forgotten', factsOfError(error));
    }
  };
  let running = once();
  const timer = setInterval(() => {
    running = once();
  }, DAY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
