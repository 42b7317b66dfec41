import { describe, expect, it } from 'vitest';
import { authorOf, createDeskWorld } from '../../test/world/desk-world.ts';
import { frontDeskWorld, kemang, receptionist } from '../../test/world/front-desk-world.ts';

/** Half past midnight of 21 November in Jakarta. */
const NIGHT_UTC = '2026-11-20T17:30:00.000Z';
const form = (text: string) => ({ family: '', given: '', text });

async function register(birthDate: string, locationId: string, nowUtc: string): Promise<string[]> {
  const desk = createDeskWorld(frontDeskWorld(1), nowUtc, locationId);
  const details = {
    names: [{ use: 'official', written: form('Bayi'), latin: form(''), phonetic: form('') }],
    sex: 'F',
    birthDate,
    phones: [],
    email: '',
    address: '',
    identifiers: [],
    relations: [],
    allergyState: 'not_asked',
    allergies: [],
    alerts: [],
    tags: [],
    language: '',
  };
  const result = await desk.give(authorOf(receptionist, 'receptionist'), 'people/register', { details });
  return result.ok ? [] : result.error.map((one) => one.code);
}

describe('PEOPLE-3: the day is the one at the location', () => {
  it('a newborn of today is registered from midnight on, where UTC still has yesterday', async () => {
    expect(await register('2026-11-21', kemang, NIGHT_UTC)).toEqual([]);
    expect(await register('2026-11-22', kemang, NIGHT_UTC)).toEqual(['born-in-future']);
    expect(await register('2026-12', kemang, NIGHT_UTC)).toEqual(['born-in-future']);
  });
  it('where the location is not known, whatever may be today somewhere is', async () => {
    expect(await register('2026-11-21', 'nowhere', '2026-11-20T10:00:00.000Z')).toEqual([]);
    expect(await register('2026-11-21', 'nowhere', '2026-11-20T09:59:00.000Z')).toEqual(['born-in-future']);
  });
});
