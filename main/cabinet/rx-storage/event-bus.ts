import type { Subject } from 'rxjs';

/** Something to be said to one subject, once its transaction has committed. */
export type Announcement = { announce(): void };

export type EventBus = { emit(announcements: Announcement[]): void };

/** One announcement of one value. */
export function announcement<T>(to: Subject<T>, what: T): Announcement {
  return { announce: () => to.next(what) };
}

/**
 * Announcements leave in commit order, also when a subscriber writes from inside one: the events of that write wait at the
 * end of the line, so that nobody sees a newer state before an older one.
 */
export function createEventBus(): EventBus {
  const line: Announcement[] = [];
  let isDraining = false;
  return {
    emit(announcements) {
      line.push(...announcements);
      if (isDraining) return;
      isDraining = true;
      try {
        for (let next = line.shift(); next; next = line.shift()) next.announce();
      } finally {
        isDraining = false;
      }
    },
  };
}
