import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');

/**
 * Builds `preload/preload.ts` into one CommonJS file that requires only `electron`: the sandbox gives a preload no other
 * module. Resolves to the file's path; rejects when the build fails.
 */
export const buildPreload = async (outDir: string = join(root, 'dist', 'preload')): Promise<string> => {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: false,
      minify: false,
      target: 'chrome156',
      lib: { entry: join(root, 'preload', 'preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      rollupOptions: { external: ['electron'] },
    },
  });
  return join(outDir, 'preload.cjs');
};

if (import.meta.main) console.log(await buildPreload());
