/** Who is taken when: intervals of instants by id, from inclusive, to exclusive. */
export type Taken = { resourceId: string; startsAtUtc: string; endsAtUtc: string };

export type Calendar = { isFree(wanted: Taken): boolean; take(taken: Taken): void };

/** An empty calendar. */
export function createCalendar(): Calendar {
  const byId = new Map<string, Taken[]>();
  return {
    isFree: (wanted) =>
      !(byId.get(wanted.resourceId) ?? []).some(
        (one) => one.startsAtUtc < wanted.endsAtUtc && one.endsAtUtc > wanted.startsAtUtc,
      ),
    take: (taken) => {
      const list = byId.get(taken.resourceId);
      if (list) list.push(taken);
      else byId.set(taken.resourceId, [taken]);
    },
  };
}
