import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countGroups, readReleaseCode, writeReleaseCode } from './checked-groups.ts';

it('32 bytes come back from a release code, however it is typed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const code = writeReleaseCode(bytes);
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{3}-){25}[0-9A-HJKMNP-TV-Z]{3}$/);
      expect(countGroups(code)).toBe(26);
      const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
      expect(readReleaseCode(typed)).toEqual({ ok: true, value: bytes });
    }),
  );
});

it('a slip is found in its group, and a missing group is counted', () => {
  const groups = writeReleaseCode(new Uint8Array(32).fill(0xa5)).split('-');
  for (const [position, group] of groups.entries()) {
    const wrong = (group.startsWith('7') ? '8' : '7') + group.slice(1);
    expect(readReleaseCode(groups.with(position, wrong).join('-'))).toEqual({
      ok: false,
      error: { code: 'groups-wrong', group: position + 1 },
    });
  }
  expect(readReleaseCode(groups.slice(0, 25).join('-'))).toEqual({
    ok: false,
    error: { code: 'groups-length', groups: 25 },
  });
});
