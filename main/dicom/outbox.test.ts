import { describe, expect, it } from 'vitest';
import { createOutbox, outboxWindow } from './outbox.ts';
import type { DoorEvent, ReceivedInstance } from './ports.ts';
import type { DoorMessage } from './process-messages.ts';

function open(journalled: number, drainedThrough = 0) {
  const told: DoorMessage[] = [];
  const state = { journalled };
  const outbox = createOutbox({
    drainedThrough,
    readJournal: (fromSeq, limit) =>
      Array.from({ length: Math.max(0, Math.min(limit, state.journalled - fromSeq + 1)) }, (_, index) => ({
        ...({} as ReceivedInstance),
        journalSeq: fromSeq + index,
      })),
    post: (message) => told.push(message),
  });
  const seqs = (): number[] =>
    told.flatMap((message) => (message.type === 'received' ? [message.instance.journalSeq] : []));
  const events = (): number[] => told.flatMap((message) => (message.type === 'event' ? [message.eventSeq] : []));
  return { outbox, state, told, seqs, events };
}

const echo = { kind: 'echo', atUtc: '2026-01-01T00:00:00.000Z', callingAeTitle: 'CT1' } as const;
const query: DoorEvent = {
  ...echo,
  kind: 'worklistQuery',
  keys: {},
  answeredStepIds: [],
  sentNames: {},
  leftOut: [],
};

describe('the outbox', () => {
  it('tells each object once, in order, and never further ahead than its window', () => {
    const { outbox, seqs, state } = open(outboxWindow + 50);
    outbox.pump();
    outbox.pump();
    expect(seqs()).toEqual(Array.from({ length: outboxWindow }, (_, index) => index + 1));
    outbox.drained(20, 0);
    expect(seqs().length).toBe(outboxWindow + 20);
    outbox.drained(outboxWindow + 20, 0);
    expect(seqs().at(-1)).toBe(outboxWindow + 50);
    state.journalled += 1;
    outbox.pump();
    expect(seqs().at(-1)).toBe(outboxWindow + 51);
  });

  it('tells again what the store does not hold when it comes back', () => {
    const { outbox, seqs, events } = open(5, 2);
    outbox.addEvent(echo);
    outbox.addEvent(query);
    outbox.pump();
    outbox.drained(4, 1);
    outbox.resume(3);
    expect(seqs()).toEqual([3, 4, 5, 4, 5]);
    expect(events()).toEqual([1, 2, 2]);
  });

  it('lets queries go last when too much waits', () => {
    const { outbox, told } = open(0);
    outbox.addEvent(query);
    for (let index = 0; index < 10_050; index += 1) outbox.addEvent(echo);
    told.length = 0;
    outbox.resume(0);
    expect(told).toHaveLength(10_000);
    expect(told[0]).toMatchObject({ eventSeq: 1, event: { kind: 'worklistQuery' } });
  });
});
