import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const errorOf = (env: Record<string, string>): string => {
  const read = readConfig(env);
  return read.ok ? 'ok' : read.error;
};

test('defaults: this machine only, port 9000, demo sign-ins on', () => {
  const read = readConfig({});
  expect(read.ok && read.value).toMatchObject({
    host: '127.0.0.1',
    port: 9000,
    isLoopbackOnly: true,
    tls: undefined,
    demoPassword: undefined,
  });
});

test('an empty variable counts as not set', () => {
  const read = readConfig({ PRAXIS_SERVER_PORT: '', PRAXIS_DEMO_PASSWORD: 'off' });
  expect(read.ok && [read.value.port, read.value.demoPassword]).toEqual([9000, 'off']);
});

test('off loopback only with TLS or a stated proxy; then it is no place for demo sign-ins', () => {
  expect(errorOf({ PRAXIS_SERVER_HOST: '10.0.0.1' })).toMatch(/^PRAXIS_SERVER_HOST is not this machine alone/);
  expect(errorOf({ PRAXIS_SERVER_HOST: '10.0.0.1', PRAXIS_TLS_CERT: 'a' })).toMatch(/go together/);
  const proxied = readConfig({ PRAXIS_SERVER_HOST: '127.0.0.1', PRAXIS_BEHIND_PROXY: 'yes' });
  expect(proxied.ok && proxied.value.isLoopbackOnly).toBe(false);
});

test('a bad value names its variable and never shows what it was', () => {
  expect(errorOf({ DATABASE_URL: 'mysql://me:hunter2@db' })).toBe('DATABASE_URL must be a postgres:// address');
  expect(errorOf({ PRAXIS_SERVER_PORT: '70000' })).toMatch(/^PRAXIS_SERVER_PORT must be/);
  expect(errorOf({ PRAXIS_SERVERPORT: '1' })).toBe('PRAXIS_SERVERPORT is not a setting that Praxis knows');
});
