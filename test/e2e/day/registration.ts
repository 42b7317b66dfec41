/** Finding and registering patients, as the front desk does it on the screens. */
import type { Locator, Page } from 'playwright';
import type { AtDesk } from './front-desk.ts';
import { goTo } from './front-desk.ts';

/** Types each way into the palette; every one of them must offer the patient. */
export async function findInEveryWay({ page, hands }: AtDesk, ways: readonly string[], patient: RegExp): Promise<void> {
  await hands.press(page.getByRole('button', { name: 'Find a patient or an action' }), 'Control+k');
  const nobody = page.getByRole('option', { name: patient });
  for (const way of ways) {
    await hands.key('Control+a');
    await hands.key('Delete');
    await nobody.first().waitFor({ state: 'hidden' });
    await hands.type(way);
    await page
      .getByRole('option', { name: patient })
      .first()
      .waitFor()
      .catch(() => Promise.reject(new Error(`not found by: ${way}`)));
  }
  await hands.key('Escape');
}

export type Newcomer = { family: string; given: string; birthDate: string; sex: string; phone: string };

const field = (page: Page, label: string): Locator => page.getByLabel(label, { exact: true });

async function write({ page, hands }: AtDesk, person: Partial<Newcomer>): Promise<void> {
  if (person.family) await hands.write(field(page, 'Family name'), person.family);
  if (person.given) await hands.write(field(page, 'Given names'), person.given);
  if (person.birthDate) await hands.write(field(page, 'Birth date'), person.birthDate);
  if (person.sex) await hands.choose(field(page, 'Sex'), person.sex);
  if (person.phone) await hands.write(page.getByRole('textbox', { name: 'Phone', exact: true }), person.phone);
}

/** Begins with what another patient has: the form shows who that is, before anything is saved. */
export async function beginLike(at: AtDesk, known: Partial<Newcomer>): Promise<string> {
  await goTo(at, 'Patients');
  await at.hands.press(at.page.getByRole('button', { name: 'New patient' }).first(), 'Alt+n');
  await field(at.page, 'Family name').waitFor();
  await write(at, known);
  const likely = at.page.getByRole('region', { name: 'Perhaps the same person' }).getByRole('status').first();
  await likely.getByText('Probably registered already').waitFor();
  return likely.innerText();
}

/** Goes on in the open form with somebody who is nobody else, and registers them. */
export async function register(at: AtDesk, newcomer: Newcomer): Promise<void> {
  const { page, hands } = at;
  await write(at, newcomer);
  await page.getByRole('region', { name: 'Perhaps the same person' }).waitFor({ state: 'hidden' });
  await hands.press(page.getByRole('button', { name: /^Register / }), 'Enter');
  await page
    .getByRole('status')
    .getByText(/is registered/)
    .waitFor();
}

/** Fills the panel for a patient without an appointment: whom, and what for. */
export async function beginWalkIn(at: AtDesk, find: string, patient: RegExp, service: string): Promise<void> {
  const { page, hands } = at;
  await goTo(at, 'Wait');
  await hands.press(page.getByRole('button', { name: /^Walk-in/ }), 'w');
  await page.getByRole('combobox', { name: 'Patient' }).waitFor();
  await hands.type(find);
  await page.getByRole('option', { name: patient, selected: true }).waitFor();
  await hands.key('Enter');
  await hands.choose(page.getByLabel('For', { exact: true }), service);
  await page.getByText(/on the worklist of/).waitFor();
}

export async function receiveWalkIn({ page, hands }: AtDesk): Promise<void> {
  const panel = page.getByRole('complementary', { name: 'Walk-in' });
  await hands.press(panel.getByRole('button', { name: /^Receive / }), 'Control+Enter');
  await page
    .getByRole('status')
    .getByText(/ is here$/)
    .waitFor();
}
