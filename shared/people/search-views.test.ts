import { expect, it } from 'vitest';
import { frontDeskWorld, id, kemang, NOW_UTC } from '../../test/world/front-desk-world.ts';
import { createMemoryReader } from '../../test/world/memory-reader.ts';
import { permissionsOf } from '../access/permissions.ts';
import type { PatientHit } from '../kernel/view.ts';
import { peoplePatient } from './patient-views.ts';
import { peopleDuplicates, peopleSearch } from './search-views.ts';

const reader = createMemoryReader(frontDeskWorld(300));
const contextOf = (hits: PatientHit[]) => ({
  nowUtc: NOW_UTC,
  userId: id(2, 9),
  permissions: permissionsOf(['receptionist']),
  locationId: kemang,
  stationId: id(8, 1),
  searchPatients: () => hits,
});
const sketch = { name: '', latin: '', birthDate: null, phones: [], exceptId: null };
const yamada = id(6, 1);
const hit: PatientHit = { patientId: yamada, why: 'name', matched: ['Tarō Yamada'] };

it('enriches what the search found, and says why it is here', async () => {
  const view = await peopleSearch.read(reader, { text: 'yam' }, contextOf([hit]));
  expect(view.recent).toBe(false);
  expect(view.hits[0]).toMatchObject({
    name: { written: '山田 太郎', latin: 'Tarō Yamada' },
    why: 'name',
    matched: ['Yam'],
  });
  expect(view.hits[0]?.lastVisitUtc).not.toBeNull();
});

it('lists recent patients, none twice, where nothing is typed', async () => {
  const view = await peopleSearch.read(reader, { text: ' ', limit: 20 }, contextOf([]));
  expect(view.recent).toBe(true);
  expect(view.hits.length).toBeGreaterThan(5);
  expect(new Set(view.hits.map((row) => row.patientId)).size).toBe(view.hits.length);
});

it('PEOPLE-6: same name and birth date is likely, the person themselves is not a duplicate', async () => {
  const typed = { ...sketch, name: 'Yamada Tarō', birthDate: '1972-03-14' };
  const rows = await peopleDuplicates.read(reader, typed, contextOf([]));
  expect(rows[0]).toMatchObject({ strength: 'likely', reasons: ['name', 'birthDate'] });
  expect(rows[0]?.patient.id).toBe(yamada);
  expect(await peopleDuplicates.read(reader, { ...typed, exceptId: yamada }, contextOf([]))).toEqual([]);
});

it('PEOPLE-6: the same phone in another form with a like name is likely; the phone alone is a family', async () => {
  const phones = ['+62 812 5550 1001'];
  const rows = await peopleDuplicates.read(reader, { ...sketch, name: 'Yamada', phones }, contextOf([hit]));
  expect(rows[0]).toMatchObject({ strength: 'likely', reasons: ['likeName', 'phone'] });
  expect(await peopleDuplicates.read(reader, { ...sketch, name: 'Petrov', phones }, contextOf([hit]))).toEqual([]);
});

it('a patient page holds the document, its visits newest first, and hides what the person may not see', async () => {
  const page = await peoplePatient.read(reader, { patientId: yamada }, contextOf([]));
  expect(page?.patient.id).toBe(yamada);
  expect(page?.hidden).toEqual(['images', 'report', 'document']);
  const times = page?.timeline.map((one) => one.atUtc) ?? [];
  expect(times).toEqual(times.toSorted().toReversed());
  expect(page?.timeline.length).toBeGreaterThan(0);
  expect(page?.balance).toEqual([]);
});

it('a balance is unknown, not zero, where neither the patient nor the balances are held', async () => {
  const apart = createMemoryReader(frontDeskWorld(20));
  apart.setHolding(`patient/${yamada}`, 'no');
  apart.setHolding('core', 'loading');
  const page = await peoplePatient.read(apart, { patientId: yamada }, contextOf([]));
  expect(page).toMatchObject({ held: 'no', balance: null });
});
