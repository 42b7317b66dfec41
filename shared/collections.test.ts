import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collectionNames, kinds } from './collections.ts';

describe('the registry of kinds', () => {
  it('opens at most 8 collections', () => expect(collectionNames.length).toBeLessThanOrEqual(8));

  it.each(Object.values(kinds))('$kind: every field but id belongs to exactly one merge unit', (kind) => {
    const fields = Object.keys((kind.schema as unknown as z.ZodObject).shape).filter((field) => field !== 'id');
    expect(Object.values(kind.units).flat().toSorted()).toEqual(fields.toSorted());
  });
});
