import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FrameHarness, type OpenOptions, startFrame } from './frame-page.ts';

const shots = join(import.meta.dirname, '../../test-results/screens');
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
let frame: FrameHarness;

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  frame = await startFrame();
});
afterAll(() => frame?.close());

/** Opens, does, and says what the policy stopped. */
async function inFrame(options: OpenOptions, deed: (page: Page) => Promise<void>): Promise<void> {
  const { page, violations } = await frame.open(options);
  await deed(page);
  expect(violations).toEqual([]);
  await page.context().close();
}

const asked = (page: Page, channel: string): Promise<{ payload: Record<string, unknown> }[]> =>
  page.evaluate(`window.praxisFake.asked.filter((one) => one.channel === ${JSON.stringify(channel)})`);

const patient = (last: number): string => `01940000-0000-7000-8000-${String(last).padStart(12, '0')}`;

describe('keys', () => {
  it('a page that comes while the palette is open has its keys once that is closed, and not before', async () => {
    await inFrame({ hash: '#/settings', sync: 'offline' }, async (page) => {
      const tries = async (): Promise<number> =>
        (await asked(page, 'station')).filter((one) => one.payload['do'] === 'syncNow').length;
      await page.getByRole('heading', { name: 'Settings' }).first().waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
      await page.evaluate(`window.location.hash = '#/sync'`);
      await page.getByRole('heading', { name: 'Sync' }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('r');
      expect(await tries()).toBe(0);
      await page.keyboard.press('Escape');
      await page.keyboard.press('r');
      await expect.poll(tries).toBe(1);
    });
  });

  it('Ctrl+K finds a patient from inside a field, Enter opens, Esc gives the focus back', async () => {
    await inFrame({ hash: '#/settings' }, async (page) => {
      const field = page.getByLabel('New PIN');
      await field.focus();
      await page.keyboard.press('Control+k');
      await page.keyboard.press('Escape');
      await expect.poll(() => field.evaluate((element) => element.matches(':focus'))).toBe(true);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('sar');
      const options = page.getByRole('option');
      await options.filter({ hasText: 'Sarah Wijayanti' }).first().waitFor();
      expect(await page.locator('mark').first().innerText()).toBe('Sar');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(new RegExp(`#/patient\\?patientId=${patient(2)}`));
      expect(await page.locator('section[aria-label="Open patient"]').innerText()).toContain('Allergies not asked');
    });
  });

  it('Tab reaches every part of the frame in the order it is read, with a ring to see', async () => {
    await inFrame({ hash: '#/sync' }, async (page) => {
      await page.getByRole('heading', { name: 'Sync' }).waitFor();
      const names: string[] = [];
      for (let at = 0; at < 13; at++) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate<string>(`(() => {
          const one = document.activeElement; const style = getComputedStyle(one);
          const seen = style.boxShadow.includes('0px 0px 0px 3px');
          return (one.getAttribute('aria-label') ?? one.textContent) + (seen ? '' : ' NO RING');
        })()`);
        names.push(stop);
      }
      expect(names.filter((name) => name.includes('NO RING'))).toEqual([]);
      const order = [
        'Skip to the page',
        'Day',
        'Wait',
        'Patients',
        'Bill',
        'Inbox',
        'All keys',
        'Settings',
        'Find a patient',
        'Synced',
        'Menu of Rina',
        'Check everything',
        'Try now',
      ];
      expect(order.map((part) => names.findIndex((name) => name.includes(part)))).toEqual(order.map((_, at) => at));
    });
  });

  it('goes to pages by letters, not while typing, and ? lists the keys', async () => {
    await inFrame({ hash: '#/sync' }, async (page) => {
      await page.getByRole('heading', { name: 'Sync' }).waitFor();
      await page.keyboard.type('g,');
      await page.waitForURL(/#\/settings/);
      await page.getByLabel('New PIN').fill('');
      await page.getByLabel('New PIN').focus();
      await page.keyboard.type('gy');
      expect(page.url()).toContain('#/settings');
      await page.locator('main').focus();
      await page.keyboard.press('?');
      const dialog = page.getByRole('dialog', { name: 'All keys' });
      expect(await dialog.innerText()).toContain('Undo your last change');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    });
  });
});

describe('the session', () => {
  it('a lock takes every patient out of the page and the address, and brings the same screen back', async () => {
    await inFrame({ hash: `#/patient?patientId=${patient(6)}` }, async (page) => {
      await page.locator('section[aria-label="Open patient"]').waitFor();
      expect(await page.content()).toContain('محمد العلي');
      await page.keyboard.press('Control+l');
      await page.getByRole('heading', { name: 'Locked' }).waitFor();
      const content = await page.content();
      expect(content).not.toContain('محمد العلي');
      expect(content).not.toContain('K-003982');
      expect(page.url()).not.toContain(patient(6));
      expect(await page.evaluate('window.praxisFake.openViews.size')).toBe(0);
      await page.keyboard.type('0000');
      await page.keyboard.press('Enter');
      await page.getByText('That is not right').waitFor();
      await page.keyboard.type('2468');
      await page.keyboard.press('Enter');
      await page.locator('section[aria-label="Open patient"]').waitFor();
      expect(page.url()).toContain(patient(6));
    });
  });

  it('another person gets a screen of their own, and each finds theirs again', async () => {
    await inFrame({ hash: '#/sync' }, async (page) => {
      await page.getByRole('heading', { name: 'Sync' }).waitFor();
      const switchTo = async (name: string): Promise<void> => {
        await page.keyboard.press('Control+l');
        await page
          .getByRole('button', { name, exact: true })
          .or(page.getByRole('button', { name: `${name} screen waits` }))
          .first()
          .click();
        await page.keyboard.type('correct horse');
        await page.keyboard.press('Enter');
        await page.getByRole('navigation', { name: 'Pages' }).waitFor();
      };
      await switchTo('DK Dewi Kusuma'.slice(3));
      await page.waitForURL(/#\/bill/);
      await switchTo('Rina Suryani');
      await page.waitForURL(/#\/sync/);
    });
  });

  it('signs in by keyboard alone and says when it is wrong', async () => {
    await inFrame({ phase: 'signed-out' }, async (page) => {
      await page.locator('input:focus').waitFor();
      await page.keyboard.type('budi');
      await page.keyboard.press('Tab');
      await page.keyboard.type('nonsense');
      await page.keyboard.press('Enter');
      await page.getByText('That is not right').waitFor();
      await page.keyboard.type('correct horse');
      await page.keyboard.press('Enter');
      await page.waitForURL(/#\/read/);
    });
  });

  it('sets a clinic up and shows the recovery key until it is written down', async () => {
    await inFrame({ phase: 'first-run' }, async (page) => {
      await page.getByRole('button', { name: 'Set up a new clinic' }).click();
      await page.keyboard.type('Klinik Kemang');
      const values = {
        'First location': 'Kemang',
        'Manager, full name': 'Made',
        'User name': 'made',
        Password: 'correct horse',
      };
      for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
      expect(await page.getByLabel('Currency').inputValue()).toBe('IDR');
      await page.keyboard.press('Enter');
      await page.getByText('QK3F-77TN-M2XA-9PLE-4RVD').waitFor();
      await page.getByRole('button', { name: 'It is written down' }).click({ force: true });
      expect(await page.getByText('QK3F-77TN').isVisible()).toBe(true);
      await page.screenshot({ path: join(shots, 'recovery-key.png') });
      await page.getByLabel('Type its last four signs').fill('4rvd');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      expect(await page.content()).not.toContain('QK3F');
    });
  });
});

describe('commands and views', () => {
  it('Ctrl+Z undoes the last deed and says so, but not while typing', async () => {
    await inFrame({ hash: '#/settings' }, async (page) => {
      await page.getByLabel('New PIN').focus();
      await page.keyboard.press('Control+z');
      expect(await asked(page, 'command.run')).toEqual([]);
      await page.locator('main').focus();
      await page.keyboard.press('Control+z');
      await page.getByRole('status').filter({ hasText: 'Undone' }).waitFor();
      const [request] = await asked(page, 'command.run');
      expect(request?.payload).toMatchObject({ name: 'desk/undo', input: {} });
    });
  });

  it('asks who is here once, and not again with every answer', async () => {
    await inFrame({ hash: '#/sync' }, async (page) => {
      await page.getByRole('heading', { name: 'Sync' }).waitFor();
      await page.waitForTimeout(500);
      expect((await asked(page, 'session')).filter((one) => one.payload['do'] === 'state').length).toBeLessThanOrEqual(
        2,
      );
    });
  });

  it('a push changes the number in place, and one view is opened once', async () => {
    await inFrame({ hash: '#/sync' }, async (page) => {
      await page.getByText('4 open').waitFor({ state: 'attached' });
      await page.evaluate('window.praxisFake.setInboxCount(7)');
      await page.getByText('7 open').waitFor({ state: 'attached' });
      const opened = (await asked(page, 'view.open')).filter((one) => one.payload['name'] === 'inbox/count');
      expect(opened.length).toBe(1);
    });
  });
});

const scenes: Record<string, OpenOptions & { act?: (page: Page) => Promise<void> }> = {
  'sync-offline': { hash: '#/sync', sync: 'offline' },
  'settings-devices': {
    hash: '#/settings?part=devices',
    act: async (page) => {
      await page.getByRole('button', { name: 'Echo to CT 1' }).click();
      await page.getByText('Answers in 12 ms').waitFor();
    },
  },
  'settings-station': { hash: '#/settings?part=station' },
  'sign-in': { phase: 'signed-out' },
  locked: { phase: 'locked' },
  'first-run': { phase: 'first-run' },
  palette: {
    hash: '#/sync',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('sar');
      await page.getByText('Sarah Wijayanti').first().waitFor();
    },
  },
  keys: { hash: '#/sync', act: (page) => page.keyboard.press('?') },
  menu: {
    hash: '#/sync',
    act: async (page) => {
      await page.getByRole('button', { name: 'Menu of Rina Suryani' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    },
  },
  undone: {
    hash: '#/sync',
    act: async (page) => {
      await page.getByRole('heading', { name: 'Sync' }).waitFor();
      await page.keyboard.press('Control+z');
      await page.getByRole('status').filter({ hasText: 'Undone' }).waitFor();
    },
  },
};

it.each(Object.entries(scenes))(
  '%s, light and dark: no fault in reach or contrast, nothing stopped by the policy',
  async (name, { act, ...options }) => {
    await inFrame(options, async (page) => {
      await page.locator('h1, nav').first().waitFor();
      await page.waitForTimeout(150);
      await act?.(page);
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.locator(`html[data-theme=${theme}]`).waitFor();
        await page.screenshot({ path: join(shots, `${name}-${theme}-1440.png`) });
        const { violations } = await new AxeBuilder({ page }).analyze();
        const faults = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
        );
        await page.setViewportSize({ width: 1920, height: 1080 });
        await page.screenshot({ path: join(shots, `${name}-${theme}-1920.png`) });
        expect({ theme, faults }).toEqual({ theme, faults: [] });
      }
    });
  },
);
