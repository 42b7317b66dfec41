/** The server as a program, with the tests' law: what `test/server/process.test.ts` starts, kills and asks. */
import { runServer } from '../../server/run-server.ts';
import { addTestOrganization } from './test-server.ts';
import { testLaw } from './test-law.ts';

process.exitCode = await runServer(process.argv.slice(2), testLaw, async (server) => {
  for (const name of ['clinic', 'neighbour']) await addTestOrganization(server, name, true);
});
process.exit();
