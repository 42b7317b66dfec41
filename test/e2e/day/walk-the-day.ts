/**
 * The clinic's day on the screens: two workstations with a real window each, a real server that is away for most of it, and a real scanner
 * (DCMTK). Each step stands on the one before.
 */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Page } from 'playwright';
import type { Clinic, Station } from '../../world/clinic.ts';
import { openClinic } from '../../world/clinic.ts';
import { until } from '../../world/services.ts';
import type { WorklistAnswer } from '../../world/scanner.ts';
import type { Faults } from './album.ts';
import { takePictures } from './album.ts';
import type { AtDesk } from './front-desk.ts';
import * as desk from './front-desk.ts';
import type { Hands } from './hands.ts';
import { countMouse, keyHands, mouseHands } from './hands.ts';
import * as reading from './reading.ts';
import { expectSameEverywhere, synced } from './same-everywhere.ts';
import * as registration from './registration.ts';
import * as scanner from './scan.ts';
import * as visit from './visit-and-bill.ts';

const LONG = /Kanjeng Raden Mas/;
/** On the board a card is named in Latin letters. */
const ARABIC = /المنصوري|Mansouri/;
const people = {
  receptionist: 'Rini Susanti',
  technician: 'Agus Setiawan',
  doctor: 'dr. Sari Wulandari',
  doctor2: 'dr. Bambang Hartono',
  cashier: 'Yanti Marpaung',
  manager: 'Hendra Gunawan',
} as const;

const newcomer = { family: 'Purnamasari', given: 'Wahyuni', phone: '0812 5550 7391' };

/** The cases of the day, with a mouse, which takes the pictures of every screen, or by keys alone, without one mouse event. */
export function walkTheDay(kind: Hands['kind']): void {
  const handsOf = kind === 'mouse' ? mouseHands : keyHands;
  let clinic: Clinic;
  let first: Station;
  let second: Station;
  let one: AtDesk;
  let two: AtDesk;
  const faults: Faults = [];
  const mouseCounts: Array<() => Promise<number>> = [];
  let mouseEvents = 0;

  const sit = async (station: Station): Promise<AtDesk> => {
    const { page } = station;
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => /content security policy/i.test(message.text()) && faults.push(message.text()));
    page.setDefaultTimeout(20_000);
    await page.setViewportSize({ width: 1440, height: 900 });
    mouseCounts.push(await countMouse(page));
    const hands: Hands = handsOf(page);
    return { page, hands };
  };
  const signIn = (at: AtDesk, who: keyof typeof people): Promise<void> => desk.signIn(at, who, people[who]);
  const picture = async (page: Page, name: string, darkOnly = false): Promise<void> => {
    if (kind === 'mouse') await takePictures(page, name, faults, darkOnly);
  };
  const leave = async (): Promise<void> => {
    for (const count of mouseCounts.splice(0)) mouseEvents += await count();
  };

  beforeAll(async () => {
    clinic = await openClinic();
    await clinic.startServer();
    first = await clinic.openStation('one', await clinic.codeFor('kemang'));
    await synced(first);
    // A code is given once, a start prints an unused one.
    await clinic.stopServer();
    await clinic.startServer();
    second = await clinic.openStation('two', await clinic.codeFor('kemang'));
    await synced(second);
    [one, two] = [await sit(first), await sit(second)];
  }, 300_000);
  let isBroken = false;
  // Every step stands on the one before.
  beforeEach(({ skip }) => skip(isBroken, 'a step before it failed'));
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    isBroken = true;
    for (const [name, at] of Object.entries({ one, two }))
      if (!at.page.isClosed()) await at.page.screenshot({ path: failedPicture(`${kind}-${name}`) });
  });
  afterAll(() => clinic?.close());

  it('1: a patient is found in every way; a newcomer is registered, after who may be the same person was shown', async () => {
    await picture(one.page, 'sign-in');
    await desk.signInWrongly(one, people.receptionist);
    await signIn(one, 'receptionist');
    const { patientId } = (await first.view<{ hits: { patientId: string }[] }>('people/search', { text: 'kusumaw' }))
      .hits[0] ?? { patientId: '' };
    const { patient } = await first.view<{ patient: { phones: string[] } }>('people/patient', { patientId });
    const digits = (patient.phones[0] ?? '').replaceAll(/\D/g, '').slice(-6);
    const ways = ['kusumaw', 'Kanjeng suryo', digits, '17.08.1951', '1951-08-17', '17 aug 1951', '8/17/1951', '170851'];
    await registration.findInEveryWay(one, ways, LONG);
    await registration.findInEveryWay(one, ['المنصوري', 'mansouri', 'ahmed al-mans'], ARABIC);
    const like = { family: 'Al-Mansouri', given: 'Ahmed Abdulrahman', birthDate: '020374', sex: 'Male' };
    expect(await registration.beginLike(one, like)).toMatch(/المنصوري|Mansouri/);
    await picture(one.page, 'registration');
    await registration.register(one, { ...newcomer, birthDate: '12 jan 1988', sex: 'Female' });
    await signIn(two, 'manager');
    await registration.findInEveryWay(two, [newcomer.phone.slice(-4), '1988-01-12', 'purnamas wah'], /Purnamasari/);
  });

  let booking = { day: '', clock: '' };
  it('1: an ultrasound is booked; a closed time is refused in words; a taken one is overridden with a reason', async () => {
    await desk.goTo(one, 'Day');
    await desk.beginBooking(one, 'kusumaw', LONG, 'US neck');
    await desk.chooseTime(one, '', '23:45');
    const refusal = await desk.refusalWords(one);
    expect(refusal.why.join()).toContain('closed at this time');
    expect(refusal.times).toHaveLength(3);
    await picture(one.page, 'schedule-refused');
    booking = await desk.saveBooking(one);
    await picture(one.page, 'schedule');

    await desk.goTo(two, 'Day');
    await desk.turnTo(two, booking.day);
    await desk.blockOf(two.page, LONG).waitFor();
    await desk.beginBooking(two, 'man', ARABIC, 'US neck');
    await desk.chooseTime(two, booking.day, booking.clock);
    await desk.refusalWords(two);
    await desk.bookAnyway(two, 'Emergency, agreed with the doctor');
    await desk.blockOf(one.page, ARABIC).waitFor();
  });

  let order: WorklistAnswer = {};
  it('2, 3: without the server: the patient arrives by one key, undo brings them back; the scanner gets its worklist', async () => {
    await synced(first);
    await synced(second);
    await clinic.stopServer();
    await one.page.getByRole('button', { name: /Offline/i }).waitFor({ timeout: 60_000 });
    await desk.receive(one, LONG);
    await desk.undo(one);
    await desk.receive(one, LONG);
    await picture(one.page, 'schedule-arrived-offline');
    await desk.goTo(one, 'Wait');
    await cardOf(one.page, LONG).waitFor();
    await picture(one.page, 'waiting-room');
    order = (await scanner.askWorklist(clinic, first, scanner.dicomDay(booking.day)))[0] ?? {};
    expect(order['PatientName']).toContain('Kanjeng');
    expect(order['AccessionNumber']).toMatch(/^K1-/);
  });

  it('4: what the scanner sends stands on the visit by itself; a stray is linked, somebody else’s images are held back', async () => {
    const images = await scanner.scan(clinic, first, order);
    await cardOf(one.page, LONG).getByText(`${images} images so far`).waitFor();
    const [a, b] = (await scanner.askWorklist(clinic, first, '')).filter(
      (one) => one['AccessionNumber'] !== order['AccessionNumber'],
    );
    await scanner.sendStrays(clinic, first, a ?? {}, b ?? {});
    await signIn(one, 'technician');
    await desk.goTo(one, 'Scan');
    await one.page
      .getByRole('region', { name: 'Images without a place' })
      .getByText(/^Held back/)
      .waitFor();
    await picture(one.page, 'scan');
    await scanner.linkStray(one);
  });

  it('2–4: who comes without an appointment stands on the worklist at once, and the images find the visit', async () => {
    await signIn(one, 'receptionist');
    await registration.beginWalkIn(one, 'purnamas', /Purnamasari/, 'US neck');
    await picture(one.page, 'walk-in');
    await registration.receiveWalkIn(one);
    const step = await until('the walk-in on the worklist', async () =>
      (await scanner.askWorklist(clinic, first, '')).find((each) => each['PatientName']?.includes(newcomer.family)),
    );
    const images = await scanner.scan(clinic, first, step);
    await cardOf(one.page, /Purnamasari/)
      .getByText(`${images} images so far`)
      .waitFor();
  });

  it('5, 6: after both were closed and opened, a doctor signs in for the first time, reads, measures and signs', async () => {
    await leave();
    await first.stop();
    await second.stop();
    first = await clinic.openStation('one', undefined, first.dicomPort);
    second = await clinic.openStation('two', undefined, second.dicomPort);
    [one, two] = [await sit(first), await sit(second)];
    await signIn(one, 'doctor');
    await reading.openStudy(one, LONG);
    const words = await reading.lookAndMeasure(one);
    expect(words).toMatch(/\d/);
    await desk.goTo(one, 'Day');
    await desk.goTo(one, 'Read');
    await reading.openStudy(one, LONG);
    await one.page.locator('[data-measurement]').first().waitFor();
    await reading.markImage(one);
    await reading.writeReport(one, 'A stone of ', 'Gallstone.');
    await picture(one.page, 'read', true);
    await reading.finalize(one);
    await reading.addAddendum(one, 'Seen together with the surgeon.');
    await picture(one.page, 'read-signed', true);
  });

  it('7: the doctor charts the visit and completes it in one change set', async () => {
    await desk.goTo(one, 'Wait');
    await visit.openVisit(one, LONG);
    await visit.chart(one);
    await picture(one.page, 'visit');
    await visit.complete(one);
  });

  it('8: the cashier bills, takes part in cash and the rest by card, refunds with a reason and closes the day', async () => {
    await signIn(one, 'cashier');
    await visit.issueInvoice(one, LONG);
    await picture(one.page, 'bill');
    await visit.takePayment(one, { name: 'Cash', key: 'F2' }, '100000', '150000');
    await visit.takePayment(one, { name: 'Card', key: 'F3' }, null, null);
    await visit.refund(one, 'Wrong amount typed');
    await picture(one.page, 'bill-paid');
    await visit.closeDay(one, '12000', 'Coins missing');
    await picture(one.page, 'day-close');
  });

  it('9: both stations book one slot, receive, write and take money; the server comes back; one task solves it', async () => {
    const slot = await consult(one, 'man', ARABIC, null);
    await consult(two, 'joko', /Joko/, slot);
    await clinic.startServer();
    await synced(first);
    await synced(second);
    await signIn(two, 'receptionist');
    await desk.goTo(two, 'Inbox');
    await picture(two.page, 'inbox');
    await desk.placeAgain(two);
    await signIn(two, 'doctor');
    await reading.showPaper(two, LONG);
    await picture(two.page, 'paper', true);
    await two.hands.key('Escape');
  });

  it('every other screen is in order too, also in Indonesian', async () => {
    await signIn(one, 'manager');
    await desk.findByPalette(one, 'man', /Mansouri/);
    await picture(one.page, 'patient');
    await desk.goTo(one, 'Patients');
    await one.page.getByRole('option').first().waitFor();
    await picture(one.page, 'patients');
    await one.hands.press(one.page.getByRole('button', { name: 'Settings' }).first());
    await one.page.getByRole('radio', { name: 'Bahasa Indonesia' }).waitFor();
    await picture(one.page, 'settings');
    await one.hands.press(one.page.getByRole('button', { name: /^Synced/ }));
    await picture(one.page, 'sync');
    await one.hands.press(one.page.getByRole('button', { name: 'Settings' }).first());
    await one.hands.press(one.page.getByRole('radio', { name: 'Bahasa Indonesia' }));
    await one.hands.press(one.page.getByRole('link', { name: 'Hari' }), 'Control+1');
    await picture(one.page, 'schedule-indonesian');
  });

  it('in the end all hold the same, and nothing went wrong on the way', async () => {
    await leave();
    const documents = await expectSameEverywhere(clinic, first, second);
    expect(Object.keys(documents['conflict'] ?? {})).toHaveLength(1);
    expect(Object.keys(documents['payment'] ?? {}).length).toBeGreaterThanOrEqual(5);
    expect(faults).toEqual([]);
    if (kind === 'keys') expect(mouseEvents).toBe(0);
  });

  /** A consultation from booking to payment on one station; answers its day and time. */
  async function consult(at: AtDesk, find: string, patient: RegExp, slot: desk.Slot | null): Promise<desk.Slot> {
    await signIn(at, 'receptionist');
    await desk.goTo(at, 'Day');
    await desk.beginBooking(at, find, patient, 'Consultation');
    if (slot) await desk.chooseTime(at, slot.day, slot.clock, people.doctor2);
    else await desk.chooseTime(at, '', '', people.doctor2);
    const booked = await desk.saveBooking(at);
    if (slot) expect(booked).toEqual(slot);
    await desk.receive(at, patient);
    await signIn(at, 'doctor2');
    await desk.goTo(at, 'Wait');
    await visit.openVisit(at, patient);
    await visit.chart(at);
    await visit.complete(at);
    await signIn(at, 'cashier');
    await visit.issueInvoice(at, patient);
    await visit.takePayment(at, { name: 'Card', key: 'F3' }, null, null);
    return booked;
  }
}

const failedPicture = (name: string): string =>
  join(import.meta.dirname, '..', '..', '..', 'test-results', `day-failed-${name}.png`);

const cardOf = (page: Page, patient: RegExp) =>
  page.getByRole('group', { name: 'Visits by stage' }).getByRole('listitem', { name: patient });
