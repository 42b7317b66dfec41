/** The laws across documents, asked of a whole store at once: what no history may leave behind. One list, for every proof. */
import { checkDrawers } from '../../shared/billing/drawer-rules.ts';
import type { DayClose, Payment } from '../../shared/billing/schema.ts';
import { kinds } from '../../shared/collections.ts';
import { referencesOf } from '../../shared/desk/references.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Appointment } from '../../shared/scheduling/schema.ts';
import { claimsSlot } from '../../shared/scheduling/schema.ts';

export type Store = ReadonlyMap<string, readonly Doc[]>;
type StoreLaw = (store: Store) => string[];

const all = <T extends Doc = Doc>(store: Store, kind: string): readonly T[] => (store.get(kind) ?? []) as readonly T[];

/** Ids of documents that an inbox item speaks of, open or dealt with. */
function spokenOf(store: Store): Set<string> {
  const fields = ['aboutId', 'docId'] as const;
  const items = ['task', 'conflict', 'refusal'].flatMap((kind) => all(store, kind));
  return new Set(
    items.flatMap((item) => fields.map((field) => item[field]).filter((id): id is string => typeof id === 'string')),
  );
}

const schemas: StoreLaw = (store) =>
  [...store].flatMap(([kind, docs]) =>
    docs
      .filter((doc) => !kinds[kind]?.schema.safeParse(doc).success)
      .map((doc) => `${kind} ${doc.id} is not of its schema`),
  );

const references: StoreLaw = (store) => {
  const ids = new Set([...store].flatMap(([kind, docs]) => docs.map((doc) => `${kind}/${doc.id}`)));
  return [...store].flatMap(([kind, docs]) => {
    const spec = kinds[kind];
    if (!spec) return [];
    return docs.flatMap((doc) =>
      referencesOf(spec, doc)
        .filter((one) => !ids.has(`${one.kind}/${one.id}`))
        .map((one) => `${kind} ${doc.id} points to a ${one.kind} that is not there`),
    );
  });
};

const oneClaimEach: StoreLaw = (store) => {
  const claiming = all<Appointment>(store, 'appointment').filter(
    (one) => claimsSlot(one) && one.overrideReason === null,
  );
  const rows = claiming.flatMap((one) => [
    ...one.resources.map((row) => ({ of: one, who: row.resourceId, from: row.startsAtUtc, to: row.endsAtUtc })),
    { of: one, who: one.patientId, from: one.startsAtUtc, to: one.endsAtUtc },
  ]);
  const byWho = Map.groupBy(rows, (row) => row.who);
  return [...byWho.values()].flatMap((list) => {
    const sorted = list.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    return sorted.slice(1).flatMap((row, at) => {
      const before = sorted[at];
      const clash = before && before.of.id !== row.of.id && before.to > row.from;
      return clash ? [`two bookings claim ${row.who} at ${row.from}`] : [];
    });
  });
};

const noVisitUnderAnEndedBooking: StoreLaw = (store) => {
  const spoken = spokenOf(store);
  const ended = new Set(
    all<Appointment>(store, 'appointment')
      .filter((one) => one.status !== 'booked')
      .map((one) => one.id),
  );
  return all(store, 'encounter')
    .filter((visit) => typeof visit['appointmentId'] === 'string' && ended.has(visit['appointmentId']))
    .filter((visit) => !spoken.has(visit.id) && !spoken.has(visit['appointmentId'] as string))
    .map((visit) => `visit ${visit.id} on a booking that was ended, and nobody is told`);
};

const everyUnplacedIsSpokenOf: StoreLaw = (store) => {
  const spoken = spokenOf(store);
  return all<Appointment>(store, 'appointment')
    .filter((one) => one.placement === 'unplaced' && one.status === 'booked' && !spoken.has(one.id))
    .map((one) => `booking ${one.id} lost its time, and nobody is told`);
};

const noMoreBackThanIn: StoreLaw = (store) => {
  const spoken = spokenOf(store);
  const payments = all<Doc & { amountMinor: number; refundsPaymentId: string | null }>(store, 'payment');
  // What goes out is no payment that something can go back of: a refund, a credit that is used.
  return payments
    .filter((one) => one.amountMinor > 0)
    .flatMap((paid) => {
      const refunds = payments.filter((one) => one.refundsPaymentId === paid.id);
      const left = refunds.reduce((sum, one) => sum + one.amountMinor, paid.amountMinor);
      const isTold = [paid, ...refunds].some((one) => spoken.has(one.id));
      return left < 0 && !isTold ? [`more went back than came in for payment ${paid.id}`] : [];
    });
};

const everyPaymentIsCountedOnce: StoreLaw = (store) =>
  checkDrawers(all<Payment>(store, 'payment'), all<DayClose>(store, 'dayClose')).map(
    ({ fault, code, id }) => `drawer ${code}: ${fault} ${id}`,
  );

const laws: readonly StoreLaw[] = [
  schemas,
  references,
  oneClaimEach,
  noVisitUnderAnEndedBooking,
  everyUnplacedIsSpokenOf,
  noMoreBackThanIn,
  everyPaymentIsCountedOnce,
];

/** Everything in a store that no history may leave; empty where all laws hold. */
export const faultsOf = (store: Store): string[] => laws.flatMap((law) => law(store));
