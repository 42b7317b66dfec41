import { expect } from 'vitest';
import type { Clinic, Station } from '../../world/clinic.ts';
import { until } from '../../world/services.ts';

/** Waits until a station has sent everything and has everything. */
export const synced = (station: Station): Promise<unknown> =>
  until(
    `${station.name} to be synced`,
    async () => {
      const state = await station.request<{ phase: string; waiting: unknown[]; waitingFiles: number }>('station', {
        do: 'sync',
      });
      if (state.phase === 'synced' && state.waiting.length === 0 && state.waitingFiles === 0) return true;
      throw new Error(JSON.stringify(state));
    },
    90_000,
  );

/**
 * Closes everything and compares what is on the disks: per kind, within the scopes that both stations hold, the same ids and content
 * hashes on both and on the server, and the same files. Answers with the server's documents.
 */
export async function expectSameEverywhere(clinic: Clinic, one: Station, two: Station) {
  await synced(one);
  await synced(two);
  await one.stop();
  await two.stop();
  await clinic.stopServer();
  const [first, second] = [await one.check(), await two.check()];
  expect([first.problems, second.problems]).toEqual([[], []]);
  const server = await clinic.checkServer(first.scopes.filter((scope) => second.scopes.includes(scope)));
  expect(server.problems).toEqual([]);
  for (const [kind, documents] of Object.entries(server.documents)) {
    expect({ kind, ...first.documents[kind] }).toEqual({ kind, ...documents });
    expect({ kind, ...second.documents[kind] }).toEqual({ kind, ...documents });
  }
  expect(first.files).toEqual(server.files);
  expect(second.files).toEqual(server.files);
  return server.documents;
}
