import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDraftSaver } from './draft-saver.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function slowDisk(saveMs: number) {
  const saves: { atMs: number; body: string }[] = [];
  const saved: string[] = [];
  let fails = false;
  const startMs = performance.now();
  const saver = createDraftSaver<string>({
    save: async (body) => {
      saves.push({ atMs: performance.now() - startMs, body });
      await new Promise((resolve) => setTimeout(resolve, saveMs));
      if (fails) throw new Error('disk');
      return body;
    },
    onSaved: (at) => saved.push(at),
    onFailed: () => saved.push('failed'),
  });
  return { saver, saves, saved, setFails: (value: boolean) => (fails = value) };
}

it('saves 100 ms after the last key', async () => {
  const { saver, saves, saved } = slowDisk(5);
  saver.put('a');
  await vi.advanceTimersByTimeAsync(99);
  expect(saves).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(saves).toEqual([{ atMs: 100, body: 'a' }]);
  expect(saved).toEqual([]);
  await vi.advanceTimersByTimeAsync(5);
  expect(saved).toEqual(['a']);
});

it('saves at the latest every 150 ms while somebody types on, and says so when they rest', async () => {
  const { saver, saves, saved } = slowDisk(5);
  for (let key = 1; key <= 20; key++) {
    saver.put(String(key));
    await vi.advanceTimersByTimeAsync(30);
  }
  expect(saved).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(saved).toEqual(['20']);
  const times = saves.map((save) => save.atMs);
  expect(times[0]).toBeLessThanOrEqual(150);
  expect(times.slice(1).every((atMs, at) => atMs - (times[at] ?? 0) <= 185)).toBe(true);
  expect(saves.at(-1)?.body).toBe('20');
});

it('does not say saved for a text that was typed over meanwhile, and saves that one next', async () => {
  const { saver, saves, saved } = slowDisk(500);
  saver.put('old');
  await vi.advanceTimersByTimeAsync(150);
  saver.put('new');
  await vi.advanceTimersByTimeAsync(451);
  expect(saved).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(saves.map((save) => save.body)).toEqual(['old', 'new']);
  expect(saved).toEqual(['new']);
});

it('keeps the text when the disk fails, and tries again by itself', async () => {
  const { saver, saved, setFails } = slowDisk(5);
  setFails(true);
  saver.put('text');
  await vi.advanceTimersByTimeAsync(200);
  setFails(false);
  await vi.advanceTimersByTimeAsync(1100);
  expect(saved).toEqual(['failed', 'text']);
});

it('keeps the text when the disk fails, and saves it with the next flush', async () => {
  const { saver, saved, setFails } = slowDisk(5);
  setFails(true);
  saver.put('text');
  await vi.advanceTimersByTimeAsync(200);
  expect(saved).toEqual(['failed']);
  expect(saver.hasUnsaved()).toBe(true);
  setFails(false);
  void saver.flush();
  await vi.advanceTimersByTimeAsync(10);
  expect(saved).toEqual(['failed', 'text']);
  expect(saver.hasUnsaved()).toBe(false);
});

it('says nothing of a save that was under way when its text was dropped', async () => {
  const { saver, saved } = slowDisk(500);
  saver.put('text');
  await vi.advanceTimersByTimeAsync(200);
  saver.drop();
  await vi.advanceTimersByTimeAsync(2000);
  expect(saved).toEqual([]);
});

it('drops what became a command', async () => {
  const { saver, saves } = slowDisk(5);
  saver.put('text');
  saver.drop();
  await vi.advanceTimersByTimeAsync(500);
  expect(saves).toEqual([]);
});
