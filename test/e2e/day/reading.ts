/** The doctor's reading and reporting, as it is done on the screens. */
import type { Page } from 'playwright';
import type { AtDesk } from './front-desk.ts';

const viewport = (page: Page) => page.locator('[data-shown]').first();
const reportOf = (page: Page) => page.getByRole('complementary', { name: 'Report' });

/** Opens a study from the reading list and waits until its picture is painted. */
export async function openStudy({ page, hands }: AtDesk, patient: string | RegExp): Promise<void> {
  await hands.press(
    page.getByRole('navigation', { name: 'Reading list' }).getByRole('button', { name: patient }).first(),
  );
  await viewport(page).waitFor();
}

/** Scrolls, changes the window, zooms; then measures a line across the middle of the picture. */
export async function lookAndMeasure({ page, hands }: AtDesk): Promise<string> {
  const lines = page.locator('[data-measurement]');
  const before = await lines.count();
  if (hands.kind === 'keys') {
    await hands.key('v');
    for (const key of ['ArrowDown', 'ArrowUp', '2', 'l']) await hands.key(key);
    await hands.key('Enter');
    await hands.key('Enter');
    for (let i = 0; i < 8; i++) await hands.key('Shift+ArrowRight');
    await hands.key('Enter');
  } else {
    await page
      .getByRole('radio', { name: 'Length' })
      .or(page.getByRole('button', { name: 'Length' }))
      .first()
      .click();
    const box = await viewport(page).boundingBox();
    if (!box) throw new Error('no viewport');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 90, y + 4, { steps: 4 });
    await page.mouse.up();
  }
  await lines.nth(before).waitFor();
  return (await lines.nth(before).locator('text').textContent()) ?? '';
}

/** Writes findings and impression beside the picture and puts the first measurement into the text. */
export async function writeReport({ page, hands }: AtDesk, findings: string, impression: string): Promise<void> {
  const report = reportOf(page);
  await hands.reach(report.getByLabel('Findings'));
  await hands.type(findings);
  await hands.press(report.getByRole('button', { name: 'Insert into the report' }).first(), 'Alt+m');
  await hands.reach(report.getByLabel('Impression'));
  await hands.type(impression);
  await report.locator('[data-saved=true]').waitFor();
}

/** Signs the report; it is immutable from now on. */
export async function finalize({ page, hands }: AtDesk): Promise<void> {
  await hands.press(reportOf(page).getByRole('button', { name: /Finalize/ }), 'Control+Enter');
  await reportOf(page).getByText('Signed', { exact: false }).first().waitFor();
}

/** Corrects a signed report the only way there is. */
export async function addAddendum({ page, hands }: AtDesk, text: string): Promise<void> {
  const report = reportOf(page);
  await hands.reach(report.getByLabel('New addendum'));
  await hands.type(text);
  await hands.press(report.getByRole('button', { name: 'Sign addendum' }));
  await report.getByText(text).first().waitFor();
}

/** Keeps the picture as it stands in the viewport for the report. */
export async function markImage({ page, hands }: AtDesk): Promise<void> {
  await hands.reach(viewport(page));
  await hands.press(page.getByRole('button', { name: 'Key image' }), 'k');
  await reportOf(page)
    .getByRole('button', { name: /^Key image/ })
    .first()
    .waitFor();
}

/** Opens a signed report and lays its paper ready: on another station too, once its pictures have come. */
export async function showPaper(at: AtDesk, patient: RegExp): Promise<void> {
  const { page, hands } = at;
  await hands.press(page.getByRole('radio', { name: /^All/ }), undefined);
  await openStudy(at, patient);
  await hands.press(reportOf(page).getByRole('button', { name: 'Print or save' }));
  await page
    .getByRole('dialog')
    .getByText(/^Ready/)
    .waitFor();
}
