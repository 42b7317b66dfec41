import Database from 'better-sqlite3-multiple-ciphers';
import { expect, it } from 'vitest';
import { createBase } from '../cabinet/base.ts';
import { openCabinet } from '../cabinet/cabinet.ts';
import { createSetLog } from '../cabinet/set-log.ts';
import { createCursorHistory } from './cursor-history.ts';
import { createScopeTable } from './scope-table.ts';
import { takePage } from './take-page.ts';

it('documents of a server with an earlier law come in the shapes of this station, pinned ones too', async () => {
  const cabinet = await openCabinet(new Database(':memory:'));
  const { db } = cabinet;
  const parts = {
    cabinet,
    base: createBase(db),
    log: createSetLog(db),
    scopes: createScopeTable(db),
    history: createCursorHistory(db),
  };
  const [free, pinned] = ['01980000-0000-7000-8000-000000000001', '01980000-0000-7000-8000-000000000002'];
  const old = (id: string) => ({ id, hours: [{ weekday: 7, from: '22:00', to: '06:00' }] });
  const parted = [
    { weekday: 7, from: '22:00', to: '24:00' },
    { weekday: 1, from: '00:00', to: '06:00' },
  ];
  parts.base.put('device', pinned, { doc: null, number: 0 });
  parts.scopes.add('core');
  const changes = [free, pinned].map((id, i) => ({
    number: i + 1,
    kind: 'device',
    id,
    op: 'entered' as const,
    doc: old(id),
  }));
  const cursor = { number: 2, hash: 'x' };
  takePage(parts, { scopes: ['core'], cursor: null, after: null }, { changes, cursor, more: true, after: null }, true);
  expect(cabinet.getHeld('device', free)?.doc['hours']).toEqual(parted);
  expect(cabinet.getHeld('device', pinned)?.doc['hours']).toEqual(parted);
  await cabinet.close();
});
