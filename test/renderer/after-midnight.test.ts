import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Doc } from '../../shared/kernel/kind.ts';
import { checkUp, id, kemang, sari } from '../world/front-desk-world.ts';
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

/** Three at night of 21 November in Jakarta, where UTC still has the 20th. */
const NIGHT_UTC = '2026-11-20T20:00:00.000Z';

it('a newborn of today is registered at night, and is nought days old', async () => {
  const opened = await pages.open({ hash: '#/patients', nowUtc: NIGHT_UTC });
  const { page } = opened;
  await page.getByRole('option').first().waitFor();
  await page.keyboard.type('Fajarina');
  await page.keyboard.press('Alt+n');
  await page.getByLabel('Family name').waitFor();
  await page.getByLabel('Sex').focus();
  await page.keyboard.type('Fem');
  await page.getByLabel('Birth date', { exact: true }).fill('21 nov 2026');
  await page.keyboard.press('Enter');
  await page.getByText('is registered').waitFor();
  expect(opened.documents('patient').at(-1)).toMatchObject({ birthDate: '2026-11-21' });
  await page.getByText('F · 0 d · 21 Nov 2026').first().waitFor();
  await page.screenshot({ path: join(shots, 'newborn.png') });
  expect(opened.errors).toEqual([]);
});

it('a visit that was done at 02:10 shows the clock of today, one of the evening before its day', async () => {
  const visit = (n: number, patient: Doc | undefined, doneAtUtc: string): Doc => ({
    id: id(60, n),
    appointmentId: null,
    patientId: patient?.id,
    locationId: kemang,
    practitionerId: sari,
    openedAtUtc: doneAtUtc,
    steps: [{ stage: 'completed', atUtc: doneAtUtc, byId: sari, inferred: false }],
    services: [{ serviceId: checkUp, quantity: 1 }],
  });
  const opened = await pages.open({
    hash: '#/billing',
    role: 'cashier',
    nowUtc: NIGHT_UTC,
    prepare: (world) => {
      const [one, other] = world['patient'] ?? [];
      world['encounter'] = [visit(1, one, '2026-11-20T19:10:00.000Z'), visit(2, other, '2026-11-20T16:50:00.000Z')];
      Object.assign(world, { appointment: [], invoice: [], payment: [] });
    },
  });
  const rows = opened.page.getByRole('navigation', { name: 'Billing' }).locator('[data-row]');
  await expect.poll(() => rows.count()).toBe(2);
  const asides = await rows.evaluateAll((all) => all.map((row) => row.lastElementChild?.textContent));
  expect(asides).toEqual(['02:10', '20 Nov 23:50']);
  await opened.page.screenshot({ path: join(shots, 'billing-at-night.png') });
  expect(opened.errors).toEqual([]);
});
