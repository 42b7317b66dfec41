import { hash, verify } from '@node-rs/argon2';
import type { Permission } from '../../../shared/access/permissions.ts';
import { permissionsOf } from '../../../shared/access/permissions.ts';
import type { SessionRequest, SessionState } from '../../../shared/ipc/contract.ts';
import type { Author } from '../../../shared/kernel/command.ts';
import type { Location, Organization } from '../../../shared/organizations/schema.ts';
import type { User } from '../../../shared/users/schema.ts';
import { initialsOf } from '../../../shared/users/schema.ts';
import type { Cabinet } from '../../cabinet/cabinet.ts';
import type { StationIdentity } from '../desk/identity.ts';
import type { StationClock } from '../../sync/station-clock.ts';
import type { VerifierStore } from './verifiers.ts';

export type Failure = 'wrong' | 'use-password' | 'too-many' | 'read-only' | 'unknown-user' | null;
type Seat = {
  userId: string | null;
  locked: boolean;
  lastActiveMs: number;
  glassUntilMs: number;
  /** When the person last gave their PIN or password here. */
  provedAtMs: number;
};
const emptySeat = (nowMs: number): Seat => ({
  userId: null,
  locked: false,
  lastActiveMs: nowMs,
  glassUntilMs: 0,
  provedAtMs: Number.NEGATIVE_INFINITY,
});

const PIN_FAILURES = 5;
const PASSWORD_FAILURES = 5;
const PAUSE_MS = 30_000;
const IDLE_LOCK_MS = 10 * 60_000;
/** After this long without the server a station is read-only, never a closed door (design §6). */
const CONTACT_DAYS = 14;
const GLASS_MS = 60 * 60_000;

export type SessionParts = {
  cabinet: Pick<Cabinet, 'getHeld'> & { meta: Pick<Cabinet['meta'], 'get'> };
  verifiers: VerifierStore;
  identity: StationIdentity;
  clock: Pick<StationClock, 'nowMs' | 'machineNowMs'>;
  onChanged: (windowId: number) => void;
};

/**
 * Who is at which window of this station: sign-in against the verifiers that the server gave (so also offline, also for the
 * first time), lock and unlock by PIN or password, fast switch, lock after idle minutes.
 */
export function createSessions({ cabinet, verifiers, identity, clock, onChanged }: SessionParts) {
  // What is only waited for here runs by the machine's clock: a newly measured offset is no idle hour.
  const nowMs = clock.machineNowMs;
  const seats = new Map<number, Seat>();
  const failures = new Map<string, { count: number; untilMs: number }>();
  const seatOf = (windowId: number): Seat => {
    const seat = seats.get(windowId) ?? emptySeat(nowMs());
    seats.set(windowId, seat);
    return seat;
  };
  const userOf = (userId: string): User | undefined => cabinet.getHeld('user', userId)?.doc as User | undefined;
  const mayBeHere = (user: User): boolean =>
    user.active && (user.locationIds.length === 0 || user.locationIds.includes(identity.locationId));
  const isReadOnly = (): boolean => {
    const last = cabinet.meta.get('last-contact');
    return last !== undefined && clock.nowMs() - Date.parse(last) > CONTACT_DAYS * 86_400_000;
  };

  const checkPassword = async (userId: string, password: string): Promise<Failure> => {
    const tries = failures.get(userId) ?? { count: 0, untilMs: 0 };
    if (tries.untilMs > nowMs()) return 'too-many';
    const verifier = verifiers.byId(userId);
    // Counted before the check, so that many at once are as many tries.
    const count = tries.count + 1;
    failures.set(userId, { count, untilMs: count >= PASSWORD_FAILURES ? nowMs() + PAUSE_MS : 0 });
    const good = verifier !== undefined && (await verify(verifier.verifier, password).catch(() => false));
    if (good) failures.delete(userId);
    return good ? null : 'wrong';
  };

  const checkPin = async (userId: string, pin: string): Promise<Failure> => {
    const row = verifiers.pin.get(userId);
    if (!row) return 'wrong';
    if (row.failures >= PIN_FAILURES) return 'use-password';
    verifiers.pin.setFailures(userId, row.failures + 1);
    const good = await verify(row.verifier, pin).catch(() => false);
    if (good) verifiers.pin.setFailures(userId, 0);
    return good ? null : row.failures + 1 >= PIN_FAILURES ? 'use-password' : 'wrong';
  };

  /**
   * Takes the seat that was there when the check began. Where it is another's by now, or the window is closed, a late answer changes
   * nothing. Unlocking one's own screen leaves the glass broken; another person breaks it with a reason of their own.
   */
  const sit = (windowId: number, seat: Seat, userId: string): void => {
    if (seats.get(windowId) !== seat) return;
    const glassUntilMs = seat.userId === userId ? seat.glassUntilMs : 0;
    seats.set(windowId, { userId, locked: false, lastActiveMs: nowMs(), glassUntilMs, provedAtMs: nowMs() });
    onChanged(windowId);
  };

  const signIn = async (windowId: number, username: string, password: string): Promise<Failure> => {
    const verifier = verifiers.byUsername(username);
    const user = verifier && userOf(verifier.userId);
    if (!verifier || !user || !mayBeHere(user)) return 'wrong';
    const seat = seatOf(windowId);
    const failure = await checkPassword(verifier.userId, password);
    if (failure === null) sit(windowId, seat, verifier.userId);
    return failure;
  };

  const unlock = async (windowId: number, userId: string, secret: string): Promise<Failure> => {
    const user = userOf(userId);
    if (!user || !mayBeHere(user)) return 'unknown-user';
    const seat = seatOf(windowId);
    const pinned = /^\d{4,8}$/.test(secret) && verifiers.pin.has(userId) ? await checkPin(userId, secret) : 'wrong';
    const failure = pinned === null ? null : ((await checkPassword(userId, secret)) ?? null);
    if (failure === null) sit(windowId, seat, userId);
    return failure !== null && pinned === 'use-password' ? 'use-password' : failure;
  };

  const setPin = async (windowId: number, pin: string, password: string): Promise<Failure> => {
    const userId = seatOf(windowId).userId;
    if (!userId) return 'unknown-user';
    const failure = await checkPassword(userId, password);
    if (failure === null) verifiers.pin.set(userId, await hash(pin));
    return failure;
  };

  const lock = (windowId: number): void => {
    const seat = seatOf(windowId);
    if (!seat.userId || seat.locked) return;
    seat.locked = true;
    onChanged(windowId);
  };

  return {
    handle: async (windowId: number, request: SessionRequest): Promise<Failure> => {
      if (request.do === 'signIn') return signIn(windowId, request.username, request.password);
      if (request.do === 'unlock') return unlock(windowId, request.userId, request.secret);
      if (request.do === 'setPin') return setPin(windowId, request.pin, request.password);
      if (request.do === 'lock') lock(windowId);
      if (request.do === 'activity') seatOf(windowId).lastActiveMs = nowMs();
      if (request.do === 'signOut') {
        seats.set(windowId, emptySeat(nowMs()));
        onChanged(windowId);
      }
      return null;
    },
    /** Who acts at this window; undefined where nobody is signed in or the screen is locked. */
    author: (windowId: number): Author | undefined => {
      const { userId, locked } = seatOf(windowId);
      const user = userId && !locked ? userOf(userId) : undefined;
      if (!user || !mayBeHere(user)) return undefined;
      const permissions: ReadonlySet<Permission> = permissionsOf(user.roles);
      return { id: user.id, name: user.name, permissions, automatic: false };
    },
    isReadOnly,
    /** Whether the person at this window gave their PIN or password in the last minutes. */
    isProven: (windowId: number, withinMin: number): boolean =>
      nowMs() - seatOf(windowId).provedAtMs <= withinMin * 60_000,
    /** The person at this window works on for an hour although the station is read-only; their reason is in the log already. */
    breakGlass: (windowId: number, userId: string): void => {
      // While the set was written somebody else may have taken the seat: they need a reason of their own.
      const seat = seats.get(windowId);
      if (seat?.userId !== userId) return;
      seat.glassUntilMs = nowMs() + GLASS_MS;
      onChanged(windowId);
    },
    isGlassBroken: (windowId: number): boolean => seatOf(windowId).glassUntilMs > nowMs(),
    windowsOf: (): number[] => [...seats.keys()],
    leave: (windowId: number): void => {
      seats.delete(windowId);
    },
    lockIdle: (): void => {
      for (const [windowId, seat] of seats)
        if (seat.userId && nowMs() - seat.lastActiveMs > IDLE_LOCK_MS) lock(windowId);
    },
    lockAll: (): void => {
      for (const windowId of seats.keys()) lock(windowId);
    },
    state: (windowId: number): SessionState => {
      const seat = seatOf(windowId);
      const user = seat.userId ? userOf(seat.userId) : undefined;
      const location = cabinet.getHeld('location', identity.locationId)?.doc as Location | undefined;
      const organization = cabinet.getHeld('organization', identity.organizationId)?.doc as Organization | undefined;
      const signedIn = new Set([...seats.values()].map((one) => one.userId));
      return {
        phase: !user ? 'signed-out' : seat.locked ? 'locked' : 'signed-in',
        user: user
          ? {
              id: user.id,
              name: user.name,
              initials: initialsOf(user.name),
              roles: user.roles,
              permissions: [...permissionsOf(user.roles)],
              locale: user.locale,
            }
          : null,
        location: location
          ? {
              id: location.id,
              name: location.name,
              zone: location.zone,
              currency: organization?.currency ?? 'USD',
              locale: location.locale,
            }
          : null,
        organizationName: organization?.name ?? null,
        station: {
          id: identity.stationId,
          code: identity.stationCode,
          name: identity.stationName,
          readOnly: isReadOnly(),
          glassBrokenUntilUtc:
            seat.glassUntilMs > nowMs() ? new Date(clock.nowMs() + seat.glassUntilMs - nowMs()).toISOString() : null,
        },
        people: verifiers.all().flatMap((one) => {
          const person = userOf(one.userId);
          if (!person || !mayBeHere(person)) return [];
          return [
            {
              userId: one.userId,
              username: one.username,
              name: person.name,
              initials: initialsOf(person.name),
              hasPin: verifiers.pin.has(one.userId),
              signedIn: signedIn.has(one.userId),
            },
          ];
        }),
      };
    },
  };
}
