import { expect, it } from 'vitest';
import { checkPatient } from '../../shared/people/rules.ts';
import { frontDeskWorld, TODAY } from '../../test/world/front-desk-world.ts';
import type { Patient } from '../../shared/people/schema.ts';
import { blankDraft, detailsOf, latinOf, missingOf, needsReading, patientDraft } from './patient-draft.ts';

const patients = frontDeskWorld(12)['patient'] as Patient[];

it('begins with what was typed: a name in its parts, or a phone', () => {
  expect(blankDraft('Siti Nur Aminah', 'id').written).toEqual({ given: 'Siti Nur', family: 'Aminah', text: '' });
  expect(blankDraft('0812 555 1234', 'id')).toMatchObject({ phones: '0812 555 1234', written: { family: '' } });
});

it('asks for three things and no more', () => {
  const blank = blankDraft('', 'id');
  expect(missingOf(blank)).toEqual(['name', 'sex', 'birthDate']);
  expect(missingOf({ ...blank, written: { family: 'A', given: '', text: '' }, sex: 'F', birthUnknown: true })).toEqual(
    [],
  );
});

it('proposes the Latin form until a person corrects it; Han asks for a reading', () => {
  const draft = { ...blankDraft('', 'id'), written: { family: 'Петров', given: 'Иван', text: '' } };
  expect(latinOf(draft)).toMatchObject({ family: 'Petrov', given: 'Ivan' });
  expect(latinOf({ ...draft, latin: { family: 'Petroff', given: 'Ivan', text: '' } }).family).toBe('Petroff');
  expect(needsReading({ ...draft, written: { family: '山田', given: '太郎', text: '' } })).toBe(true);
});

it.each(patients.map((one) => [one.recordNumber, one] as const))(
  '%s comes out of the form as it went in',
  (_, patient) => {
    const details = detailsOf(patientDraft(patient), patient);
    expect({ ...patient, ...details }).toEqual(patient);
    expect(checkPatient({ ...patient, ...details }, TODAY)).toEqual([]);
  },
);
