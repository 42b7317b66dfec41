import { beforeAll, describe, expect, it } from 'vitest';
import { kinds } from '../../shared/collections.ts';
import type { NumberSeries } from '../../shared/kernel/command.ts';
import { dayBounds, localTime } from '../../shared/kernel/time.ts';
import { balanceOf, checkInvoice, checkPayment } from '../../shared/billing/rules.ts';
import { receiptOf } from '../../shared/billing/drawer-facts.ts';
import { checkDrawers } from '../../shared/billing/drawer-rules.ts';
import { checkPatient } from '../../shared/people/rules.ts';
import { refsOf } from '../../shared/scheduling/slot-rule.ts';
import { gatherBooking } from '../../shared/scheduling/facts.ts';
import { checkSlot } from '../../shared/scheduling/rules.ts';
import { claimsSlot } from '../../shared/scheduling/schema.ts';
import { createMemoryReader } from '../../test/world/memory-reader.ts';
import { createCounters } from './counters.ts';
import { type DemoClinic, documentsOf, generateDemoClinic } from './demo-clinic.ts';
import { seededRandom } from './dice.ts';
import { readDemoTables } from './tables.ts';

const tables = readDemoTables();
const serverStationId = '01900000-0000-7000-8000-0000000000a1';
const generate = (nowUtc: string, seed = 1): DemoClinic => {
  const counters = createCounters('S1');
  const nextNumber = (series: NumberSeries): string => counters.next(series);
  return generateDemoClinic({ nowUtc, random: seededRandom(seed), nextNumber, tables, serverStationId });
};

const sundayNight = '2026-11-22T16:30:00.000Z'; // 23:30 in Jakarta, a Sunday
const starts: ReadonlyArray<readonly [string, string]> = [
  ['a Monday noon', '2026-11-23T05:00:00.000Z'],
  ['a Sunday at 23:30', sundayNight],
  ['just after midnight', '2026-11-24T17:05:00.000Z'],
  ['the day that summer time begins', '2026-03-29T00:30:00.000Z'],
  ['the day that summer time ends', '2026-10-25T00:30:00.000Z'],
];

let clinic: DemoClinic;
beforeAll(() => {
  clinic = generate(sundayNight);
});

/** Every booking that claims its slot, held against all others by the law itself. */
async function violationsOf({ places, staff, services, patients, outcomes }: DemoClinic): Promise<string[]> {
  const appointments = outcomes.map((one) => one.appointment);
  const reader = createMemoryReader({
    location: [places.kemang, places.amsterdam],
    room: Object.values(places.rooms),
    device: Object.values(places.devices),
    user: Object.values(staff),
    service: services,
    patient: patients.all,
    appointment: appointments,
  });
  const found: string[] = [];
  for (const one of appointments.filter(claimsSlot)) {
    const refs = refsOf(one);
    const window = { fromUtc: one.startsAtUtc, toUtc: one.endsAtUtc };
    const facts = await gatherBooking(reader, { ...one, ...refs, appointmentId: one.id }, wider(window));
    found.push(...checkSlot(one, refs, one.id, facts).map((v) => `${v.law} ${v.code} ${one.startsAtUtc}`));
  }
  return found;
}

const wider = (window: { fromUtc: string; toUtc: string }): { fromUtc: string; toUtc: string } => ({
  fromUtc: new Date(Date.parse(window.fromUtc) - 3_600_000).toISOString(),
  toUtc: new Date(Date.parse(window.toUtc) + 3_600_000).toISOString(),
});

const wordsOf = (form: { family: string; given: string; text: string }): string => form.family + form.given + form.text;

describe('the documents', () => {
  it('fit their schemas and the laws of their kinds, each id once', () => {
    const documents = documentsOf(clinic);
    for (const { kind, doc } of documents) {
      expect(kinds[kind]?.schema.safeParse(doc).error?.issues).toBeUndefined();
      expect(kinds[kind]?.invariants?.(null, doc) ?? []).toEqual([]);
    }
    expect(new Set(documents.map(({ kind, doc }) => `${kind}/${doc.id}`)).size).toBe(documents.length);
  });

  it('are the same for the same seed and time, and others for another seed', () => {
    expect(documentsOf(generate(sundayNight))).toEqual(documentsOf(clinic));
    expect(documentsOf(generate(sundayNight, 2))).not.toEqual(documentsOf(clinic));
  });

  it('are places, scanners and people as the clinic has them', () => {
    expect([clinic.places.kemang.zone, clinic.places.amsterdam.zone]).toEqual(['Asia/Jakarta', 'Europe/Amsterdam']);
    expect(Object.values(clinic.places.devices).map((one) => one.aeTitle)).toEqual(['US1', 'CR1', 'CT1']);
    expect(Object.values(clinic.staff).map((one) => one.roles[0])).toEqual([
      'receptionist',
      'technician',
      'doctor',
      'doctor',
      'cashier',
      'manager',
    ]);
    expect(clinic.services.filter((one) => one.priceMinor === null)).toHaveLength(1);
    expect(new Set(clinic.services.map((one) => one.taxBasisPoints))).toEqual(new Set([0, 1100]));
  });
});

describe('the patients', () => {
  it('are 2,000, each with a number of its own, and keep the laws of people', () => {
    const { all } = clinic.patients;
    expect(all).toHaveLength(2000);
    expect(new Set(all.map((one) => one.recordNumber)).size).toBe(2000);
    expect([all[0]?.recordNumber, all.at(-1)?.recordNumber]).toEqual(['S1-000001', 'S1-002000']);
    expect(all.flatMap((one) => checkPatient(one, localTime(sundayNight, 'Asia/Jakarta').day))).toEqual([]);
  });

  it.each(['Latin', 'Arabic', 'Cyrillic', 'Han', 'Hangul'])('have names in %s', (script) => {
    const inScript = new RegExp(`\\p{Script=${script}}`, 'u');
    const found = clinic.patients.all.filter((one) => one.names.some((name) => inScript.test(wordsOf(name.written))));
    expect(found.length).toBeGreaterThan(50);
    if (script === 'Latin') return;
    expect(found.every((one) => one.names.every((name) => /^[\p{Script=Latin}' -]+$/u.test(wordsOf(name.latin))))).toBe(
      true,
    );
    if (script === 'Han')
      expect(found.every((one) => wordsOf(one.names[0]?.phonetic ?? { family: '', given: '', text: '' }) !== '')).toBe(
        true,
      );
  });

  it('have mononyms, diacritics, partial birth dates, shared phones, guardians, and allergies in all states', () => {
    const { all } = clinic.patients;
    const count = (is: (one: (typeof all)[number]) => boolean): number => all.filter(is).length;
    const byPhone = Map.groupBy(all, (one) => one.phones.at(-1));
    expect(count((one) => one.names.some((name) => name.written.text !== ''))).toBeGreaterThan(100);
    expect(count((one) => one.names.some((name) => /Nguyễn|Đặng/.test(name.written.family)))).toBeGreaterThan(5);
    for (const length of [4, 7, 10]) expect(count((one) => one.birthDate?.length === length)).toBeGreaterThan(20);
    expect(count((one) => one.birthDate === null)).toBeGreaterThan(10);
    expect([...byPhone.values()].filter((shared) => shared.length > 1).length).toBeGreaterThan(100);
    for (const state of ['listed', 'none_known', 'not_asked'])
      expect(count((one) => one.allergyState === state)).toBeGreaterThan(200);
    const children = all.filter((one) => one.relations.some((relation) => relation.role === 'guardian'));
    expect(children.length).toBeGreaterThan(100);
    const known = new Set(all.map((one) => one.id));
    expect(all.flatMap((one) => one.relations).every((one) => one.patientId !== null && known.has(one.patientId))).toBe(
      true,
    );
    for (const list of ['alerts', 'tags'] as const) expect(count((one) => one[list].length > 0)).toBeGreaterThan(50);
  });

  it('are, among them, one with a very long name and an Arabic one who is allergic to contrast, both booked today', () => {
    const [longName, contrast] = clinic.patients.special;
    expect(wordsOf(longName?.names[0]?.written ?? { family: '', given: '', text: '' }).length).toBeGreaterThan(100);
    expect(contrast?.names[0]?.written.family).toMatch(/\p{Script=Arabic}/u);
    expect(contrast?.allergies[0]?.key).toContain('contrast');
    const today = localTime(sundayNight, 'Asia/Jakarta').day;
    const seen = clinic.outcomes.filter((one) => localTime(one.appointment.startsAtUtc, 'Asia/Jakarta').day === today);
    for (const one of [longName, contrast])
      expect(seen.some(({ appointment }) => appointment.patientId === one?.id)).toBe(true);
  });
});

describe.each(starts)('started on %s', (_, nowUtc) => {
  const started = generate(nowUtc);
  const { kemang } = started.places;
  const today = dayBounds(localTime(nowUtc, kemang.zone).day, kemang.zone);
  const isToday = (instantUtc: string): boolean => instantUtc >= today.fromUtc && instantUtc < today.toUtc;

  it('no booking breaks a law of scheduling', async () => {
    expect(await violationsOf(started)).toEqual([]);
  });

  it('each scanner has steps today, at least six in all, from morning to night', () => {
    const open = started.outcomes
      .map((one) => one.order)
      .filter((one) => one?.status === 'scheduled' && isToday(one.scheduledAtUtc));
    expect(open.length).toBeGreaterThanOrEqual(6);
    expect(new Set(open.map((one) => one?.modality))).toEqual(new Set(['US', 'CR', 'CT']));
    const clocks = open.map((one) => localTime(one?.scheduledAtUtc ?? '', kemang.zone).clock).toSorted();
    expect(clocks[0]?.localeCompare('09:00')).toBe(-1);
    expect(clocks.at(-1)?.localeCompare('19:00')).toBe(1);
  });

  it('any later day of the two weeks has its six steps too', () => {
    const coming = started.outcomes.flatMap((one) =>
      one.order?.status === 'scheduled' ? [one.order.scheduledAtUtc] : [],
    );
    const perDay = Map.groupBy(coming, (instant) => localTime(instant, kemang.zone).day);
    expect(perDay.size).toBe(15);
    for (const steps of perDay.values()) expect(steps.length).toBeGreaterThanOrEqual(6);
  });

  it('has four weeks of bookings at both places, 35 to 65 a day', () => {
    const perDay = Map.groupBy(started.outcomes, (one) => localTime(one.appointment.startsAtUtc, kemang.zone).day);
    const counts = [...perDay.values()].map((list) => list.length);
    expect(perDay.size).toBeGreaterThanOrEqual(29);
    expect(Math.min(...counts.slice(1, -1))).toBeGreaterThanOrEqual(35);
    expect(Math.max(...counts)).toBeLessThanOrEqual(65);
    for (const place of [kemang, started.places.amsterdam])
      expect(started.outcomes.filter((one) => one.appointment.locationId === place.id).length).toBeGreaterThan(100);
  });

  it('most of what is past is billed and paid, with a handful that is not, as the law reckons it', () => {
    const { outcomes, bills, readings } = started;
    const past = outcomes.filter((one) => one.encounter);
    expect(bills.length).toBeGreaterThan(past.length * 0.95);
    expect(bills.length).toBeLessThan(past.length);
    const owed = bills.filter(({ invoice, payment }) => balanceOf(invoice, payment ? [payment] : [], false) > 0);
    expect(owed.length).toBeGreaterThan(0);
    expect(owed.length).toBeLessThan(past.length * 0.1);
    for (const { invoice, payment } of bills) {
      expect([...checkInvoice(invoice), ...(payment ? checkPayment(payment) : [])]).toEqual([]);
      expect((payment?.takenAtUtc ?? invoice.issuedAtUtc) < nowUtc).toBe(true);
    }
    expect(readings.length).toBeGreaterThan(10);
    expect(readings.every(({ report }) => (report.finalizedAtUtc ?? '9') < nowUtc)).toBe(true);
  });

  it('what is past is over, what is today is booked, and nothing lies after now that happened', () => {
    for (const { appointment, encounter, order } of started.outcomes) {
      if (isToday(appointment.startsAtUtc) && appointment.locationId === kemang.id) {
        expect([appointment.status, encounter]).toEqual(['booked', null]);
      }
      if (encounter)
        expect([order?.status ?? 'completed', (encounter.steps.at(-1)?.atUtc ?? '') < nowUtc]).toEqual([
          'completed',
          true,
        ]);
      expect(appointment.bookedAtUtc < nowUtc).toBe(true);
    }
    const past = started.outcomes.filter((one) => one.appointment.startsAtUtc < today.fromUtc);
    const share = (is: (one: (typeof past)[number]) => boolean): number => past.filter(is).length / past.length;
    expect(share((one) => one.encounter?.steps.at(-1)?.stage === 'completed')).toBeGreaterThan(0.75);
    expect(share((one) => one.appointment.status === 'cancelled')).toBeGreaterThan(0.02);
    expect(share((one) => one.appointment.status === 'no_show')).toBeGreaterThan(0.02);
  });

  it('every past day was counted, and every payment is in one count or of today', () => {
    const { bills, closes } = started;
    const payments = bills.flatMap(({ payment }) => payment ?? []);
    expect(checkDrawers(payments, closes)).toEqual([]);
    const counted = closes.filter((one) => one.locationId === kemang.id).at(-1)?.drawer?.throughNumber ?? 0;
    const open = payments.filter((one) => one.locationId === kemang.id && receiptOf(one).counter > counted);
    expect(open.filter((one) => !isToday(one.takenAtUtc))).toEqual([]);
    expect(closes.length).toBeGreaterThan(10);
  });
});
