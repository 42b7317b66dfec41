import { describe, expect, it } from 'vitest';
import { identityDifferences } from './identity.ts';

const order = { patientId: 'K2-000123', birthDate: '19700131', sex: 'M' };
const names = ['Müller^Jürgen', 'Yamada^Tarou=山田^太郎=やまだ^たろう', 'MUELLER^JUERGEN'];
const received = (name: string, other: Partial<typeof order> = {}) => ({ ...order, name, ...other });

describe('identityDifferences', () => {
  it.each([
    'Müller^Jürgen',
    'MULLER^JURGEN^^',
    'Jürgen Müller',
    'JUERGEN MUELLER',
    'ＭＵＥＬＬＥＲ＾ＪＵＥＲＧＥＮ',
    '=山田^太郎',
    'Yamada^Tarou=山田^太郎=ﾔﾏﾀﾞ^ﾀﾛｳ',
    '山田　太郎',
    '',
    ' ^^',
  ])('takes %s', (name) => expect(identityDifferences(received(name), order, names)).toEqual([]));

  it.each(['Müller^Johann', 'Müller', 'Yamada^Tarou=山本^太郎', '=山田^太郎=やまた^たろう'])('holds %s', (name) =>
    expect(identityDifferences(received(name), order, names)).toEqual(['name']),
  );

  it('compares id, birth date and sex, blank being no difference', () => {
    const other = { patientId: 'K2-000124', birthDate: '1970.01.30', sex: 'F' };
    expect(identityDifferences(received('', other), order, names)).toEqual(['patient_id', 'birth_date', 'sex']);
    expect(identityDifferences(received('', { patientId: ' ', birthDate: '', sex: '' }), order, names)).toEqual([]);
    expect(
      identityDifferences(received('', { patientId: 'k2-000123 ', birthDate: '1970.01.31', sex: 'm' }), order, names),
    ).toEqual([]);
    const blank = { patientId: '', birthDate: '', sex: '' };
    expect(identityDifferences(received('Any^Body', other), blank, [])).toEqual([]);
  });
});
