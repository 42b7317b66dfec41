/** The stations part of the settings, and the strip of a read-only station: by keys, in words, without an axe violation. */
import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type FrameHarness, type OpenOptions, startFrame } from './frame-page.ts';

const shots = join(import.meta.dirname, '../../test-results/screens');
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
let frame: FrameHarness;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  frame = await startFrame();
});
afterAll(() => frame?.close());

async function inFrame(options: OpenOptions, deed: (page: Page) => Promise<void>): Promise<void> {
  const { page, violations } = await frame.open({ hash: '#/settings?part=stations', username: 'made', ...options });
  await deed(page);
  expect(violations).toEqual([]);
  await page.context().close();
}
const asked = (page: Page, deed: string): Promise<{ payload: Record<string, unknown> }[]> =>
  page.evaluate(`window.praxisFake.asked.filter((one) => one.payload?.do === ${JSON.stringify(deed)})`);
const axe = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
};
const picture = async (page: Page, name: string): Promise<void> => {
  for (const [width, height] of [
    [1440, 900],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(shots, `${name}-${width}.png`) });
  }
};

it('a code is asked for by keys, shown once, and gone with its dialog', async () => {
  await inFrame({}, async (page) => {
    await page.getByRole('heading', { name: 'Stations' }).waitFor();
    await axe(page);
    await picture(page, 'stations-light');
    await page.getByRole('button', { name: 'New code' }).press('Enter');
    await page.getByLabel('Your password').pressSequentially('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The password is wrong.').waitFor();
    await axe(page);
    await page.getByLabel('Your password').pressSequentially('correct horse');
    await picture(page, 'stations-new-code');
    await page.keyboard.press('Enter');
    const code = page.getByText('K7QM-4TXA-9PLE');
    await code.waitFor();
    await axe(page);
    await picture(page, 'stations-code');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await code.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain('K7QM');
    expect((await asked(page, 'newEnrolCode')).map((one) => one.payload['password'])).toEqual([
      'wrong',
      'correct horse',
    ]);
  });
});

it('revoking says what it means, and needs a reason and the password', async () => {
  await inFrame({ theme: 'dark' }, async (page) => {
    await picture(page, 'stations-dark');
    await page.getByRole('button', { name: 'Revoke Scan room' }).press('Enter');
    await page.getByLabel('Reason').pressSequentially('Laptop lost');
    await page.keyboard.press('Enter');
    expect(await asked(page, 'revokeStation')).toEqual([]);
    await page.getByLabel('Your password').pressSequentially('correct horse');
    await axe(page);
    await picture(page, 'stations-revoke-dark');
    await page.keyboard.press('Enter');
    await page.getByText('Scan room is revoked').waitFor();
    expect((await asked(page, 'revokeStation'))[0]?.payload).toMatchObject({ reason: 'Laptop lost' });
  });
});

it('offline says so in words; a receptionist sees the list and why the buttons rest', async () => {
  await inFrame({ sync: 'offline' }, async (page) => {
    await page.getByRole('button', { name: 'New code' }).click();
    await page.getByLabel('Your password').pressSequentially('correct horse');
    await page.keyboard.press('Enter');
    await page.getByText('The server cannot be reached. This works online only; nothing was changed.').waitFor();
  });
  await inFrame({ username: 'rina' }, async (page) => {
    const button = page.getByRole('button', { name: 'New code' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await button.focus();
    await page.getByText('Only a manager can do this.').first().waitFor();
  });
});

it('a read-only station says so on every page, and its glass is broken with a reason', async () => {
  await inFrame({ username: 'rina', hash: '#/sync' }, async (page) => {
    const readOnly = (until: string | null): Promise<void> =>
      page.evaluate(`(async () => {
        const { state } = await window.praxis.request('session', { do: 'state' });
        window.praxisFake.push('session.changed',
          { ...state, station: { ...state.station, readOnly: true, glassBrokenUntilUtc: ${JSON.stringify(until)} } });
      })()`);
    await readOnly(null);
    const strip = page.getByRole('region', { name: 'Read-only station' });
    await strip.waitFor();
    await axe(page);
    await picture(page, 'glass-strip');
    await strip.getByRole('button', { name: 'Break the glass' }).press('Enter');
    await page.getByLabel('Reason').pressSequentially('The line is cut');
    await axe(page);
    await picture(page, 'glass-dialog');
    await page.getByRole('dialog').getByRole('button', { name: 'Break the glass' }).press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const commands = await page.evaluate(
      `window.praxisFake.asked.filter((one) => one.channel === 'command.run').map((one) => one.payload)`,
    );
    expect(commands).toMatchObject([{ name: 'stations/break-glass', reason: 'The line is cut' }]);
    await readOnly(new Date(Date.now() + 3_600_000).toISOString());
    await page.getByText(/You work on until \d\d:\d\d/).waitFor();
  });
});
