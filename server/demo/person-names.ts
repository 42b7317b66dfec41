/** Names of the demo's people, per tradition: how a household shares a name, and in which forms it is written. */
import type { NameForm, PersonName } from '../../shared/people/schema.ts';
import type { Dice } from './dice.ts';
import type { NameTables } from './tables.ts';

export type Tradition = keyof NameTables;
export type NameSex = 'M' | 'F';

/** Gives the members of one household their names: the family name is theirs together. */
export type Household = (sex: NameSex) => PersonName;

const empty: NameForm = { family: '', given: '', text: '' };
const parts = (family: string, given: string): NameForm => ({ family, given, text: '' });
export const monoName = (text: string): NameForm => ({ family: '', given: '', text });
export const official = (written: NameForm, latin: NameForm = empty, phonetic: NameForm = empty): PersonName => ({
  use: 'official',
  written,
  latin,
  phonetic,
});

/** Vietnamese as a machine that knows only ASCII writes it. */
const withoutMarks = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');

const MONONYM_SHARE = 0.3;

const households: { [T in Tradition]: (names: NameTables[T], dice: Dice) => Household } = {
  indonesian: (names, dice) => {
    const family = dice.pick(names.family);
    return (sex) => {
      if (dice.chance(MONONYM_SHARE))
        return official(monoName(dice.pick(sex === 'M' ? names.maleMononyms : names.femaleMononyms)));
      return official(parts(family, dice.pick(sex === 'M' ? names.male : names.female)));
    };
  },
  dutch: (names, dice) => {
    const family = dice.pick(names.family);
    return (sex) => official(parts(family, dice.pick(sex === 'M' ? names.male : names.female)));
  },
  vietnamese: (names, dice) => {
    const family = dice.pick(names.family);
    return (sex) => {
      const given = dice.pick(sex === 'M' ? names.male : names.female);
      return official(parts(family, given), parts(withoutMarks(family), withoutMarks(given)));
    };
  },
  arabic: (names, dice) => inTwoForms(names, dice),
  korean: (names, dice) => inTwoForms(names, dice),
  cyrillic: (names, dice) => {
    const [male, maleLatin, female, femaleLatin] = dice.pick(names.family);
    return (sex) => {
      const [given, latin] = dice.pick(sex === 'M' ? names.male : names.female);
      return sex === 'M'
        ? official(parts(male, given), parts(maleLatin, latin))
        : official(parts(female, given), parts(femaleLatin, latin));
    };
  },
  japanese: (names, dice) => {
    const [family, familyKana, familyLatin] = dice.pick(names.family);
    return (sex) => {
      const [given, kana, latin] = dice.pick(sex === 'M' ? names.male : names.female);
      return official(parts(family, given), parts(familyLatin, latin), parts(familyKana, kana));
    };
  },
};

function inTwoForms(names: NameTables['arabic'], dice: Dice): Household {
  const [family, familyLatin] = dice.pick(names.family);
  return (sex) => {
    const [given, latin] = dice.pick(sex === 'M' ? names.male : names.female);
    return official(parts(family, given), parts(familyLatin, latin));
  };
}

/** A household of a tradition, its family name drawn. */
export function openHousehold(tradition: Tradition, names: NameTables, dice: Dice): Household {
  return open(tradition, names, dice);
}

const open = <T extends Tradition>(tradition: T, names: Pick<NameTables, T>, dice: Dice): Household =>
  households[tradition](names[tradition], dice);
