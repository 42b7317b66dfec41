import { expect } from 'vitest';
import type { Page } from 'playwright';

/** What the window showed at one moment: the text in the field, and whether the mark beside it said that it is saved. */
export type Moment = { atMs: number; text: string; saysSaved: boolean };

type Witnessed = {
  document: {
    querySelector: (selector: string) => { value: string } | null;
    documentElement: unknown;
    addEventListener: (type: string, listener: () => void) => void;
  };
  MutationObserver: new (look: () => void) => { observe: (node: unknown, options: Record<string, boolean>) => void };
  tellTest: (moment: Moment) => void;
  performance: { timeOrigin: number; now: () => number };
};

/** Watches a field and its mark from inside the page: every key and every change of the screen is a moment. */
export async function watchTyping(page: Page, field: string): Promise<Moment[]> {
  const moments: Moment[] = [];
  await page.exposeFunction('tellTest', (moment: Moment) => void moments.push(moment));
  await page.evaluate((selector) => {
    const world = globalThis as unknown as Witnessed;
    const look = (): void => {
      const text = world.document.querySelector(selector)?.value;
      if (text === undefined) return;
      const saysSaved = world.document.querySelector('[data-saved=true]') !== null;
      world.tellTest({ atMs: world.performance.timeOrigin + world.performance.now(), text, saysSaved });
    };
    new world.MutationObserver(look).observe(world.document.documentElement, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    world.document.addEventListener('input', look);
  }, field);
  return moments;
}

/** 50 ms a key, with rests between words in which the mark has time to speak. Ends quietly when the window dies. */
export async function typeAtPace(page: Page, text: string): Promise<void> {
  for (const word of text.split(/(?<= )/)) {
    await page.keyboard.type(word, { delay: 50 });
    if (word.length % 3 === 0) await page.waitForTimeout(260);
  }
}

/** The promise: at most the last 250 ms of typing are missing, and what was called saved is there. Answers what was lost, ms. */
export function expectKept(moments: readonly Moment[], killedAtMs: number, onDisk: string): number {
  const before = moments.filter((one) => one.atMs <= killedAtMs);
  const last = before.at(-1);
  expect(last?.text.startsWith(onDisk)).toBe(true);
  const lost = before.find((one) => one.text.length > onDisk.length);
  const lostMs = lost ? killedAtMs - lost.atMs : 0;
  expect(lostMs).toBeLessThanOrEqual(250);
  const early = before.filter((one) => one.saysSaved && one.text.length > onDisk.length);
  expect(early).toEqual([]);
  return lostMs;
}
