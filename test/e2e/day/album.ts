/** Pictures of the day's screens for `test-results/screens/`, each looked at for faults of access as it is taken. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

const folder = join(import.meta.dirname, '..', '..', '..', 'test-results', 'screens');
const sizes = [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
];

/** What axe found, a line each: `screen theme rule: places`. */
export type Faults = string[];

/** Takes a screen in both sizes and themes (the reading station in its one), and leaves the window as it was. */
export async function takePictures(page: Page, name: string, faults: Faults, darkOnly = false): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const theme of darkOnly ? (['dark'] as const) : (['light', 'dark'] as const)) {
    await page.emulateMedia({ colorScheme: theme });
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(folder, `${name}-${theme}-${size.width}.png`) });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    // A tooltip floats outside the landmarks; it is read with the button that it describes.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('[data-portal]').analyze();
    for (const one of violations)
      faults.push(`${name} ${theme} ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
