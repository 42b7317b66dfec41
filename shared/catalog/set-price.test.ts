import { expect, it } from 'vitest';
import { cashier, clinicDocs, createTills, K2, manager, SCAN, UNPRICED, id } from '../../test/world/cashier-world.ts';
import type { Service } from './schema.ts';

const service = clinicDocs()['service']?.find((one) => one.id === UNPRICED);
const set = (priceMinor: unknown, part: object = {}) => ({ serviceId: UNPRICED, priceMinor, ...part });

it('CAT-1: who may write settings gives a price in the organization’s currency, or takes it away', async () => {
  const world = createTills();
  const till = world.openStation(K2);
  const give = (author: typeof manager, input: object, doc = service) =>
    till.give(author, 'catalog/set-price', input, { seen: doc ? { [`service/${doc.id}`]: doc } : {} });
  expect(await give(cashier, set(5))).toMatchObject({ ok: false, error: [{ code: 'not-permitted' }] });
  for (const wrong of [-1, 1.5, 1e13, '5'])
    expect(await give(manager, set(wrong))).toMatchObject({ ok: false, error: [{ code: 'malformed-input' }] });
  expect(await give(manager, set(5, { serviceId: id(99) }))).toMatchObject({ error: [{ code: 'no-service' }] });
  expect(await give(manager, set(75_000))).toMatchObject({ ok: true });
  till.tamper((one) => {
    const after = one.patches[0]?.units['price']?.after;
    if (after) after['priceMinor'] = 1;
  });
  expect((await world.sync())[0]?.verdict).toMatchObject({ result: 'held', why: 'not-what-the-law-makes' });
});

it('a service in another currency is not priced', async () => {
  const docs = clinicDocs();
  const foreign = { ...(docs['service']?.find((one) => one.id === SCAN) as Service), currency: 'EUR' };
  const till = createTills({ ...docs, service: [foreign] }).openStation(K2);
  const given = { seen: { [`service/${SCAN}`]: foreign } };
  const outcome = await till.give(manager, 'catalog/set-price', { serviceId: SCAN, priceMinor: 5 }, given);
  expect(outcome).toMatchObject({ ok: false, error: [{ law: 'CAT-1', code: 'other-currency' }] });
});
