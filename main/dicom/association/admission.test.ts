import { describe, expect, it } from 'vitest';
import { admitRequest, createConnectionCount } from './admission.ts';
import { doorLimits } from '../limits.ts';
import type { AssociateRequest } from '../pdu/associate-request.ts';

const request: AssociateRequest = {
  protocolVersion: 1,
  calledAeTitle: 'PRAXIS',
  callingAeTitle: 'CT1',
  echoedFields: Buffer.alloc(64),
  applicationContextUid: '1.2.840.10008.3.1.1.1',
  contexts: [],
  maxPduBytes: 16_384,
  asksForAsyncOperations: false,
};
const ct = { deviceId: '1', aeTitle: 'CT1', modality: 'CT', host: '', port: 104, specificCharacterSet: '' };
const admit = (changes: Partial<AssociateRequest>, devices = [ct]) =>
  admitRequest({ ...request, ...changes }, { aeTitle: 'PRAXIS', devices, limits: doorLimits });

describe('who may associate', () => {
  it('admits a registered device, with any largest PDU from 1024 on or none', () => {
    for (const maxPduBytes of [0, 1024, 4_294_967_295])
      expect(admit({ maxPduBytes })).toEqual({ ok: true, device: ct });
  });

  it.each([
    [{ callingAeTitle: 'CT2' }, [1, 1, 3]],
    [{ callingAeTitle: 'ct1' }, [1, 1, 3]],
    [{ calledAeTitle: '' }, [1, 1, 7]],
    [{ applicationContextUid: '1.2' }, [1, 1, 2]],
    [{ protocolVersion: 2 }, [1, 2, 2]],
    [{ maxPduBytes: 1023 }, [1, 2, 1]],
  ])('refuses %j', (changes, expected) => {
    const decision = admit(changes);
    if (decision.ok) throw new Error('admitted');
    const { result, source, reason } = decision.rejection;
    expect([result, source, reason]).toEqual(expected);
  });

  it('refuses a caller with control characters even if a device was registered so', () => {
    expect(admit({ callingAeTitle: 'A\nB' }, [{ ...ct, aeTitle: 'A\nB' }]).ok).toBe(false);
  });
});

describe('the connection count', () => {
  it('keeps 16 for an address and 64 in all, a few more to be told so, and gives places back', () => {
    const count = createConnectionCount(doorLimits);
    for (let index = 0; index < 64; index += 1) expect(count.enter(`host${index % 4}`)).toBe('admitted');
    for (let index = 0; index < 32; index += 1) expect(count.enter('other')).toBe('surplus');
    expect(count.enter('other')).toBe('none');
    count.leave('other', 'none');
    expect(count.enter('other')).toBe('none');
    count.leave('other', 'surplus');
    expect(count.enter('other')).toBe('surplus');
    count.leave('host0', 'admitted');
    expect(count.enter('host1')).toBe('none');
    count.leave('other', 'surplus');
    expect(count.enter('host1')).toBe('surplus');
    expect(count.enter('host0')).toBe('admitted');
  });
});
