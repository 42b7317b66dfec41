import type { DoorEvent, ReceivedInstance } from './ports.ts';
import type { DoorMessage } from './process-messages.ts';

/** So many received objects are told ahead of the store's acknowledgement; the rest waits in the journal, not in memory. */
export const outboxWindow = 256;
/** Other events wait in memory; over this the oldest that is not a query goes. */
const eventsMax = 10_000;

type PlainEvent = Exclude<DoorEvent, { kind: 'received' }>;

/**
 * What the door still has to tell the store. Received objects are told from the journal, in order, and again after `resume`, until
 * the store says that it holds them; so the store may restart at any time. Other events are kept in memory until acknowledged.
 */
export function createOutbox(options: {
  drainedThrough: number;
  readJournal(fromSeq: number, limit: number): ReceivedInstance[];
  post(message: DoorMessage): void;
}) {
  let drainedThrough = options.drainedThrough;
  let toldThrough = options.drainedThrough;
  let eventSeq = 0;
  let events: { eventSeq: number; event: PlainEvent }[] = [];

  const pump = (): void => {
    const room = drainedThrough + outboxWindow - toldThrough;
    if (room <= 0) return;
    for (const instance of options.readJournal(toldThrough + 1, room)) {
      toldThrough = instance.journalSeq;
      options.post({ type: 'received', instance });
    }
  };

  const makeRoom = (): void => {
    const unimportant = events.findIndex(({ event }) => event.kind !== 'worklistQuery');
    events.splice(Math.max(0, unimportant), 1);
  };

  return {
    /** Tells what the journal has and the store has not, as far as the window goes. */
    pump,
    addEvent(event: PlainEvent): void {
      eventSeq += 1;
      if (events.length >= eventsMax) makeRoom();
      events.push({ eventSeq, event });
      options.post({ type: 'event', eventSeq, event });
    },
    drained(through: number, eventsThrough: number): void {
      drainedThrough = Math.max(drainedThrough, through);
      toldThrough = Math.max(toldThrough, drainedThrough);
      events = events.filter((waiting) => waiting.eventSeq > eventsThrough);
      pump();
    },
    resume(through: number): void {
      drainedThrough = through;
      toldThrough = through;
      for (const waiting of events) options.post({ type: 'event', ...waiting });
      pump();
    },
  };
}
