/**
 * Every screen of the day in a real window of a real workstation over the demo clinic, signed in at the keyboard: no error, no CSP violation, no axe violation;
 * pictures go to `test-results/screens/`, to be held beside those that were asked for.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clinic, Station } from '../world/clinic.ts';
import { openClinic } from '../world/clinic.ts';
import { until } from '../world/services.ts';

const pictures = join(import.meta.dirname, '..', '..', 'test-results', 'screens');
const sizes = [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
];
const roles = [
  { user: 'receptionist', screens: ['day', 'wait', 'patients', 'inbox'] },
  { user: 'technician', screens: ['scan'] },
  { user: 'doctor', screens: ['read'] },
  { user: 'cashier', screens: ['bill'] },
  { user: 'manager', screens: ['settings', 'sync'] },
];

describe('the screens of the day', () => {
  let clinic: Clinic;
  let station: Station;
  const faults: string[] = [];

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    clinic = await openClinic();
    await clinic.startServer();
    station = await clinic.openStation('one', await clinic.codeFor('kemang'));
    await until(
      'the first load',
      async () => (await station.request<{ phase: string }>('station', { do: 'sync' })).phase === 'synced',
      180_000,
    );
    station.page.on('pageerror', (error) => faults.push(error.message));
    station.page.on(
      'console',
      (message) => /content security policy/i.test(message.text()) && faults.push(message.text()),
    );
  }, 300_000);
  afterAll(() => clinic?.close());

  const picture = async (name: string): Promise<void> => {
    for (const size of sizes) {
      await station.page.setViewportSize(size);
      await station.page.waitForTimeout(400);
      await station.page.screenshot({ path: join(pictures, `${name}-${size.width}.png`) });
    }
  };

  it('takes a sign-in by keyboard, and refuses a wrong password in words', async () => {
    const { page } = station;
    await page.reload();
    await page.waitForSelector('input[type=password]');
    await picture('sign-in-light');
    await page.locator('input').first().focus();
    await page.keyboard.type('receptionist');
    await page.keyboard.press('Tab');
    await page.keyboard.type('not the password');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=alert]');
    await page.locator('input[type=password]').fill('');
    await page.locator('input[type=password]').focus();
    await page.keyboard.type('praxis-receptionist');
    await page.keyboard.press('Enter');
    await page.waitForSelector('nav');
    expect(faults).toEqual([]);
  });

  it.each(roles)('$user: $screens', async ({ user, screens }) => {
    await station.signIn(user);
    for (const screen of screens) {
      for (const theme of screen === 'read' ? ['dark'] : ['light', 'dark']) {
        await station.page.emulateMedia({ colorScheme: theme === 'dark' ? 'dark' : 'light' });
        await station.page.evaluate((hash) => {
          (globalThis as unknown as { location: { hash: string } }).location.hash = hash;
        }, `#/${screen}`);
        await station.page.waitForTimeout(1200);
        await picture(`${screen}-${theme}`);
        const { violations } = await new AxeBuilder({ page: station.page }).setLegacyMode().analyze();
        expect({
          screen,
          theme,
          violations: violations.map(
            (one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`,
          ),
        }).toEqual({ screen, theme, violations: [] });
      }
    }
    expect(faults).toEqual([]);
  });
});
