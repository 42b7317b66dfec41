/** 2,000 patients in households: shared phones and addresses, children with guardians, names in every script. */
import { addDays } from '../../shared/kernel/time.ts';
import { displayName } from '../../shared/people/names.ts';
import { allergyKey } from '../../shared/people/rules.ts';
import type { Patient, PersonName } from '../../shared/people/schema.ts';
import type { Dice } from './dice.ts';
import { type NameSex, openHousehold, type Tradition } from './person-names.ts';
import { specialPatients } from './special-patients.ts';
import type { DemoTables } from './tables.ts';

export const PATIENT_COUNT = 2000;

export type DemoPatients = {
  all: Patient[];
  /** Who goes to which place: nobody is in two cities on one day. */
  kemang: Patient[];
  amsterdam: Patient[];
  /** The long name and the contrast allergy: they are seen on the first day. */
  special: Patient[];
};

export type PatientMaker = {
  dice: Dice;
  tables: DemoTables;
  newId: () => string;
  nextNumber: () => string;
  today: string;
};

/** Tradition, share in a hundred, language, and where they live. */
const traditions: ReadonlyArray<readonly [Tradition, number, string, 'indonesia' | 'netherlands']> = [
  ['indonesian', 46, 'id', 'indonesia'],
  ['dutch', 13, 'nl', 'netherlands'],
  ['vietnamese', 8, 'vi', 'indonesia'],
  ['arabic', 9, 'ar', 'indonesia'],
  ['cyrillic', 8, 'ru', 'netherlands'],
  ['japanese', 8, 'ja', 'indonesia'],
  ['korean', 8, 'ko', 'indonesia'],
];

/** Adults from 20 to 92 years, children from birth to 15. */
const adultDays = [20 * 365, 92 * 365] as const;
const childDays = [1, 15 * 365] as const;

type Home = { phone: string; address: string; language: string; country: 'indonesia' | 'netherlands' };

/** Makes all patients, the special ones first. */
export function makePatients(maker: PatientMaker): DemoPatients {
  const special = specialPatients((name, sex) =>
    makePatient(maker, openHome(maker, 'indonesia', 'id'), name, sex, adultDays),
  );
  const made: DemoPatients = { all: [...special], kemang: [...special], amsterdam: [], special };
  while (made.all.length < PATIENT_COUNT) {
    const [tradition, , language, country] = drawTradition(maker.dice);
    const left = PATIENT_COUNT - made.all.length;
    const household = makeHousehold(maker, tradition, openHome(maker, country, language), left);
    made.all.push(...household);
    made[country === 'netherlands' ? 'amsterdam' : 'kemang'].push(...household);
  }
  return made;
}

function drawTradition(dice: Dice): (typeof traditions)[number] {
  let left = dice.int(1, 100);
  const found = traditions.find(([, share]) => (left -= share) <= 0);
  if (!found) throw new Error('the shares make a hundred');
  return found;
}

function openHome({ dice, tables }: PatientMaker, country: Home['country'], language: string): Home {
  const { streets, cities } = tables.places[country];
  const street = dice.pick(streets);
  const house = dice.int(1, 180);
  const phone =
    country === 'indonesia'
      ? `+62 8${dice.digits(2)}-${dice.digits(4)}-${dice.digits(4)}`
      : `+31 6 ${dice.digits(4)} ${dice.digits(4)}`;
  return {
    phone,
    address: `${street} ${country === 'indonesia' ? `No. ${house}` : house}, ${dice.pick(cities)}`,
    language,
    country,
  };
}

/** One or two adults and up to three children, `most` in all; the children have the home's phone, and a parent for guardian. */
function makeHousehold(maker: PatientMaker, tradition: Tradition, home: Home, most: number): Patient[] {
  const { dice, tables } = maker;
  const nameOf = openHousehold(tradition, tables.names, dice);
  const person = (sex: NameSex, days: readonly [number, number]): Patient =>
    makePatient(maker, home, nameOf(sex), sex, days);
  const first = person(dice.chance(0.5) ? 'M' : 'F', adultDays);
  const adults = most > 1 && dice.chance(0.45) ? [first, person(first.sex === 'M' ? 'F' : 'M', adultDays)] : [first];
  const count = Math.min(most - adults.length, dice.chance(0.3) ? dice.int(1, 3) : 0);
  const children = Array.from({ length: count }, () => person(dice.chance(0.5) ? 'M' : 'F', childDays));
  const guardians = adults.map((adult) => relationTo('guardian', adult));
  for (const child of children) child.relations = [...guardians];
  if (children[0]) children[0].relations.push(relationTo('payer', first));
  if (adults[1] && dice.chance(0.5)) first.relations = [relationTo('emergency', adults[1])];
  return [...adults, ...children];
}

function relationTo(role: Patient['relations'][number]['role'], to: Patient): Patient['relations'][number] {
  const { written } = displayName(to);
  return { role, patientId: to.id, name: written, phone: to.phones[0] ?? '' };
}

function makePatient(
  maker: PatientMaker,
  home: Home,
  name: PersonName,
  sex: NameSex,
  [fromDays, toDays]: readonly [number, number],
): Patient {
  const { dice, tables, today } = maker;
  const isAdult = fromDays > childDays[1];
  const birthDate = partly(dice, addDays(today, -dice.int(fromDays, toDays)), isAdult);
  const ownPhone = isAdult && dice.chance(0.35) ? [`${home.phone.slice(0, -4)}${dice.digits(4)}`] : [];
  const recordNumber = maker.nextNumber();
  return {
    id: maker.newId(),
    recordNumber,
    names: [name],
    sex: dice.chance(0.004) ? dice.pick(['O', 'U'] as const) : sex,
    birthDate,
    phones: [...ownPhone, home.phone],
    email: isAdult && dice.chance(0.4) ? `${recordNumber.toLowerCase()}@example.com` : '',
    address: home.address,
    identifiers: identifiersOf(dice, home.country),
    relations: [],
    ...allergiesOf(dice, tables),
    alerts: dice.chance(0.06) ? [dice.pick(tables.clinical.alerts)] : [],
    tags: dice.chance(0.2) ? [dice.pick(tables.clinical.tags)] : [],
    language: home.language,
    active: true,
    mergedInto: null,
  };
}

/** Of some grown people only the year is known, of some year and month, of a few nothing. */
function partly(dice: Dice, birthDate: string, isAdult: boolean): string | null {
  if (!isAdult) return birthDate;
  const roll = dice.int(1, 100);
  if (roll <= 5) return birthDate.slice(0, 4);
  if (roll <= 8) return birthDate.slice(0, 7);
  return roll <= 10 ? null : birthDate;
}

function identifiersOf(dice: Dice, country: Home['country']): Patient['identifiers'] {
  if (dice.chance(0.4)) return [];
  return country === 'indonesia'
    ? [{ issuer: 'NIK', value: `317${dice.digits(13)}` }]
    : [{ issuer: 'BSN', value: dice.digits(9) }];
}

/** A third of the people were never asked. */
function allergiesOf(dice: Dice, { clinical }: DemoTables): Pick<Patient, 'allergyState' | 'allergies'> {
  const roll = dice.int(1, 100);
  if (roll <= 33) return { allergyState: 'not_asked', allergies: [] };
  if (roll <= 82) return { allergyState: 'none_known', allergies: [] };
  const drawn = dice.shuffled(clinical.allergies).slice(0, dice.chance(0.25) ? 2 : 1);
  return { allergyState: 'listed', allergies: drawn.map((one) => ({ ...one, key: allergyKey(one.substance) })) };
}
