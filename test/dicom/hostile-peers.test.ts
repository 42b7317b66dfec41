import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeData, encodePdu } from '../../main/dicom/pdu/pdu-write.ts';
import { dcmtk, type DoorFixture, openDoor, sha256 } from './door-fixture.ts';
import {
  associate,
  associateRequest,
  command,
  connectRaw,
  ctImageStorage,
  echoRequest,
  explicit,
  releaseRequest,
  statusOf,
  storeRequest,
  verification,
  worklistFind,
} from './raw-peer.ts';

let fixture: DoorFixture;
beforeEach(async () => {
  fixture = await openDoor({ limits: { associateRequestMs: 400, idleMs: 600, messageMs: 900 } });
});
afterEach(async () => {
  // Whatever the test did: the door lives, a good peer is answered, nothing half-done lies about.
  const echo = await dcmtk('echoscu', ['-aet', 'CT1', '-aec', 'PRAXIS', '127.0.0.1', String(fixture.port)]);
  expect(echo.code).toBe(0);
  expect(fixture.files().parts).toEqual([]);
  expect(fixture.files().objects).toHaveLength(fixture.door.readJournal(1).length);
  await fixture.end();
});

/** Source of the A-ABORT that a connection is answered with. */
async function abortSource(peer: Awaited<ReturnType<typeof connectRaw>>): Promise<number | undefined> {
  const answer = await peer.next();
  await peer.closed;
  return answer?.type === 7 ? answer.body[2] : undefined;
}

describe('before an association', () => {
  it.each([
    ['garbage', randomBytes(5000)],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: praxis\r\n\r\n')],
    ['a claim of 2 GB', Buffer.from([1, 0, 0x7f, 0xff, 0xff, 0xff, 0, 1])],
    ['P-DATA', echoRequest()],
    ['a release request', releaseRequest],
    ['a request cut by its own length', encodePdu(1, associateRequest().subarray(6, 90))],
  ])('aborts %s', async (_name, bytes) => {
    const peer = await connectRaw(fixture.port);
    peer.send(bytes);
    expect(await abortSource(peer)).toBe(0);
  });

  it('aborts a peer that says nothing, and one that says it byte by byte', async () => {
    const silent = await connectRaw(fixture.port);
    const slow = await connectRaw(fixture.port);
    const request = associateRequest();
    const feeding = (async () => {
      for (const byte of request.subarray(0, 40)) {
        slow.send(Buffer.from([byte]));
        await setTimeout(20);
      }
    })();
    expect(await abortSource(silent)).toBe(0);
    expect(await abortSource(slow)).toBe(0);
    await feeding;
  });

  it.each([
    ['an unknown caller', { calling: 'NOBODY' }, [1, 1, 3]],
    ['a caller without a title', { calling: '' }, [1, 1, 3]],
    ['another called title', { called: 'OTHER' }, [1, 1, 7]],
    ['a largest PDU of 6 bytes', { maxPduBytes: 6 }, [1, 2, 1]],
  ])('rejects %s and carries out nothing that follows', async (_name, options, reason) => {
    const peer = await connectRaw(fixture.port);
    peer.send(Buffer.concat([associateRequest(options), echoRequest(), storeRequest('1.2.3', Buffer.alloc(100))]));
    const answer = await peer.next();
    expect(answer?.type).toBe(3);
    expect(Array.from(answer?.body.subarray(1) ?? [])).toEqual(reason);
    expect(await peer.next()).toBeUndefined();
    await peer.closed;
    expect(fixture.events.filter(({ kind }) => kind !== 'refused' && kind !== 'aborted')).toEqual([]);
  });

  it('tells the 17th connection of an address to come again, and takes it when another has gone', async () => {
    const patient = await openDoor();
    const peers = await Promise.all(Array.from({ length: 16 }, () => associate(patient.port)));
    const late = await connectRaw(patient.port);
    late.send(associateRequest());
    expect(Array.from((await late.next())?.body ?? [])).toEqual([0, 2, 3, 2]);
    peers[0]?.socket.destroy();
    await setTimeout(50);
    const next = await associate(patient.port);
    next.send(echoRequest());
    expect(statusOf(await next.next())).toBe(0);
    for (const peer of [...peers, next]) peer.socket.destroy();
    await patient.end();
  });
});

describe('in an association', () => {
  it.each([
    ['a second association request', associateRequest()],
    ['a P-DATA longer than announced', Buffer.from([4, 0, 0x00, 0x02, 0x00, 0x01, 0, 0, 0, 4, 1, 3])],
    ['a P-DATA of 2 GB', Buffer.from([4, 0, 0x7f, 0xff, 0xff, 0xff])],
    ['a fragment longer than its PDU', encodePdu(4, Buffer.from([0, 0, 1, 0, 1, 3, 0, 0]))],
    ['a context that was not accepted', command(7, { field: 0x30, messageId: 1 })],
    ['a dataset without a command', encodeData(3, 'dataset', Buffer.alloc(20), 16_384)],
    ['a command of 5000 bytes', encodeData(1, 'command', Buffer.alloc(5000), 16_384)],
    [
      'a command element longer than the command',
      encodeData(1, 'command', Buffer.from([0, 0, 0, 1, 255, 255, 0, 0, 1, 0]), 16_384),
    ],
    ['an unknown PDU', encodePdu(9, Buffer.alloc(4))],
    ['a response to nothing', command(1, { field: 0x8030, respondedTo: 1 })],
    ['a store on the verification context', storeRequest('1.2.3', Buffer.alloc(100_000)).fill(1, 10, 11)],
  ])('aborts on %s', async (_name, bytes) => {
    const peer = await associate(fixture.port);
    peer.send(bytes);
    expect(await abortSource(peer)).toBe(2);
    expect(fixture.door.readJournal(1)).toEqual([]);
  });

  it('answers a release, also twenty of them at once, and closes', async () => {
    const peer = await associate(fixture.port);
    peer.send(Buffer.concat(Array.from({ length: 20 }, () => releaseRequest)));
    expect((await peer.next())?.type).toBe(6);
    expect(await peer.next()).toBeUndefined();
  });

  it('drops an idle association, and a message that trickles on for ever', async () => {
    const idle = await associate(fixture.port);
    const slow = await associate(fixture.port);
    const request = storeRequest('1.2.3', Buffer.alloc(5000));
    const feeding = (async () => {
      for (let at = 0; at < 60; at += 1) {
        slow.send(request.subarray(at, at + 1));
        await setTimeout(25);
      }
    })();
    expect(await abortSource(idle)).toBe(2);
    expect(await abortSource(slow)).toBe(2);
    await feeding;
  });

  it('keeps nothing of an object that is cut in the middle', async () => {
    for (const cut of [60, 300, 70_000, 139_000]) {
      const peer = await associate(fixture.port);
      peer.send(storeRequest('1.2.3', randomBytes(139_500)).subarray(0, cut));
      await setTimeout(30);
      if (cut > 60) expect(fixture.files().parts).toHaveLength(1);
      peer.socket.resetAndDestroy();
      await setTimeout(30);
      expect(fixture.files()).toEqual({ parts: [], objects: [] });
    }
    expect(fixture.door.readJournal(1)).toEqual([]);
  });

  it('refuses instance UIDs that are none, swallows their dataset and goes on', async () => {
    const peer = await associate(fixture.port);
    for (const uid of ['../../x', '', '1..2', '1.'.repeat(40) + '1']) {
      peer.send(storeRequest(uid, randomBytes(70_000)));
      expect(statusOf(await peer.next())).toBe(0xa900);
    }
    peer.send(
      Buffer.concat([
        command(3, { field: 1, messageId: 2, sopClass: verification, sopInstance: '1.2', hasDataset: true }),
        encodeData(3, 'dataset', Buffer.alloc(10), 16_384),
      ]),
    );
    expect(statusOf(await peer.next())).toBe(0xa900);
    peer.send(storeRequest('1.2.3', Buffer.from('good')));
    expect(statusOf(await peer.next())).toBe(0);
    peer.socket.destroy();
  });

  it('keeps both when one instance UID comes with different bytes, and equal bytes once', async () => {
    const peer = await associate(fixture.port);
    const [first, second] = [randomBytes(65_536), randomBytes(65_537)];
    for (const dataset of [first, second, first]) {
      peer.send(storeRequest('1.2.3', dataset));
      expect(statusOf(await peer.next())).toBe(0);
    }
    peer.socket.destroy();
    const instances = fixture.door.readJournal(1);
    expect(instances.map(({ datasetSha256 }) => datasetSha256)).toEqual([sha256(first), sha256(second)]);
    for (const [index, instance] of instances.entries())
      expect(sha256(await fixture.dataset(instance))).toBe(sha256([first, second][index] ?? Buffer.alloc(0)));
  });

  it('takes a session one byte at a time, and many requests in one packet', async () => {
    const peer = await connectRaw(fixture.port);
    const dataset = randomBytes(300);
    for (const byte of Buffer.concat([associateRequest(), storeRequest('1.2.9', dataset)]))
      peer.send(Buffer.from([byte]));
    expect((await peer.next())?.type).toBe(2);
    expect(statusOf(await peer.next())).toBe(0);
    peer.send(
      Buffer.concat([
        echoRequest(),
        storeRequest('1.2.10', dataset),
        echoRequest(),
        storeRequest('1.2.11', dataset),
        releaseRequest,
      ]),
    );
    for (let answers = 0; answers < 4; answers += 1) expect(statusOf(await peer.next())).toBe(0);
    expect((await peer.next())?.type).toBe(6);
    expect(fixture.door.readJournal(1)).toHaveLength(3);
  });

  it('does not gather answers for a peer that never reads', async () => {
    const peer = await associate(fixture.port);
    peer.socket.pause();
    const storm = Buffer.concat(Array.from({ length: 2000 }, () => echoRequest()));
    let isFull = false;
    for (let rounds = 0; rounds < 200 && !isFull; rounds += 1)
      isFull = !peer.socket.write(storm) && peer.socket.writableLength > 8e6;
    const isDropped = (): boolean => fixture.events.some(({ kind }) => kind === 'aborted');
    for (let tries = 0; tries < 200 && !isDropped(); tries += 1) await setTimeout(50);
    expect(isDropped()).toBe(true);
    peer.socket.destroy();
  });

  it('stands two hundred mutated sessions', { timeout: 60_000 }, async () => {
    const session = Buffer.concat([
      associateRequest(),
      echoRequest(),
      storeRequest('1.2.3', Buffer.alloc(3000, 7)),
      releaseRequest,
    ]);
    const sessions = fc.sample(
      fc.array(fc.tuple(fc.nat(session.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
      { seed: 11, numRuns: 200 },
    );
    for (let at = 0; at < sessions.length; at += 8) {
      await Promise.all(
        sessions.slice(at, at + 8).map(async (changes) => {
          const mutated = Buffer.from(session);
          for (const [place, value] of changes) mutated[place] = value;
          const peer = await connectRaw(fixture.port);
          peer.socket.end(mutated);
          await peer.closed;
        }),
      );
    }
    await setTimeout(300);
  });

  it('refuses contexts of services that it does not provide', async () => {
    const peer = await connectRaw(fixture.port);
    const classes = [
      ctImageStorage,
      worklistFind,
      '1.2.840.10008.5.1.4.1.2.2.1',
      '1.2.840.10008.3.1.2.3.3',
      '1.2.840.10008.1.20.1',
    ];
    const contexts = classes.map((abstractSyntax, index) => ({
      contextId: 2 * index + 1,
      abstractSyntax,
      transferSyntaxes: [explicit],
    }));
    peer.send(associateRequest({ contexts }));
    const answer = await peer.next();
    const items = answer?.body.subarray(68) ?? Buffer.alloc(0);
    const found: number[] = [];
    for (let at = 0; at < items.length; at += 4 + items.readUInt16BE(at + 2))
      if (items[at] === 0x21) found.push(items[at + 6] ?? -1);
    expect(found).toEqual([0, 4, 3, 3, 3]);
    peer.socket.destroy();
  });
});
