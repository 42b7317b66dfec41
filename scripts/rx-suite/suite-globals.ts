import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addRxPlugin } from 'rxdb';
import { RxDBDevModePlugin, disableWarnings } from 'rxdb/plugins/dev-mode';
import { RxDBJsonDumpPlugin } from 'rxdb/plugins/json-dump';
import { RxDBLocalDocumentsPlugin } from 'rxdb/plugins/local-documents';
import { RxDBMigrationSchemaPlugin } from 'rxdb/plugins/migration-schema';
import { RxDBQueryBuilderPlugin } from 'rxdb/plugins/query-builder';
import { RxDBUpdatePlugin } from 'rxdb/plugins/update';
import { afterAll, beforeAll } from 'vitest';

// rxdb's own test helpers want packages that only a checkout's tests have.
const inCheckout = pathToFileURL(join(process.env['RXDB_CHECKOUT'] ?? '', 'test/unit.test.ts')).href;
registerHooks({
  resolve: (specifier, context, next) => {
    try {
      return next(specifier, context);
    } catch {
      return next(specifier, { ...context, parentURL: inCheckout });
    }
  },
});

// Without its development checks RxDB refuses the second database of one name that many cases open.
disableWarnings();
// The suite's files are written to run in one process, each on the plugins that those before it have added.
for (const plugin of [
  RxDBDevModePlugin,
  RxDBJsonDumpPlugin,
  RxDBLocalDocumentsPlugin,
  RxDBMigrationSchemaPlugin,
  RxDBQueryBuilderPlugin,
  RxDBUpdatePlugin,
])
  addRxPlugin(plugin);
Object.assign(globalThis, { before: beforeAll, after: afterAll });
