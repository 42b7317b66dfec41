import { describe, expect, it } from 'vitest';
import { derivedId, idSchema, uuidV7 } from './id.ts';

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
});
