import { Subject } from 'rxjs';
import { expect, test } from 'vitest';
import { announcement, createEventBus } from './event-bus.ts';

test('what a subscriber causes is announced after what every subscriber was owed', () => {
  const bus = createEventBus();
  const [changes, committed] = [new Subject<number>(), new Subject<number>()];
  const seen: string[] = [];
  changes.subscribe((n) => {
    if (n === 1) bus.emit([announcement(changes, 2), announcement(committed, 2)]);
  });
  changes.subscribe((n) => seen.push(`change ${n}`));
  committed.subscribe((n) => seen.push(`committed ${n}`));
  bus.emit([announcement(changes, 1), announcement(committed, 1)]);
  expect(seen).toEqual(['change 1', 'committed 1', 'change 2', 'committed 2']);
});
