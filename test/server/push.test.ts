/** Sets of real stations, made by real commands, judged by the real server on both databases. */
import { afterAll, beforeAll, describe } from 'vitest';
import { hasPostgres, noPostgres, startPostgres } from '../ports/postgres.ts';
import { lawWithDefect } from './push/defect.ts';
import { pushOutcomes } from './push/outcomes.ts';
import { pushRivals } from './push/rivals.ts';
import { pushTrust } from './push/trust.ts';
import { pushUndo } from './push/undo.ts';
import { startTestServer, type TestServer } from './test-server.ts';

const engines = [
  {
    name: 'PGlite',
    skip: false,
    // There transactions run one after another.
    rivals: 24,
    open: async () => ({ server: await startTestServer({ law: lawWithDefect }), stop: async () => undefined }),
  },
  {
    name: `PostgreSQL${noPostgres}`,
    skip: !hasPostgres,
    rivals: 200,
    open: async () => {
      const postgres = await startPostgres();
      const databaseUrl = await postgres.createDatabase();
      return { server: await startTestServer({ law: lawWithDefect, databaseUrl }), stop: () => postgres.stop() };
    },
  },
];

for (const engine of engines) {
  describe.skipIf(engine.skip)(`push on ${engine.name}`, () => {
    let server: TestServer;
    let stop: () => Promise<unknown>;
    beforeAll(async () => {
      ({ server, stop } = await engine.open());
    });
    afterAll(async () => {
      await server.close();
      await stop();
    });
    pushOutcomes(() => server);
    pushTrust(() => server);
    pushUndo(() => server);
    pushRivals(() => server, engine.rivals);
  });
}
