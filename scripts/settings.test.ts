import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './run-tool.ts';
import { serverCommand, workstationCommand } from './service-commands.ts';
import { readSettings, serverUrl } from './settings.ts';

it('has a default for everything; an empty variable counts as not set', () => {
  const settings = readSettings({ XDG_CONFIG_HOME: '/home/a/.config', PRAXIS_SERVER_PORT: '' });
  expect(settings).toMatchObject({
    serverHost: '127.0.0.1',
    serverPort: 9000,
    dicomHost: '127.0.0.1',
    dicomPort: 11_112,
    aeTitle: 'PRAXIS',
    dataDir: join(root, '.praxis'),
  });
  expect(settings.keyDir.startsWith(settings.dataDir)).toBe(false);
});

it.each([
  ['PRAXIS_SERVER_PORT', '90000'],
  ['PRAXIS_DICOM_PORT', 'abc'],
  ['PRAXIS_AE_TITLE', 'LONGER_THAN_SIXTEEN'],
  ['PRAXIS_AE_TITLE', 'A\\B'],
])('refuses %s=%s, naming it', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(name);
});

it('gives the workstation an address that it can call', () => {
  expect(serverUrl(readSettings({ PRAXIS_SERVER_HOST: '0.0.0.0', PRAXIS_SERVER_PORT: '80' }))).toBe(
    'http://127.0.0.1:80',
  );
  expect(serverUrl(readSettings({ PRAXIS_SERVER_HOST: '::1' }))).toBe('http://[::1]:9000');
});

it('fills in the options that a person did not give', () => {
  const settings = readSettings({ PRAXIS_DATA: '/d', PRAXIS_AE_TITLE: 'KLINIK' });
  expect(workstationCommand('/c', settings, 'CODE', ['--data=/other', '--no-window']).args).toEqual([
    '--server',
    'http://127.0.0.1:9000',
    '--enrol',
    'CODE',
    '--dicom-port',
    '11112',
    '--ae-title',
    'KLINIK',
    '--data=/other',
    '--no-window',
  ]);
  expect(workstationCommand('/c', settings, undefined, []).args).not.toContain('--enrol');
  expect(serverCommand('/c', settings, ['--empty'])).toMatchObject({
    entry: '/c/server/main.js',
    args: ['--data', '/d/server', '--empty'],
    env: { PRAXIS_SERVER_PORT: '9000', PRAXIS_DATA: '/d' },
  });
});
