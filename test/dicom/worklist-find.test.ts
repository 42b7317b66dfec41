import { afterEach, describe, expect, it } from 'vitest';
import type { DoorOptions } from '../../main/dicom/door.ts';
import type { WorklistAnswer } from '../../main/dicom/ports.ts';
import { encodeData } from '../../main/dicom/pdu/pdu-write.ts';
import { type DoorFixture, openDoor } from './door-fixture.ts';
import { associate, command, type RawPeer, statusOf, worklistFind } from './raw-peer.ts';

let fixture: DoorFixture;
afterEach(() => fixture.end());

const identifier = Buffer.from([0x10, 0, 0x20, 0, 0, 0, 0, 0]);
const query = (messageId = 9): Buffer =>
  Buffer.concat([
    command(5, { field: 0x20, messageId, sopClass: worklistFind, hasDataset: true }),
    encodeData(5, 'dataset', identifier, 16_384),
  ]);

function* answers(count: number, bytes: number): Generator<WorklistAnswer> {
  for (let index = 0; index < count; index += 1) {
    yield { stepId: `s${index}`, bytes: Buffer.alloc(bytes, index), supported: index % 2 === 0, sentName: `N${index}` };
  }
}

async function open(findWorklist: DoorOptions['findWorklist']): Promise<void> {
  fixture = await openDoor({ findWorklist });
}

/** Reads until the final response; returns the pending statuses, the dataset bytes and the final status. */
async function collect(
  peer: RawPeer,
): Promise<{ pending: number[]; dataBytes: number; largestPdu: number; final: number | undefined }> {
  const pending: number[] = [];
  let dataBytes = 0;
  let largestPdu = 0;
  for (;;) {
    const pdu = await peer.next();
    if (pdu === undefined || pdu.type !== 4) return { pending, dataBytes, largestPdu, final: undefined };
    largestPdu = Math.max(largestPdu, pdu.body.length);
    const isCommand = ((pdu.body[5] ?? 0) & 1) === 1;
    const status = statusOf(pdu);
    if (!isCommand) dataBytes += pdu.body.length - 6;
    else if (status === 0xff00 || status === 0xff01) pending.push(status);
    else return { pending, dataBytes, largestPdu, final: status };
  }
}

describe('C-FIND of the worklist', () => {
  it("answers each step, cut to the peer's largest PDU, and reports what it sent", async () => {
    const asked: Uint8Array[] = [];
    await open((bytes, device) => {
      asked.push(bytes);
      expect(device.aeTitle).toBe('CT1');
      return { status: 'ok', answers: answers(3, 5001 - 1), keys: { PatientID: '' }, leftOut: [] };
    });
    const peer = await associate(fixture.port, { maxPduBytes: 1024 });
    peer.send(query());
    expect(await collect(peer)).toEqual({
      pending: [0xff00, 0xff01, 0xff00],
      dataBytes: 15_000,
      largestPdu: 1024,
      final: 0,
    });
    expect(asked).toEqual([identifier]);
    expect(fixture.events.find(({ kind }) => kind === 'worklistQuery')).toMatchObject({
      callingAeTitle: 'CT1',
      keys: { PatientID: '' },
      leftOut: [],
      answeredStepIds: ['s0', 's1', 's2'],
      sentNames: { s0: 'N0', s1: 'N1', s2: 'N2' },
    });
    peer.socket.destroy();
  });

  it('stops at a cancel and says so; the association goes on', async () => {
    let made = 0;
    await open(() => ({
      status: 'ok',
      answers: (function* () {
        for (const answer of answers(1_000_000, 2000)) {
          made += 1;
          yield answer;
        }
      })(),
      keys: {},
      leftOut: [],
    }));
    const peer = await associate(fixture.port, { maxPduBytes: 0 });
    peer.send(query(77));
    await peer.next();
    peer.send(command(5, { field: 0xfff, respondedTo: 76 }));
    peer.send(command(5, { field: 0xfff, respondedTo: 77 }));
    expect((await collect(peer)).final).toBe(0xfe00);
    expect(made).toBeLessThan(100_000);
    peer.send(command(1, { field: 0x30, messageId: 1 }));
    expect(statusOf(await peer.next())).toBe(0);
    peer.socket.destroy();
  });

  it('makes answers no faster than the peer reads them', async () => {
    let made = 0;
    await open(() => ({
      status: 'ok',
      answers: (function* () {
        for (const answer of answers(1_000_000, 10_000)) {
          made += 1;
          yield answer;
        }
      })(),
      keys: {},
      leftOut: [],
    }));
    const peer = await associate(fixture.port);
    peer.socket.pause();
    peer.send(query());
    await new Promise((resolve) => setTimeout(resolve, 500));
    const madeWhilePaused = made;
    expect(madeWhilePaused).toBeLessThan(3000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(made).toBe(madeWhilePaused);
    peer.socket.destroy();
  });

  it('answers the refusal of the worklist, and a failure in it without its text', async () => {
    await open(() => ({ status: 'refused', code: 0xa900, why: 'unreadable query' }));
    const peer = await associate(fixture.port);
    peer.send(query());
    expect((await collect(peer)).final).toBe(0xa900);
    peer.socket.destroy();
    await fixture.end();
    await open(() => {
      throw new Error('Mueller^Hans');
    });
    const other = await associate(fixture.port);
    other.send(query());
    expect((await collect(other)).final).toBe(0xc000);
    expect(JSON.stringify(fixture.logged)).not.toContain('Mueller');
    other.socket.destroy();
  });

  it('aborts a query over 64 KB after saying why, and a second operation while one runs', async () => {
    await open(() => ({ status: 'ok', answers: answers(1_000_000, 1000), keys: {}, leftOut: [] }));
    const long = await associate(fixture.port);
    long.send(
      Buffer.concat([
        command(5, { field: 0x20, messageId: 1, sopClass: worklistFind, hasDataset: true }),
        encodeData(5, 'dataset', Buffer.alloc(70_000), 16_384),
      ]),
    );
    expect(statusOf(await long.next())).toBe(0xa900);
    expect((await long.next())?.type).toBe(7);
    const greedy = await associate(fixture.port);
    greedy.send(Buffer.concat([query(1), query(2)]));
    expect((await collect(greedy)).final).toBeUndefined();
    await greedy.closed;
  });
});
