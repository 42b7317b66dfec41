import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { permissionsOf } from '../../shared/access/permissions.ts';
import type { Patient } from '../../shared/people/schema.ts';
import type { Cabinet } from '../../main/cabinet/cabinet.ts';
import { openCabinet } from '../../main/cabinet/cabinet.ts';
import { openEncryptedFile } from '../../main/cabinet/sqlite/open-file.ts';
import { createBase } from '../../main/cabinet/base.ts';
import { createNumbers } from '../../main/station/desk/numbers.ts';
import { createSetLog } from '../../main/cabinet/set-log.ts';
import { createStationDesk } from '../../main/station/desk/station-desk.ts';
import { createTurnQueue } from '../../main/cabinet/turn-queue.ts';
import { createCursorHistory } from '../../main/sync/cursor-history.ts';
import { createScopeTable } from '../../main/sync/scope-table.ts';
import type { Page } from '../../main/sync/take-page.ts';
import { takePage } from '../../main/sync/take-page.ts';

const stationId = '01900000-0000-7000-8000-000000000001';
const userId = '01900000-0000-7000-8000-000000000002';
const author = { id: userId, name: 'R', permissions: permissionsOf(['receptionist']), automatic: false };
const identity = {
  stationId,
  stationCode: 'K2',
  stationName: 'Desk',
  profile: 'all',
  secret: 'x',
  organizationId: stationId,
  locationId: stationId,
  serverUrl: 'http://127.0.0.1:1',
};
const details = {
  names: [
    {
      use: 'official',
      written: { family: 'Wulandari', given: 'Sari', text: '' },
      latin: { family: 'Wulandari', given: 'Sari', text: '' },
      phonetic: { family: '', given: '', text: '' },
    },
  ],
  sex: 'F',
  birthDate: '1990-01-02',
  phones: ['0812 3456'],
  email: '',
  address: '',
  identifiers: [],
  relations: [],
  allergyState: 'not_asked',
  allergies: [],
  alerts: [],
  tags: [],
  language: 'id',
};

describe('the station desk over the cabinet, and pages of the postman', () => {
  let folder = '';
  let cabinet: Cabinet;
  const assemble = () => {
    const { db } = cabinet;
    const log = createSetLog(db);
    const base = createBase(db);
    const scopes = createScopeTable(db);
    const desk = createStationDesk({
      cabinet,
      log,
      base,
      numbers: createNumbers(db, 'K2'),
      identity,
      queue: createTurnQueue(),
      nowMs: Date.now,
      onWritten: () => undefined,
      onHead: () => undefined,
    });
    return { cabinet, log, base, scopes, history: createCursorHistory(db), desk };
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'praxis-desk-'));
    const opened = openEncryptedFile({ file: join(folder, 'store.db'), keyHex: 'ab'.repeat(32) });
    if (!opened.ok) throw new Error(opened.error.code);
    cabinet = await openCabinet(opened.value);
  });
  afterEach(async () => {
    await cabinet.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const register = async (desk: ReturnType<typeof assemble>['desk']) => {
    const done = await desk.run(
      { name: 'people/register', input: { details }, author, seen: {}, reason: null },
      'person',
    );
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    return { setId: done.value.setId, patientId: done.value.written[0]?.id ?? '' };
  };
  const page = (number: number, changes: Page['changes']): Page => ({
    changes,
    cursor: { number, hash: `h${number}` },
    more: false,
    after: null,
  });

  it('writes one set with its number, found by search at once', async () => {
    const { desk, log } = assemble();
    const { patientId } = await register(desk);
    const patient = cabinet.getHeld('patient', patientId)?.doc as Patient;
    expect(patient.recordNumber).toBe('K2-000001');
    expect(log.open()).toHaveLength(1);
    expect(cabinet.search('sari', 5).map((hit) => hit.patientId)).toEqual([patientId]);
    expect(log.verifyChain()).toBeNull();
  });

  it('needs what the person saw, and refuses who may not', async () => {
    const { desk } = assemble();
    const { patientId } = await register(desk);
    const change = { name: 'people/update', input: { patientId, details: { sex: 'O' } }, author, reason: null };
    const blind = await desk.run({ ...change, seen: {} }, 'person');
    expect(blind).toMatchObject({ ok: false, error: [{ law: 'KERNEL-2' }] });
    const cashier = { ...author, permissions: permissionsOf(['cashier']) };
    expect(await desk.run({ ...change, author: cashier, seen: {} }, 'person')).toMatchObject({
      ok: false,
      error: [{ law: 'ACCESS-1' }],
    });
  });

  it('does an act once: the same id gets the same answer, with other values it is refused', async () => {
    const { desk, log } = assemble();
    const actionId = '01900000-0000-7000-8000-00000000000a';
    const call = { name: 'people/register', input: { details }, author, seen: {}, reason: null };
    const answers = await Promise.all([desk.run(call, 'person', actionId), desk.run(call, 'person', actionId)]);
    const again = await desk.run(call, 'person', actionId);
    expect(answers[0]).toMatchObject({ ok: true, value: { setId: actionId, undoable: true } });
    expect([answers[1], again]).toEqual([answers[0], answers[0]]);
    expect(log.open().map(({ set }) => set.id)).toEqual([actionId]);
    const other = { ...call, input: { details: { ...details, sex: 'M' } } };
    expect(await desk.run(other, 'person', actionId)).toMatchObject({ ok: false, error: [{ law: 'KERNEL-10' }] });
    const somebody = { ...call, author: { ...author, id: stationId } };
    expect(await desk.run(somebody, 'person', actionId)).toMatchObject({ ok: false, error: [{ law: 'KERNEL-10' }] });
    expect(log.open()).toHaveLength(1);
  });

  it('undoes by the inverse set, once', async () => {
    const { desk, log } = assemble();
    const { setId, patientId } = await register(desk);
    expect((await desk.undo(setId, author)).ok).toBe(true);
    expect(cabinet.getHeld('patient', patientId)).toBeUndefined();
    expect(log.open()).toHaveLength(2);
    expect((await desk.undo(setId, author)).ok).toBe(false);
  });

  it('gives again what was undone, and undoes that too', async () => {
    const { desk, log } = assemble();
    const { patientId } = await register(desk);
    const shown = cabinet.getHeld('patient', patientId)?.doc;
    expect((await desk.undo(null, author)).ok).toBe(true);
    expect((await desk.redo(author)).ok).toBe(true);
    expect(cabinet.getHeld('patient', patientId)?.doc).toEqual(shown);
    expect(await desk.redo(author)).toMatchObject({ ok: false, error: [{ code: 'nothing-to-redo' }] });
    expect((await desk.undo(null, author)).ok).toBe(true);
    expect(cabinet.getHeld('patient', patientId)).toBeUndefined();
    expect(log.open()).toHaveLength(4);
  });

  it('shows base and pending together, and rests a set when its own number has come', async () => {
    const parts = assemble();
    const { desk, log, base, scopes } = parts;
    scopes.add('core');
    const { setId, patientId } = await register(desk);
    const mine = cabinet.getHeld('patient', patientId)?.doc as Patient;
    log.setAnswer({ setId, result: 'accepted', changeNumber: 7, violations: [], because: null });
    const seen = { [`patient/${patientId}`]: mine };
    const second = await desk.run(
      { name: 'people/update', input: { patientId, details: { sex: 'O' } }, author, seen, reason: null },
      'person',
    );
    expect(second.ok).toBe(true);
    const group = { scopes: ['core'], cursor: { number: 0, hash: '' }, after: null };
    const theirs = { ...mine, phones: ['999'] };
    takePage(
      parts,
      group,
      page(7, [{ number: 7, kind: 'patient', id: patientId, op: 'entered', doc: theirs as never }]),
      false,
    );
    const shown = cabinet.getHeld('patient', patientId)?.doc as Patient;
    expect([shown.phones, shown.sex]).toEqual([['999'], 'O']);
    expect(log.open()).toHaveLength(1);
    const lastId = log.open()[0]?.set.id ?? '';
    log.setAnswer({ setId: lastId, result: 'refused', changeNumber: 8, violations: [], because: null });
    takePage(parts, { ...group, cursor: { number: 7, hash: 'h7' } }, page(8, []), false);
    expect((cabinet.getHeld('patient', patientId)?.doc as Patient).sex).toBe('F');
    expect([log.open(), base.all()]).toEqual([[], []]);
  });

  it('never lets an older number overwrite a newer one', async () => {
    const parts = assemble();
    const { desk } = parts;
    const { patientId } = await register(desk);
    const doc = cabinet.getHeld('patient', patientId)?.doc as Patient;
    const other = { ...doc, id: '01900000-0000-7000-8000-00000000000a' };
    const group = { scopes: ['core'], cursor: null, after: null };
    const change = (number: number, sex: string) => ({
      number,
      kind: 'patient',
      id: other.id,
      op: 'changed' as const,
      doc: { ...other, sex } as never,
    });
    takePage(parts, group, page(9, [change(9, 'M')]), false);
    takePage(parts, group, page(9, [change(5, 'O')]), false);
    expect((cabinet.getHeld('patient', other.id)?.doc as Patient).sex).toBe('M');
  });
});
