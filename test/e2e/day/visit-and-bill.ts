/** The visit's chart and the cashier's desk, as they are done on the screens. */
import type { AtDesk } from './front-desk.ts';

/** Opens a visit from the waiting room's card. */
export async function openVisit({ page, hands }: AtDesk, patient: RegExp): Promise<void> {
  const card = page.getByRole('group', { name: 'Visits by stage' }).getByRole('listitem', { name: patient });
  await hands.reach(card);
  await hands.press(card.getByRole('button', { name: 'Visit' }), 'v');
  await page.getByRole('tablist').waitFor();
}

/** Vitals, note, one medicine; each is on disk before "Saved" is said. */
export async function chart({ page, hands }: AtDesk): Promise<void> {
  await hands.reach(page.getByLabel(/^Upper pressure/));
  await hands.type('124');
  await hands.reach(page.getByLabel(/^Lower pressure/));
  await hands.type('82');
  await hands.reach(page.getByLabel(/^Pulse/));
  await hands.type('72');
  await hands.reach(page.getByLabel('Note text'));
  await hands.type('Pain after meals, no fever.');
  await hands.press(page.getByRole('region', { name: 'Medication' }).getByRole('button', { name: 'Add' }));
  await hands.write(page.getByLabel('Medicine', { exact: true }), 'Omeprazole');
  await hands.write(page.getByLabel('Dose'), '20');
  await hands.write(page.getByLabel('How often'), 'once a day');
  await hands.key('Enter');
  await page.getByRole('region', { name: 'Medication' }).getByText('Omeprazole').waitFor();
}

/** Completes the visit with everything that was typed, in one change set. */
export async function complete({ page, hands }: AtDesk): Promise<void> {
  await hands.press(page.getByRole('button', { name: /^Save & complete/ }), 'Control+Enter');
  await page.getByText(/^Saved, visit of/).waitFor();
}

const rows = (at: AtDesk) => at.page.getByRole('navigation', { name: 'Billing' }).locator('button[data-row]');

/** Opens a visit that waits for its bill, and issues the invoice. */
export async function issueInvoice(at: AtDesk, patient: RegExp): Promise<void> {
  const { page, hands } = at;
  await hands.press(rows(at).filter({ hasText: patient }).first());
  const issue = page.getByRole('button', { name: /^Issue/ });
  await issue.waitFor();
  await hands.press(issue, 'Control+Enter');
  await page.getByRole('button', { name: /^Take payment/ }).waitFor();
}

/** Takes a payment in one of the ways; the receipt is made with it. */
export async function takePayment(
  { page, hands }: AtDesk,
  way: { name: 'Cash' | 'Card'; key: 'F2' | 'F3' },
  amount: string | null,
  given: string | null,
): Promise<void> {
  const receipts = page.getByRole('button', { name: /^Receipt/ });
  const before = await receipts.count();
  await hands.press(
    page.getByRole('group', { name: 'Way of paying' }).getByRole('button', { name: way.name }),
    way.key,
  );
  if (amount) await hands.write(page.locator('[name=amount]'), amount);
  if (given) await hands.write(page.locator('[name=given]'), given);
  await hands.press(page.getByRole('button', { name: /^Take payment/ }));
  await receipts.nth(before).waitFor();
}

/** Gives the newest payment of a kind back, with a reason; the payment stays on record. */
export async function refund({ page, hands }: AtDesk, reason: string): Promise<void> {
  const receipts = page.getByRole('button', { name: /^Receipt/ });
  const before = await receipts.count();
  await hands.press(page.getByRole('button', { name: 'Refund' }).first());
  const dialog = page.getByRole('dialog');
  await hands.write(dialog.getByLabel('Reason'), reason);
  await hands.press(dialog.getByRole('button', { name: /^Give/ }));
  await receipts.nth(before).waitFor();
}

/** Counts the drawer as the screen expects it, plus `overMinor`, and signs the day with a note where it differs. */
export async function closeDay({ page, hands }: AtDesk, counted: string, note: string): Promise<void> {
  await hands.press(
    page
      .getByRole('button', { name: 'Close the day' })
      .or(page.getByRole('button', { name: /Close/ }))
      .first(),
    'Alt+c',
  );
  await hands.write(page.getByLabel('Counted'), counted);
  await hands.write(page.getByLabel('Why it differs'), note);
  await hands.press(page.getByRole('button', { name: /^Sign and close/ }));
  await page.getByText('Counts of this day').waitFor();
  // The day's paper lies ready; it is left for later.
  await page
    .getByRole('dialog')
    .getByText(/^Ready/)
    .waitFor();
  await hands.press(page.getByRole('dialog').getByRole('button', { name: 'Close' }), 'Escape');
}
