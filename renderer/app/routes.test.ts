import { expect, it } from 'vitest';
import { permissionsOf, type Role } from '../../shared/access/permissions.ts';
import { hashOf, loaderOf, parseHash, railFor, type RouteName, routes } from './routes.ts';
import { isolateRightToLeft } from './i18n/isolate.ts';
import { markMatches, matchesWords } from './palette/match.ts';
import { matchSequence, pressName } from '../ui/match-key.ts';
import { agoParts } from './frame/use-ago.ts';

const railOf = (roles: Role[]) => railFor(roles, [...permissionsOf(roles)]);

it('reads and writes the address of a page, and drops what the page does not name', () => {
  expect(parseHash('#/day?day=2026-11-21&name=Sarah')).toEqual({ name: 'day', params: { day: '2026-11-21' } });
  expect(parseHash('#/constructor')).toBeUndefined();
  expect(parseHash('')).toBeUndefined();
  expect(hashOf('patient', { patientId: 'a b', item: undefined })).toBe('#/patient?patientId=a+b');
});

it('every page has its screen, wherever its folder went', () => {
  expect((Object.keys(routes) as RouteName[]).filter((name) => loaderOf(name) === undefined)).toEqual([]);
});

it('gives each role its rail, the own home first, the inbox last, nothing that may not be seen', () => {
  expect(railOf(['receptionist'])).toEqual(['day', 'wait', 'patients', 'bill', 'inbox']);
  expect(railOf(['technician'])[0]).toBe('scan');
  expect(railOf(['doctor'])[0]).toBe('read');
  expect(railOf(['cashier', 'doctor'])).toEqual(['bill', 'day', 'wait', 'patients', 'read', 'inbox']);
  expect(railFor(['doctor'], ['inbox.view'])).toEqual(['inbox']);
});

it('isolates right-to-left names inside sentences, and leaves others as they are', () => {
  expect(isolateRightToLeft('محمد')).toBe('\u2068محمد\u2069');
  expect(isolateRightToLeft('Sari')).toBe('Sari');
  expect(isolateRightToLeft(3)).toBe('3');
});

const marked = (text: string, words: string[]) =>
  markMatches(text, words)
    .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))
    .join('');

it('marks what was found, whatever its case, marks and script', () => {
  expect(marked('Maya Kesari', ['sar'])).toBe('Maya Ke[sar]i');
  expect(marked('Jürgen Straße', ['jur', 'strass'])).toBe('[Jür]gen [Straß]e');
  expect(marked('سارة منصور', ['سار'])).toBe('[سار]ة منصور');
  expect(marked('Sari', [''])).toBe('Sari');
  expect(matchesWords('Waiting room', 'ro wai')).toBe(true);
  expect(matchesWords('Waiting room', 'oom')).toBe(false);
});

const press = (key: string, extra: object = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...extra,
});

it('names keys as the registry writes them, on foreign layouts too', () => {
  expect(pressName(press('k', { ctrlKey: true }))).toBe('Ctrl+K');
  expect(pressName(press('л', { ctrlKey: true, code: 'KeyK' }))).toBe('Ctrl+K');
  expect(pressName(press('?', { shiftKey: true }))).toBe('?');
  expect(pressName(press('ArrowLeft', { altKey: true, shiftKey: true }))).toBe('Alt+Shift+ArrowLeft');
  expect(matchSequence('G S', ['G'])).toBe('part');
  expect(matchSequence('G S', ['G', 'S'])).toBe('full');
  expect(matchSequence('G S', ['S'])).toBe('none');
});

it('says how long ago and how much in whole units', () => {
  expect(agoParts(-5)).toEqual({ unit: 'seconds', count: 0 });
  expect(agoParts(119_000)).toEqual({ unit: 'minutes', count: 1 });
  expect(agoParts(90_000_000)).toEqual({ unit: 'days', count: 1 });
});
