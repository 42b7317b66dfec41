/** The front desk's part of the day, as its people do it on the screens. */
import type { Page } from 'playwright';
import { until } from '../../world/services.ts';
import type { Hands } from './hands.ts';

/** A day and a time as the desk writes them: `22 Nov`, `12:30`. */
export type Slot = { day: string; clock: string };
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

/** A wrong password is refused in words, and the field is empty again. */
export async function signInWrongly({ page, hands }: AtDesk, name: string): Promise<void> {
  await hands.press(page.getByRole('button', { name }).first());
  await hands.reach(page.locator(passwordField));
  await hands.type('not the password');
  await hands.key('Enter');
  await page.getByRole('alert').waitFor();
}

/** Opens a page of the rail, by keys with the number of its place there. */
export async function goTo({ page, hands }: AtDesk, label: string): Promise<void> {
  const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: label });
  await hands.press(link, (await link.getAttribute('aria-keyshortcuts')) ?? undefined);
}

const panelOf = (page: Page) => page.getByRole('complementary', { name: /appointment/i });

/** Opens the panel, finds the patient by a few letters, takes the first hit and chooses the service. */
export async function beginBooking(at: AtDesk, find: string, patient: string | RegExp, service: string): Promise<void> {
  const { page, hands } = at;
  await page.getByRole('group', { name: 'Day grid' }).waitFor();
  if (hands.kind === 'keys') await hands.key('Alt+n');
  else await clickFreeTime(page);
  await panelOf(page).waitFor();
  await hands.type(find);
  await page.getByRole('option', { name: patient, selected: true }).waitFor();
  await hands.key('Enter');
  await hands.choose(panelOf(page).getByLabel('Service'), service);
}

/** The last hour of the grid is after hours, so nobody is booked there. */
async function clickFreeTime(page: Page): Promise<void> {
  const column = page.getByRole('group', { name: 'Day grid' }).getByRole('group').first();
  const box = await column.boundingBox();
  if (!box) throw new Error('no column');
  await column.click({ position: { x: box.width / 2, y: box.height - 30 } });
}

/** Types another day (`22 Nov`) and time (`12:30`), and whom it is with. */
export async function chooseTime(
  { page, hands }: AtDesk,
  day: string,
  clock: string,
  practitioner?: string,
): Promise<void> {
  if (practitioner) await hands.choose(panelOf(page).getByLabel('With'), practitioner);
  if (day) await hands.write(panelOf(page).getByLabel('Day'), day);
  if (clock) await hands.write(panelOf(page).getByLabel('Time'), clock);
  await hands.key('Tab');
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

const booked = (page: Page) => page.getByRole('status').getByText(/ is booked: /);

/** Saves the open booking at the time that its button names; answers with that day and time (`22 Nov`, `12:30`). */
export async function saveBooking({ page, hands }: AtDesk): Promise<Slot> {
  await hands.press(
    panelOf(page)
      .getByRole('button', { name: /^Book / })
      .last(),
    'Enter',
  );
  await panelOf(page).waitFor({ state: 'hidden' });
  const words = await booked(page).last().innerText();
  const [, day = '', clock = ''] = /(\d{1,2} \w{3,4}) (\d\d:\d\d)/.exec(words) ?? [];
  return { day, clock };
}

/** Books although it is not possible, with a reason; for one who may. */
export async function bookAnyway({ page, hands }: AtDesk, reason: string): Promise<void> {
  await hands.press(panelOf(page).getByRole('button', { name: /anyway$/ }));
  await hands.write(page.getByLabel('Reason'), reason);
  await hands.key('Enter');
  await panelOf(page).waitFor({ state: 'hidden' });
}

/** A booking on the day grid, in its first column. */
export const blockOf = (page: Page, patient: RegExp) =>
  page.getByRole('group', { name: 'Day grid' }).getByRole('button', { name: patient }).first();

/** Receives the patient of the booking that was just made and has the keyboard's place: one key, or its panel's button. */
export async function receive({ page, hands }: AtDesk, patient: RegExp): Promise<void> {
  const chosen = page
    .getByRole('group', { name: 'Day grid' })
    .locator('button[aria-pressed=true]')
    .filter({ hasText: patient });
  if (hands.kind === 'mouse') {
    await hands.open(chosen.first());
    await page
      .getByRole('complementary')
      .getByRole('button', { name: /has arrived$/ })
      .click();
    await page.getByRole('complementary').getByRole('button', { name: 'Close' }).click();
  } else {
    await chosen.and(page.locator(':focus')).waitFor();
    await hands.key('a');
  }
  await page
    .getByRole('status')
    .getByText(/has arrived/)
    .waitFor();
}

/** Takes the last deed back. */
export async function undo({ page, hands }: AtDesk): Promise<void> {
  await hands.press(page.getByRole('status').getByRole('button', { name: /^Undo/ }), 'Control+z');
  await page.getByRole('status').getByText('Undone').waitFor();
}

/** Turns the schedule until it shows the day (`22 Nov`). */
export async function turnTo({ page, hands }: AtDesk, day: string): Promise<void> {
  const [date = '', month = ''] = day.split(' ');
  const heading = page.getByRole('heading', { level: 1, name: new RegExp(`\\b${date} ${month}`) });
  const title = page.getByRole('heading', { level: 1 });
  for (let step = 0; step < 15 && (await heading.count()) === 0; step++) {
    const before = await title.innerText();
    await hands.press(page.getByRole('button', { name: 'Day after' }), 'Alt+ArrowRight');
    // The next step only from the day that this one leads to.
    await until('another day', async () => (await title.innerText()) !== before);
  }
  await heading.waitFor();
}

/** Gives the booking that lost its time the first free one that the inbox offers. */
export async function placeAgain({ page, hands }: AtDesk): Promise<void> {
  await hands.press(page.getByRole('button', { name: /lost its time/ }).first());
  // Without a time it only waits for one.
  const place = page.getByRole('button', { name: /^Place .*\d/ });
  await place.waitFor();
  await hands.press(place, 'Control+Enter');
  await page
    .getByRole('status')
    .getByText(/has a new time|placed/)
    .waitFor();
}

/** Opens a patient's page from the palette. */
export async function findByPalette({ page, hands }: AtDesk, find: string, patient: RegExp): Promise<void> {
  await hands.press(page.getByRole('button', { name: 'Find a patient or an action' }), 'Control+k');
  await hands.type(find);
  await page.getByRole('option', { name: patient, selected: true }).waitFor();
  await hands.key('Enter');
  await page.getByRole('heading', { name: patient }).first().waitFor();
}
