/**
 * `kill -9` under somebody who types: the renderer, then the whole workstation with its browser. What is on disk afterwards misses
 * at most the last 250 ms, and never anything that the screen called saved.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clinic, Station } from '../world/clinic.ts';
import { openClinic } from '../world/clinic.ts';
import { killNine, processTree } from '../world/process-tree.ts';
import { until } from '../world/services.ts';
import { expectKept, typeAtPace, watchTyping } from '../world/typing-witness.ts';

const note = 'textarea[aria-autocomplete=list]';
const words = 'No fever since two days, the cough is dry and worse at night, she sleeps badly and asks for a syrup. ';

describe('kill -9 while a note is typed', () => {
  let clinic: Clinic;
  let station: Station;
  let hash = '';
  let draftKey = '';

  beforeAll(async () => {
    clinic = await openClinic();
    await clinic.startServer();
    station = await clinic.openStation('one', await clinic.codeFor('kemang'));
    await until(
      'the first load',
      async () => (await station.request<{ phase: string }>('station', { do: 'sync' })).phase === 'synced',
      120_000,
    );
    await station.signIn('receptionist');
    const { state } = await station.request<{ state: { location: { id: string } } }>('session', { do: 'state' });
    const found = await station.view<{ hits: Array<{ patientId: string }> }>('people/search', { text: 'wib' });
    const patientId = found.hits[0]?.patientId ?? '';
    const answer = await station.run('waiting-room/walk-in', {
      patientId,
      locationId: state.location.id,
      practitionerId: null,
      serviceId: null,
    });
    const encounterId = answer.ok ? (answer.written[0]?.id ?? '') : '';
    draftKey = `visit/${encounterId}`;
    hash = `#/visit?encounterId=${encounterId}&patientId=${patientId}`;
    await station.signIn('doctor');
  });
  afterAll(() => clinic?.close());

  const openNote = async (): Promise<void> => {
    await station.page.evaluate((to) => {
      (globalThis as unknown as { location: { hash: string } }).location.hash = to;
    }, hash);
    await station.page.waitForSelector(note);
    await station.page.focus(note);
    await station.page.keyboard.press('Control+End');
  };
  const shown = (): Promise<string> => station.page.inputValue(note);
  const stored = async (): Promise<string> => {
    const draft = await station.request<{ body: { note: string } } | null>('draft', { do: 'load', key: draftKey });
    return draft?.body.note ?? '';
  };

  /** Types, kills after a while, and answers what the window had shown and when it died. */
  const typeUntilKilled = async (afterMs: number, kill: () => void) => {
    const moments = await watchTyping(station.page, note);
    const typing = typeAtPace(station.page, words).catch(() => undefined);
    await delay(afterMs);
    const killedAtMs = Date.now();
    kill();
    await Promise.race([typing, delay(2000)]);
    return { moments, killedAtMs };
  };

  it('the renderer dies: the page comes back by itself, with the text', async () => {
    let claims = 0;
    for (const afterMs of [900, 1370, 1710, 2040, 2330]) {
      await openNote();
      const { moments, killedAtMs } = await typeUntilKilled(afterMs, () =>
        killNine(processTree(station.pid).filter((one) => one.command.includes('--type=renderer'))),
      );
      await station.reconnect();
      await station.page.waitForSelector(note);
      const kept = await stored();
      expect(await shown()).toBe(kept);
      console.log(`renderer killed after ${afterMs} ms: ${expectKept(moments, killedAtMs, kept).toFixed(0)} ms lost`);
      claims += moments.filter((one) => one.saysSaved).length;
    }
    expect(claims).toBeGreaterThan(5);
  });

  it('the whole workstation dies: its next start has the text', async () => {
    for (const afterMs of [1530, 2210]) {
      await openNote();
      const tree = processTree(station.pid);
      const { moments, killedAtMs } = await typeUntilKilled(afterMs, () => killNine(tree));
      await station.kill();
      station = await clinic.openStation('one', undefined, station.dicomPort);
      await station.signIn('doctor');
      await openNote();
      const kept = await stored();
      expect(await shown()).toBe(kept);
      console.log(
        `workstation killed after ${afterMs} ms: ${expectKept(moments, killedAtMs, kept).toFixed(0)} ms lost`,
      );
    }
  });

  it('the draft is its author’s alone', async () => {
    expect((await stored()).length).toBeGreaterThan(20);
    await station.signIn('manager');
    expect(await stored()).toBe('');
  });
});
