/** The front desk's part of the day, as its people do it on the screens. */
import type { Page } from 'playwright';
import type { Hands } from './hands.ts';

export type AtDesk = { page: Page; hands: Hands };

const passwordField = 'input[type=password]';

/** Signs a person in, or takes the place of whoever is there, through the lock. */
export async function signIn({ page, hands }: AtDesk, username: string, name: string): Promise<void> {
  if ((await page.locator(passwordField).count()) === 0) {
    await hands.key('Control+l');
    await page.waitForSelector(passwordField);
  }
  await hands.press(page.getByRole('button', { name }).first());
  await hands.reach(page.locator(passwordField));
  await hands.type(`praxis-${username}`);
  await hands.key('Enter');
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}

/** Opens a page of the rail, by keys with its two letters. */
export async function goTo({ page, hands }: AtDesk, label: string, keys: string): Promise<void> {
  await hands.press(page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: label }), keys);
}

const panelOf = (page: Page) => page.getByRole('complementary', { name: /appointment/i });

/** Opens the panel, finds the patient by a few letters, takes the first hit and chooses the service. */
export async function beginBooking(at: AtDesk, find: string, patient: string | RegExp, service: string): Promise<void> {
  const { page, hands } = at;
  await hands.press(page.getByRole('button', { name: /Enter books/ }).first(), 'Alt+n');
  await hands.type(find);
  await page.getByRole('option', { name: patient, selected: true }).waitFor();
  await hands.key('Enter');
  await hands.choose(panelOf(page).getByLabel('Service'), service);
}

/** What the panel says against the chosen time, and the times that it offers instead. */
export async function refusalWords({ page }: AtDesk): Promise<{ why: string[]; times: string[] }> {
  const note = panelOf(page).getByRole('alert');
  await note.waitFor();
  return {
    why: await note.getByRole('listitem').allInnerTexts(),
    times: await note.getByRole('button').allInnerTexts(),
  };
}

/** Saves the open booking at the time that its button names; answers with the button's words. */
export async function saveBooking({ page, hands }: AtDesk): Promise<string> {
  const button = panelOf(page).getByRole('button', { name: /^Book / });
  await button.waitFor();
  const words = await button.innerText();
  await hands.press(button, 'Enter');
  await panelOf(page).waitFor({ state: 'hidden' });
  return words;
}
