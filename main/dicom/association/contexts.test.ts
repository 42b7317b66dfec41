import { describe, expect, it } from 'vitest';
import { canKeep, negotiateContexts, serviceOf } from './contexts.ts';

describe('services by abstract syntax', () => {
  it.each([
    ['1.2.840.10008.1.1', 'verification'],
    ['1.2.840.10008.5.1.4.31', 'worklist'],
    ['1.2.840.10008.5.1.4.1.1.2', 'storage'],
    ['1.2.840.10008.5.1.4.1.1.200.1', 'storage'],
    ['1.2.840.10008.5.1.4.1.1.999.7', 'storage'],
    ['1.2.840.10008.5.1.4.34.7', 'storage'],
    ['1.2.840.10008.5.1.4.38.1', 'storage'],
    ['1.2.840.10008.5.1.1.29', 'storage'],
    ['1.3.12.2.1107.5.9.1', 'storage'],
  ])('%s is %s', (uid, service) => expect(serviceOf(uid)).toBe(service));

  it.each([
    ['study root query', '1.2.840.10008.5.1.4.1.2.2.1'],
    ['MPPS', '1.2.840.10008.3.1.2.3.3'],
    ['storage commitment', '1.2.840.10008.1.20.1'],
    ['print', '1.2.840.10008.5.1.1.9'],
    ['UPS push', '1.2.840.10008.5.1.4.34.6.1'],
    ['instance availability', '1.2.840.10008.5.1.4.33'],
    ['hanging protocol query', '1.2.840.10008.5.1.4.38.2'],
    ['protocol approval query', '1.2.840.10008.5.1.4.1.1.200.4'],
    ['real-time video', '1.2.840.10008.10.1'],
    ['no UID', '1.2.x'],
  ])('refuses %s', (_name, uid) => expect(serviceOf(uid)).toBeUndefined());
});

describe('transfer syntaxes', () => {
  it('keeps standard and private ones, not those whose pixels lie elsewhere', () => {
    for (const uid of [
      '1.2.840.10008.1.2',
      '1.2.840.10008.1.2.4.201',
      '1.2.840.10008.1.2.1.99',
      '1.2.840.113619.5.2',
    ]) {
      expect(canKeep(uid)).toBe(true);
    }
    for (const uid of [
      '1.2.840.10008.1.2.4.94',
      '1.2.840.10008.1.2.7.1',
      '1.2.840.10008.1.20',
      '1.2.840.10008.1.1',
      '',
      'x',
    ]) {
      expect(canKeep(uid)).toBe(false);
    }
  });

  it('takes the first proposed that it can keep; the worklist only in Implicit VR Little Endian', () => {
    const [implicit, explicit, jpip] = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.4.94'];
    const propose = (contextId: number, abstractSyntaxUid: string, ...transferSyntaxUids: string[]) => ({
      contextId,
      abstractSyntaxUid,
      transferSyntaxUids,
    });
    const ct = '1.2.840.10008.5.1.4.1.1.2';
    const worklist = '1.2.840.10008.5.1.4.31';
    expect(
      negotiateContexts([
        propose(1, ct, jpip, explicit, implicit),
        propose(3, ct, jpip),
        propose(5, worklist, explicit, implicit),
        propose(7, worklist, explicit),
        propose(9, '1.2.840.10008.1.20.1', implicit),
      ]),
    ).toMatchObject([
      { result: 0, transferSyntaxUid: explicit },
      { result: 4 },
      { result: 0, transferSyntaxUid: implicit },
      { result: 4 },
      { result: 3 },
    ]);
  });
});
