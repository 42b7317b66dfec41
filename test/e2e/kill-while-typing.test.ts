/**
 * `kill -9` under somebody who types: the renderer, then the whole workstation with its browser. What is on disk afterwards misses
 * at most the last 250 ms, and never anything that the screen called saved.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clinic, Station } from '../world/clinic.ts';
import { openClinicWithStation } from '../world/clinic.ts';
import { killNine, processTree } from '../world/process-tree.ts';
import { findWorklist, identityOf, prepareImages, sendImages } from '../world/scanner.ts';
import { makeFolder, until } from '../world/services.ts';
import { expectKept, typeAtPace, watchTyping } from '../world/typing-witness.ts';

const words = 'No fever since two days, the cough is dry and worse at night, she sleeps badly and asks for a syrup. ';

let clinic: Clinic;
let station: Station;
beforeAll(async () => {
  ({ clinic, station } = await openClinicWithStation());
});
afterAll(() => clinic?.close());

type Editor = { selector: string; hash: string; draftKey: string; part: string };

/** The note of a visit that a patient without appointment begins. */
async function visitNote(): Promise<Editor> {
  await station.signIn('receptionist');
  const { state } = await station.request<{ state: { location: { id: string } } }>('session', { do: 'state' });
  const found = await station.view<{ hits: Array<{ patientId: string }> }>('people/search', { text: 'wib' });
  const patientId = found.hits[0]?.patientId ?? '';
  const input = { patientId, locationId: state.location.id, practitionerId: null, serviceId: null, deviceId: null };
  const answer = await station.run('waiting-room/walk-in', input);
  const encounterId = answer.ok ? (answer.written[0]?.id ?? '') : '';
  return {
    selector: 'textarea[aria-autocomplete=list]',
    hash: `#/visit?encounterId=${encounterId}&patientId=${patientId}`,
    draftKey: `visit/${encounterId}`,
    part: 'note',
  };
}

/** The findings of a study that a scanner has just sent for a step of its worklist. */
async function reportFindings(): Promise<Editor> {
  const folder = makeFolder('typing-scanner');
  const anyDay = ['ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartDate=20200101-20991231'];
  const [step] = await findWorklist(station.dicomPort, 'US1', anyDay, folder.path);
  const sample = join(import.meta.dirname, '..', 'samples', 'dicom', 'us', 'no-pixel-spacing.dcm');
  await sendImages(station.dicomPort, 'US1', await prepareImages([sample], identityOf(step), join(folder.path, 'out')));
  folder.remove();
  await station.signIn('doctor');
  const row = await until('the study to be read', async () => {
    const list = await station.view<{ rows: Array<{ studyId: string; patient: { id: string } | null }> }>(
      'imaging/reading-list',
      { filter: 'to-read' },
    );
    return list.rows[0];
  });
  return {
    selector: 'textarea[data-field=findings]',
    hash: `#/read?studyId=${row.studyId}&patientId=${row.patient?.id}`,
    draftKey: `report/${row.studyId}`,
    part: 'findings',
  };
}

describe.each([
  ['a note', visitNote],
  ['a report', reportFindings],
] as const)('kill -9 while %s is typed', (_, openEditor) => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await openEditor();
    await station.signIn('doctor');
  });

  const openField = async (): Promise<void> => {
    await station.page.evaluate((to) => {
      (globalThis as unknown as { location: { hash: string } }).location.hash = to;
    }, editor.hash);
    await station.page.waitForSelector(editor.selector);
    await station.page.focus(editor.selector);
    await station.page.keyboard.press('Control+End');
  };
  const shown = (): Promise<string> => station.page.inputValue(editor.selector);
  const stored = async (): Promise<string> => {
    const request = { do: 'load', key: editor.draftKey };
    const draft = await station.request<{ body: Record<string, string> } | null>('draft', request);
    return draft?.body[editor.part] ?? '';
  };

  /** Types, kills after a while, and answers what the window had shown and when it died. */
  const typeUntilKilled = async (afterMs: number, kill: () => void) => {
    const moments = await watchTyping(station.page, editor.selector);
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
      await openField();
      const { moments, killedAtMs } = await typeUntilKilled(afterMs, () =>
        killNine(processTree(station.pid).filter((one) => one.command.includes('--type=renderer'))),
      );
      await station.reconnect();
      await station.page.waitForSelector(editor.selector);
      const kept = await stored();
      expect(await shown()).toBe(kept);
      console.log(`renderer killed after ${afterMs} ms: ${expectKept(moments, killedAtMs, kept).toFixed(0)} ms lost`);
      claims += moments.filter((one) => one.saysSaved).length;
    }
    expect(claims).toBeGreaterThan(5);
  });

  it('the whole workstation dies: its next start has the text', async () => {
    for (const afterMs of [1530, 2210]) {
      await openField();
      const tree = processTree(station.pid);
      const { moments, killedAtMs } = await typeUntilKilled(afterMs, () => killNine(tree));
      await station.kill();
      station = await clinic.openStation('one', undefined, station.dicomPort);
      await station.signIn('doctor');
      await openField();
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
