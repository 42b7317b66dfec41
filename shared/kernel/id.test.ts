import { describe, expect, it } from 'vitest';
import { derivedFrom, derivedId, idSchema, uuidV7 } from './id.ts';

describe('ids', () => {
  it('are UUIDv7 that sort by time', () => {
    const random = new Uint8Array(10).fill(0xff);
    const early = uuidV7(1_700_000_000_000, random);
    const late = uuidV7(1_700_000_000_001, new Uint8Array(10));
    expect([idSchema.safeParse(early).success, early.charAt(14), early < late]).toEqual([true, '7', true]);
  });
  it('follow from another id the same way everywhere, and differ by role', () => {
    const id = uuidV7(1_700_000_000_000, new Uint8Array(10));
    expect(derivedId(id, 1)).toBe(derivedId(id, 1));
    expect(new Set([id, derivedId(id, 1), derivedId(id, 2)]).size).toBe(3);
    expect(idSchema.safeParse(derivedId(id, 1)).success).toBe(true);
  });
  it.each(['0', '7', 'f'])('lead back to the id that they follow from (digit %s)', (digit) => {
    const id = `01890000-0006-7${digit}00-8000-000000000001`;
    expect([0, 2, 7].map((role) => derivedFrom(derivedId(id, role as 2), role as 2))).toEqual([id, id, id]);
  });
});
