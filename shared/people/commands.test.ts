import { expect, it } from 'vitest';
import { authorOf, createDeskWorld } from '../../test/world/desk-world.ts';
import { AT_UTC, ids, linkedDocuments } from '../../test/world/linked-documents.ts';
import type { Doc } from '../kernel/kind.ts';

const doctor = authorOf(ids.user, 'doctor');
const [person] = linkedDocuments['patient'] as [Doc];
const allergy = (key: string) => ({ key, substance: key, reaction: '', severity: 'unknown' });
const allergic = (...keys: string[]): Doc => ({ ...person, allergyState: 'listed', allergies: keys.map(allergy) });

const worldOf = (standing: Doc) => createDeskWorld({ ...linkedDocuments, patient: [standing] }, AT_UTC, ids.location);
const set = async (standing: Doc, seen: Doc, keys: string[], author = doctor) => {
  const input = {
    patientId: person.id,
    allergyState: keys.length > 0 ? 'listed' : 'not_asked',
    allergies: keys.map(allergy),
  };
  const answer = await worldOf(standing).give(author, 'people/set-allergies', input, {
    seen: { [`patient/${person.id}`]: seen },
  });
  if (!answer.ok) return answer.error[0]?.law;
  return (answer.value.written[0]?.after?.['allergies'] as Array<{ key: string }>).map((one) => one.key).toSorted();
};

it('PEOPLE-4: whoever registers, scans or charts writes allergies; a cashier does not', async () => {
  expect(await set(person, person, ['latex'])).toEqual(['latex']);
  expect(await set(person, person, ['latex'], authorOf(ids.user, 'cashier'))).toBe('ACCESS-1');
});

it('PEOPLE-5: an allergy that the screen had not shown yet is not taken off with the others', async () => {
  const shown = allergic('latex');
  expect(await set(shown, shown, [])).toEqual([]);
  expect(await set(allergic('latex', 'iodine'), shown, ['latex', 'aspirin'])).toEqual(['aspirin', 'iodine', 'latex']);
});

it('PEOPLE-5: two allergies of one key would be one wherever lists are joined', async () => {
  expect(await set(person, person, ['latex', 'latex'])).toBe('PEOPLE-5');
});
