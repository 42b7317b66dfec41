import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { DayClose, Invoice, Payment } from '../../shared/billing/schema.ts';
import type { Service } from '../../shared/catalog/schema.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Patient } from '../../shared/people/schema.ts';
import type { Appointment } from '../../shared/scheduling/schema.ts';
import type { Encounter } from '../../shared/waiting-room/schema.ts';
import { checkUp, ctService, followUp, id, kemang, receptionist, sari } from '../world/front-desk-world.ts';
import type { LawPage } from './law-page.ts';
import { startLawPages } from './law-page.ts';

const shots = join(import.meta.dirname, '../../test-results/screens');
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
let pages: Awaited<ReturnType<typeof startLawPages>>;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  pages = await startLawPages();
});
afterEach(() => pages?.closeOpened());
afterAll(() => pages?.close());

const shot = (opened: LawPage, name: string) => opened.page.screenshot({ path: join(shots, `${name}.png`) });
const axe = async ({ page }: LawPage): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`);
};
const written = (patient: Doc | undefined): string => {
  const form = (patient as Patient | undefined)?.names[0]?.written;
  return form?.text || `${form?.family}${form?.given}`;
};
const scripts = [
  /\p{Script=Arabic}/u,
  /\p{Script=Han}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Hangul}/u,
  /\p{Script=Latin}/u,
];
const visitId = (n: number): string => id(60, n);

/** Five visits that are done, one for each script; one service without a price. */
function doneVisits(world: Record<string, Doc[]>): void {
  const patients = scripts.map((script) => world['patient']?.find((one) => script.test(written(one))));
  world['service'] = (world['service'] ?? []).map((one, at) => {
    const service = one as Service;
    return {
      ...service,
      priceMinor: service.id === followUp ? null : 250_030 * (at + 1),
      taxBasisPoints: at === 0 ? 1100 : 0,
      taxName: 'PPN',
    };
  });
  world['encounter'] = patients.flatMap((patient, n): Encounter[] =>
    patient
      ? [
          {
            id: visitId(n),
            appointmentId: null,
            patientId: patient.id,
            locationId: kemang,
            practitionerId: sari,
            openedAtUtc: `2026-11-20T0${n + 1}:00:00.000Z`,
            steps: [{ stage: 'completed', atUtc: `2026-11-20T0${n + 1}:40:00.000Z`, byId: sari, inferred: false }],
            services: [
              { serviceId: ctService, quantity: 1 },
              { serviceId: n === 3 ? followUp : checkUp, quantity: 1 },
            ],
          },
        ]
      : [],
  );
}

it('bills a visit by keys alone: discount, issue, part by card, the rest in cash with change, then a refund', async () => {
  const opened = await pages.open({ role: 'cashier', hash: '#/bill', prepare: doneVisits });
  const { page } = opened;
  const first = page.locator('button[data-row]').first();
  await first.focus();
  await page.keyboard.press('Enter');
  await page.getByText('Draft').waitFor();
  await page
    .getByRole('textbox', { name: /^Discount/ })
    .first()
    .focus();
  await page.keyboard.type('10%');
  await shot(opened, 'billing-draft-light');
  expect(await axe(opened)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Payment', exact: true }).waitFor();
  const invoice = opened.documents('invoice')[0] as unknown as Invoice;
  expect(invoice.lines[0]?.discountMinor).toBeGreaterThan(0);
  await page.keyboard.press('F3');
  await page.locator('[name=amount]:focus').waitFor();
  await page.keyboard.type('200000');
  await page.keyboard.press('Enter');
  await page.getByText('200.000 taken from').waitFor();
  await page.locator('[name=given]:focus').waitFor();
  await page.keyboard.type('1000000');
  await page.getByText('Change back').waitFor();
  await shot(opened, 'billing-light');
  expect(await axe(opened)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('Paid in full').waitFor();
  const [card, cash] = opened.documents('payment') as unknown as Payment[];
  expect(card).toMatchObject({ method: 'card', amountMinor: 200_000 });
  expect((cash?.amountMinor ?? 0) + 200_000).toBe(invoice.totalMinor);
  expect(cash?.changeMinor).toBe(1_000_000 - (cash?.amountMinor ?? 0) - (cash?.cashRoundingMinor ?? 0));
  await page.getByRole('button', { name: 'Refund' }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Reason' }).fill('Wrong card');
  await page.keyboard.press('Enter');
  await page.getByText('200.000 given back').waitFor();
  expect(opened.documents('payment')).toHaveLength(3);
  await shot(opened, 'billing-refunded-light');
  expect(opened.errors).toEqual([]);
});

it('a missing price is said with who can set it; a manager sets it there; the day is closed with a note', async () => {
  const cashier = await pages.open({ role: 'cashier', hash: `#/bill?encounterId=${visitId(3)}`, prepare: doneVisits });
  await cashier.page.getByText('has no price').waitFor();
  expect(await cashier.page.getByRole('button', { name: /^Issue invoice/ }).getAttribute('aria-disabled')).toBe('true');
  const opened = await pages.open({
    role: 'manager',
    theme: 'dark',
    size: { width: 1920, height: 1080 },
    hash: `#/bill?encounterId=${visitId(3)}`,
    prepare: doneVisits,
  });
  const { page } = opened;
  await page.getByRole('textbox', { name: /^Price of/ }).fill('75.000');
  await shot(opened, 'billing-missing-price-dark');
  expect(await axe(opened)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('has no price').waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+c');
  await page.getByRole('textbox', { name: 'Counted' }).fill('5000');
  await page.getByRole('textbox', { name: 'Why it differs' }).fill('Left from yesterday');
  await shot(opened, 'billing-day-close-dark');
  expect(await axe(opened)).toEqual([]);
  await page.getByRole('button', { name: /^Sign/ }).click();
  await page.getByText('The day is closed').waitFor();
  const close = opened.documents('dayClose')[0] as unknown as DayClose;
  expect(close).toMatchObject({ countedCashMinor: 5_000, expectedCashMinor: 0, note: 'Left from yesterday' });
  expect(opened.errors).toEqual([]);
});

const open = { status: 'open', solvedBy: null, solvedAtUtc: null };
const by = { setId: id(70, 1), authorId: receptionist, stationId: id(8, 1), locationId: kemang };

/** One of each kind that waits. */
function troubles(world: Record<string, Doc[]>): void {
  doneVisits(world);
  const arab = world['patient']?.find((one) => /\p{Script=Arabic}/u.test(written(one))) as Patient;
  const booked = world['appointment']?.find((one) => (one as Appointment).startsAtUtc > '2026-11-20T08') as Appointment;
  const lost: Appointment = { ...booked, id: id(71, 1), patientId: arab.id, placement: 'unplaced' };
  world['appointment'] = [...(world['appointment'] ?? []), lost];
  world['conflict'] = [
    {
      id: id(72, 1),
      problem: 'units',
      ...by,
      command: 'people/update',
      docKind: 'patient',
      docId: arab.id,
      units: [
        {
          unit: 'contact',
          base: null,
          theirs: { phones: arab.phones, email: '' },
          mine: { phones: ['+62 812 9014 118'], email: '' },
        },
        { unit: 'address', base: null, theirs: { address: arab.address }, mine: { address: 'Jl. Kemang Raya 42' } },
      ],
      violations: [],
      patientId: arab.id,
      atUtc: '2026-11-20T06:22:00.000Z',
      ...open,
    },
    {
      id: id(72, 2),
      problem: 'lostClaim',
      ...by,
      command: 'scheduling/book',
      docKind: 'appointment',
      docId: lost.id,
      units: [],
      violations: [{ law: 'SCHED-1', code: 'resource-taken', params: { byAppointmentId: booked.id } }],
      patientId: arab.id,
      atUtc: '2026-11-20T06:41:00.000Z',
      ...open,
    },
  ];
  world['refusal'] = [
    {
      id: id(73, 1),
      ...by,
      command: 'scheduling/move',
      input: { appointmentId: lost.id, startsAtUtc: '2026-11-21T02:00:00.000Z', durationMin: 30, practitionerId: sari },
      violations: [{ law: 'KERNEL-8', code: 'changed-meanwhile' }],
      because: null,
      patientId: arab.id,
      atUtc: '2026-11-20T06:50:00.000Z',
      ...open,
    },
  ];
  world['task'] = [
    {
      id: id(74, 1),
      reason: 'flagged-record',
      locationId: kemang,
      patientId: arab.id,
      aboutKind: 'payment',
      aboutId: id(75, 1),
      violations: [{ law: 'BILL-3', code: 'more-than-owed', params: { owedMinor: 0 } }],
      atUtc: '2026-11-20T07:00:00.000Z',
      ...open,
    },
  ];
  world['study'] = [
    {
      id: id(76, 1),
      studyInstanceUid: '1.2.3',
      locationId: kemang,
      deviceId: null,
      state: 'stray',
      orderId: null,
      patientId: null,
      encounterId: null,
      differs: [],
      marks: [],
      linkedBy: null,
      firstImageAtUtc: '2026-11-20T07:02:00.000Z',
    },
  ];
}

it('solves what waits, oldest first, by keys', async () => {
  const opened = await pages.open({ role: 'manager', theme: 'dark', hash: '#/inbox', prepare: troubles });
  const { page } = opened;
  await page.getByRole('heading', { name: /^Two versions of/ }).waitFor();
  expect(await page.locator('nav button[data-status]').count()).toBe(5);
  await shot(opened, `inbox-versions-dark`);
  expect(await axe(opened)).toEqual([]);
  await page.getByRole('radio').nth(1).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: /has no place$/ }).waitFor();
  const patient = opened.documents('patient').find((one) => (one as Patient).phones.includes('+62 812 9014 118'));
  expect(patient).toBeDefined();
  await page.getByRole('button', { name: /^Place at/ }).waitFor();
  await page.keyboard.press('2');
  await shot(opened, `inbox-lost-slot-dark`);
  expect(await axe(opened)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: /^Not taken/ }).waitFor();
  expect(opened.documents('appointment').find((one) => one.id === id(71, 1))).toMatchObject({ placement: 'placed' });
  await shot(opened, `inbox-refusal-dark`);
  expect(await axe(opened)).toEqual([]);
  await page.getByRole('button', { name: 'It is dealt with' }).press('Enter');
  await page.getByRole('button', { name: 'I have seen to it' }).press('Enter');
  await page.getByRole('heading', { name: /^Stray images/ }).waitFor();
  await shot(opened, `inbox-stray-dark`);
  expect(await axe(opened)).toEqual([]);
  expect(opened.errors).toEqual([]);
});
