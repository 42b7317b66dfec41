import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const here = import.meta.dirname;
const CORE = join(here, 'suite-core.ts');
const NONE = '\0rx-suite-none';
const CONFIG = '\0rx-suite-config';
const OURS = join(here, 'suite-config.ts');
/** The suite takes its configuration by the one name that this project's own files do not use. */
const SUITE_NAME = 'default';
const configCode = `export * from '${OURS}';\nexport { suiteConfig as ${SUITE_NAME} } from '${OURS}';`;

/**
 * Lets the suite of a checkout run on the rxdb that is installed here: its built plugins become `rxdb/plugins/*`, its configuration
 * ours, and plugins that this rxdb no longer has are empty. Mocha's `this` is unknown to Vitest, which has its own limits.
 */
export function suitePlugin(checkout: string): Plugin {
  return {
    name: 'rx-suite',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer?.startsWith(checkout)) return undefined;
      if (source === './config.ts') return CONFIG;
      const name = /plugins\/([a-z0-9-]+)\/index\.[cm]js$/.exec(source)?.[1];
      if (name === 'core') return CORE;
      return name === undefined ? fromHere(source) : (fromHere(`rxdb/plugins/${name}`) ?? NONE);
    },
    load: (id) => (id === NONE ? 'export {}' : id === CONFIG ? configCode : undefined),
    transform: (code, id) => {
      if (!id.startsWith(checkout)) return undefined;
      const inVitest = code.replaceAll(/\bthis\.timeout\([^)]*\);?/g, '').replaceAll('this.skip()', 'return');
      // Version 16 still said destroy where 17 says close.
      return inVitest.replaceAll('.destroy()', '.close()');
    },
  };
}

/** A package as this project has it; undefined for what it has not, and for files and Node's own. */
function fromHere(source: string): string | undefined {
  if (/^(\.|\/|node:|\0)/.test(source)) return undefined;
  try {
    const url = import.meta.resolve(source);
    return url.startsWith('file:') ? fileURLToPath(url) : undefined;
  } catch {
    return undefined;
  }
}
