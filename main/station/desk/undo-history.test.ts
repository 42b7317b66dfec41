import { expect, it } from 'vitest';
import type { ChangeSet, SetAnswer } from '../../../shared/kernel/change-set.ts';
import { id } from '../../../test/world/front-desk-world.ts';
import type { SetRow } from '../../cabinet/set-log.ts';
import { nextRedo, nextUndo } from './undo-history.ts';

const [mine, colleague] = [id(1, 1), id(1, 2)];
type Given = { command: string; by?: string; undoes?: number; refused?: true };

/** A station's sets as they were given, each with its place as its id; newest first, as the log gives them. */
function rows(...given: Given[]): SetRow[] {
  const all = given.map(({ command, by = mine, undoes, refused }, at): SetRow => {
    const set: ChangeSet = {
      id: id(9, at),
      command,
      input: {},
      lawVersion: 1,
      authorId: by,
      stationId: id(8, 1),
      stationSeq: at + 1,
      atUtc: '2026-11-20T07:32:00.000Z',
      clockOffsetMs: 0,
      seenThrough: 0,
      reason: null,
      undoes: undoes === undefined ? null : id(9, undoes),
      buildsOn: [],
      patches: [],
    };
    const answer: SetAnswer = { setId: set.id, result: 'refused', changeNumber: 1, violations: [], because: null };
    return { seq: at + 1, set, answer: refused ? answer : null, number: null };
  });
  return all.toReversed();
}
const arrive: Given = { command: 'waiting-room/arrive' };
const allergies: Given = { command: 'people/set-allergies' };
const chart: Given = { command: 'charting/save-encounter' };

const undoes = (given: SetRow[]) => {
  const found = nextUndo(given, mine);
  return found.ok ? found.value.id : found.error[0];
};

it('takes back the newest of the person, not of a colleague', () => {
  expect(undoes(rows(arrive, allergies, { ...arrive, by: colleague }))).toBe(id(9, 1));
  expect(undoes(rows({ ...arrive, by: colleague }))).toMatchObject({ law: 'UNDO-1', code: 'nothing-to-undo' });
});

it('never reaches past a newer act that has no inverse, and names it', () => {
  expect(undoes(rows(allergies, chart))).toMatchObject({
    law: 'UNDO-7',
    code: 'newer-without-inverse',
    params: { command: 'charting/save-encounter' },
  });
  expect(undoes(rows(allergies, { ...chart, by: colleague }))).toBe(id(9, 0));
  expect(undoes(rows(chart, allergies))).toBe(id(9, 1));
});

it('goes on before what was undone or refused', () => {
  expect(undoes(rows(arrive, allergies, { ...allergies, undoes: 1 }))).toBe(id(9, 0));
  expect(undoes(rows(arrive, { ...allergies, refused: true }))).toBe(id(9, 0));
  expect(undoes(rows(arrive, { ...arrive, undoes: 0, refused: true }))).toBe(id(9, 0));
});

it('gives again the newest undo, while nothing was done after it; a redo can be undone', () => {
  const undone = { ...arrive, undoes: 0 };
  expect(nextRedo(rows(arrive, undone), mine)).toMatchObject({ ok: true, value: { id: id(9, 1) } });
  expect(nextRedo(rows(arrive, undone, allergies), mine)).toMatchObject({ ok: false });
  expect(undoes(rows(arrive, undone, { ...arrive, undoes: 1 }))).toBe(id(9, 2));
});
