import type { CommandCall } from '../../shared/desk/ports.ts';
import type { ChangeSet, SetAnswer } from '../../shared/kernel/change-set.ts';
import { fail, type Result } from '../../shared/kernel/result.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import { violation } from '../../shared/kernel/violation.ts';
import { sqlState } from '../db/db.ts';
import { inOrganization } from '../db/tenant.ts';
import type { DeskDeps } from './desk-deps.ts';
import { type Forced, type Receiving, receiveIn } from './receive.ts';
import { type Ran, runIn } from './run.ts';
import type { SeenMemory } from './seen-reader.ts';

export type ServerDesk = {
  /**
   * Takes one set of an authenticated station. Always an answer for what concerns the set; throws only where the database itself
   * cannot work, and then nothing of it is stored. `memory` is one object for all sets of a push.
   */
  receive(organizationId: string, set: ChangeSet, memory?: SeenMemory): Promise<SetAnswer>;
  /** Keeps a set that cannot be read as one; it has its header (id, station, series number) at least. */
  hold(organizationId: string, set: ChangeSet, why: string): Promise<SetAnswer>;
  /** Carries out a command as the server; what the law or the database's own exclusion refuses is the caller's answer. */
  run(organizationId: string, call: CommandCall): Promise<Result<Ran, Violation[]>>;
};

const MAX_TRIES = 5;
/** serialization_failure, deadlock_detected: the turn is simply done again. */
const again = new Set(['40001', '40P01']);
const DOUBLE_BOOKING = '23P01';

/** Connection lost, resources (disk) exhausted, operator intervention, system error, read-only: nothing that the set did. */
const isOutage = (state: string | undefined): boolean => state === undefined || /^(?:08|53|57|58|XX|25)/.test(state);

export function createServerDesk(deps: DeskDeps): ServerDesk {
  const turn = <T>(organizationId: string, work: Parameters<typeof inOrganization<T>>[2]): Promise<T> =>
    retrying(() => inOrganization(deps.db, organizationId, work));
  const take = (organizationId: string, set: ChangeSet, receiving: Receiving): Promise<SetAnswer> =>
    turn(organizationId, (tx) => receiveIn(tx, deps, organizationId, set, receiving));
  return {
    receive: async (organizationId, set, memory) => {
      try {
        return await take(organizationId, set, { memory });
      } catch (error) {
        const state = sqlState(error);
        if (isOutage(state) && !isLawFailure(error)) throw error;
        deps.alarm('set-not-judged', {
          setId: set.id,
          stationId: set.stationId,
          command: set.command,
          sqlState: state ?? 'none',
        });
        const isClaim = deps.law.commands[set.command]?.nature === 'claim';
        return take(organizationId, set, {
          forced: state === DOUBLE_BOOKING && isClaim ? doubleBooking : couldNotJudge,
        });
      }
    },
    hold: (organizationId, set, why) => take(organizationId, set, { forced: { result: 'held', why } }),
    run: async (organizationId, call) => {
      try {
        return await turn(organizationId, (tx) => runIn(tx, deps, organizationId, call));
      } catch (error) {
        if (sqlState(error) !== DOUBLE_BOOKING) throw error;
        deps.alarm('booked-twice', { command: call.name });
        return fail([doubleBooked]);
      }
    },
  };
}

const couldNotJudge: Forced = { result: 'held', why: 'could-not-judge' };
/** The database's own exclusion caught what the rules let through. */
const doubleBooked = violation('SCHED-1', 'double-booking');
const doubleBooking: Forced = { result: 'refused', violations: [doubleBooked] };

/** A throw out of the law is a defect of one command: one bad set never blocks the line. */
function isLawFailure(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof ReferenceError ||
    (error instanceof Error && error.constructor === Error && !('code' in error))
  );
}

async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === MAX_TRIES || !again.has(sqlState(error) ?? '')) throw error;
    }
  }
}
