import { expect, test } from 'vitest';
import { openLawClinic } from './law-clinic.ts';

test('a station that has sent a set of this law does not go back to an older one, which may have asked for less', async () => {
  const clinic = await openLawClinic(3);
  const { world, here, there, people } = clinic;
  await clinic.patient();
  const call = clinic.call(people.front, 'people/register', { details: clinic.detailsOf() });
  const { set } = await world.proposeAt(here, call);
  const back = await world.tryOut({ ...set, lawVersion: 1 });
  expect([back.answer.result, back.alarms]).toEqual(['held', ['set-not-what-the-law-makes']]);
  expect((await world.tryOut(set)).answer.result).toBe('accepted');
  const { set: first } = await world.proposeAt(there, call);
  expect((await world.tryOut({ ...first, lawVersion: 1 })).answer.result).toBe('accepted');
  await clinic.close();
}, 120_000);
