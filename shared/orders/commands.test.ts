import { expect, it } from 'vitest';
import { authorOf, createDeskWorld } from '../../test/world/desk-world.ts';
import { AT_UTC, ids, linkedDocuments } from '../../test/world/linked-documents.ts';
import type { Doc } from '../kernel/kind.ts';
import { kinds } from '../collections.ts';

const technician = authorOf(ids.user, 'technician');
const [booked] = linkedDocuments['appointment'] as [Doc];
const [order] = linkedDocuments['imagingOrder'] as [Doc];

const setStatus = async (status: string, standing: Doc, appointment = booked) => {
  const docs = { ...linkedDocuments, imagingOrder: [standing], appointment: [appointment] };
  const desk = createDeskWorld(docs, AT_UTC, ids.location);
  const seen = { [`imagingOrder/${order.id}`]: standing };
  return desk.give(technician, 'orders/set-status', { orderId: order.id, status }, { seen });
};

it('ORD-1: what would not fit a scanner is no order', () => {
  const schema = kinds['imagingOrder']?.schema;
  expect(schema?.safeParse(order).success).toBe(true);
  expect(schema?.safeParse({ ...order, accessionNumber: 'K2-0000000000000001' }).success).toBe(false);
  expect(schema?.safeParse({ ...order, procedure: 'x'.repeat(65) }).success).toBe(false);
});

it('ORD-2: a step that is done or given up leaves the worklist', async () => {
  for (const status of ['completed', 'cancelled']) {
    const given = await setStatus(status, order);
    const after = given.ok ? given.value.written[0]?.after : null;
    expect(after && kinds['imagingOrder']?.keys['open']?.(after)).toEqual([]);
  }
});

it('ORD-3: it comes back only while its booking stands', async () => {
  const done = { ...order, status: 'completed' };
  expect(await setStatus('scheduled', done)).toMatchObject({ ok: true });
  const ended = await setStatus('scheduled', done, { ...booked, status: 'cancelled' });
  expect(ended).toMatchObject({ ok: false, error: [{ law: 'ORD-3', code: 'not-booked' }] });
  expect(await setStatus('completed', order, { ...booked, status: 'cancelled' })).toMatchObject({ ok: true });
});
