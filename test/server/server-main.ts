/** The server as a program, with the tests' clinics: what `test/server/process.test.ts` starts, kills and asks. */
import { createCabinetReader } from '../../server/db/cabinet-reader.ts';
import type { Db } from '../../server/db/db.ts';
import { inOrganization } from '../../server/db/tenant.ts';
import { hasOrganization } from '../../server/organizations/create-organization.ts';
import { runServer } from '../../server/run-server.ts';
import { issueEnrolCode } from '../../server/stations/enrol-codes.ts';
import { law } from '../../shared/law.ts';
import { addTestOrganization } from './test-server.ts';

/** A code for the first organization's location. */
async function codeOf(db: Db): Promise<string> {
  const rows = await db.query<{ id: string }>('select id from organizations order by created_at limit 1');
  const organizationId = rows[0]?.id ?? '';
  const locations = await inOrganization(db, organizationId, async (tx) =>
    createCabinetReader(tx).find('location', 'all', { prefix: '' }),
  );
  return issueEnrolCode(db, { organizationId, locationId: locations[0]?.id ?? '', purpose: 'start', validMinutes: 60 });
}

process.exit(
  await runServer(process.argv.slice(2), law, async (server) => {
    if (!(await hasOrganization(server.db))) {
      for (const name of ['clinic', 'neighbour']) await addTestOrganization(server, name);
    }
    return { lines: ['a line of the demo'], enrolCode: await codeOf(server.db) };
  }),
);
