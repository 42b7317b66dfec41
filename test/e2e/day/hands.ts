/** A person's hands on a window: with a mouse, or by keys alone. The steps of the day are written once and done by both. */
import type { Locator, Page } from 'playwright';

export type Hands = {
  kind: 'mouse' | 'keys';
  /** Presses a button, link or row; by keys with its shortcut (`g w`: one after the other) where it has one, else by going there and Enter. */
  press: (target: Locator, shortcut?: string) => Promise<void>;
  /** Opens what a double click or Enter opens. */
  open: (target: Locator) => Promise<void>;
  /** Goes to a field, by keys with Tab and arrows only. */
  reach: (target: Locator) => Promise<void>;
  /** Replaces a field's text. */
  write: (target: Locator, text: string) => Promise<void>;
  /** Chooses an option of a select by its words. */
  choose: (target: Locator, label: string) => Promise<void>;
  key: (key: string) => Promise<void>;
  type: (text: string) => Promise<void>;
};

/** More steps than any screen needs from its first place to its last. */
const MAX_STEPS = 140;

/** Counts what a mouse or a finger would do, so that a day by keys can show that there was none. */
export async function countMouse(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const here = globalThis as unknown as { mouseEvents: number; addEventListener: (...args: unknown[]) => void };
    here.mouseEvents = 0;
    for (const name of ['pointerdown', 'mousedown', 'touchstart', 'wheel', 'pointermove', 'mousemove'])
      here.addEventListener(
        name,
        (event: { isTrusted: boolean }) => {
          if (event.isTrusted) here.mouseEvents += 1;
        },
        true,
      );
  });
  return () => page.evaluate(() => (globalThis as unknown as { mouseEvents: number }).mouseEvents);
}

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => {
    const here = element as unknown as { ownerDocument: { activeElement: unknown } };
    return here.ownerDocument.activeElement === element;
  });

/** Which key comes nearer: an arrow where target and focus are members of one roving group (one tab stop), else Tab on or back. */
const nextKey = (target: Locator): Promise<string> =>
  target.evaluate((node) => {
    type Box = { left: number; top: number; width: number; height: number };
    type El = {
      ownerDocument: { activeElement: El | null; body: El };
      compareDocumentPosition: (other: El) => number;
      getBoundingClientRect: () => Box;
      closest: (selector: string) => El | null;
      tagName: string;
      tabIndex: number;
    };
    const element = node as unknown as El;
    const active = element.ownerDocument.activeElement;
    if (!active || active === element.ownerDocument.body) return 'Tab';
    const groupOf = (one: El): El | null => one.closest('[role=radiogroup],[role=tablist],[role=group],nav');
    if (element.tabIndex < 0 && active.tagName === element.tagName && groupOf(active) === groupOf(element)) {
      const [to, from] = [element.getBoundingClientRect(), active.getBoundingClientRect()];
      const [dx, dy] = [to.left - from.left, to.top - from.top];
      if (Math.abs(dx) > from.width / 2) return dx > 0 ? 'ArrowRight' : 'ArrowLeft';
      return dy > 0 ? 'ArrowDown' : 'ArrowUp';
    }
    return (active.compareDocumentPosition(element) & 4) !== 0 ? 'Tab' : 'Shift+Tab';
  });

async function walkTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < MAX_STEPS; step++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(await nextKey(target));
  }
  const at = await page.evaluate(
    () => (globalThis as unknown as { document: { activeElement: { outerHTML: string } } }).document.activeElement,
  );
  throw new Error(`no way by keys to ${target.toString()}; the focus stays at ${JSON.stringify(at)}`);
}

export function mouseHands(page: Page): Hands {
  return {
    kind: 'mouse',
    press: (target) => target.click(),
    open: (target) => target.dblclick(),
    reach: (target) => target.click(),
    write: (target, text) => target.fill(text),
    choose: async (target, label) => void (await target.selectOption({ label })),
    key: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
  };
}

export function keyHands(page: Page): Hands {
  const reach = (target: Locator): Promise<void> => walkTo(page, target);
  return {
    kind: 'keys',
    press: async (target, shortcut) => {
      if (shortcut) {
        await target.waitFor();
        for (const key of shortcut.split(' ')) await page.keyboard.press(key);
        return;
      }
      await reach(target);
      await page.keyboard.press('Enter');
    },
    open: async (target) => {
      await reach(target);
      await page.keyboard.press('Enter');
    },
    reach,
    write: async (target, text) => {
      await reach(target);
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete');
      await page.keyboard.type(text);
    },
    choose: async (target, label) => {
      await reach(target);
      await page.keyboard.type(label);
    },
    key: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
  };
}
