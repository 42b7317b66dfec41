import { expect, it } from 'vitest';
import { siblingEntry } from './sibling-entry.ts';

it('names the TypeScript file in the source tree and the JavaScript file in dist', () => {
  expect(siblingEntry('file:///p/main/main.ts', './station/process')).toBe('file:///p/main/station/process.ts');
  expect(siblingEntry('file:///p/dist/main/main.js', './station/process')).toBe(
    'file:///p/dist/main/station/process.js',
  );
});

it('climbs with .. and drops a query that a test runner may add', () => {
  expect(siblingEntry('file:///p/main/shell/chromium/host.ts?v=1', '../../dicom/process')).toBe(
    'file:///p/main/dicom/process.ts',
  );
});

it('refuses what is not relative or not a module of ours', () => {
  expect(() => siblingEntry('file:///p/main/main.ts', 'process')).toThrow(/must start with/);
  expect(() => siblingEntry('data:text/javascript,1', './process')).toThrow(/neither/);
});
