import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** One known file of the renderer's build. */
export type BuildFile = { contentType: string; read(): Promise<Uint8Array> };

/** URL path (`/assets/x.js`) → file. Nothing outside this list is ever served, so no path is built from a URL. */
export type BuildManifest = ReadonlyMap<string, BuildFile>;

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
};

/** Lists a build folder once, at start; files of an unknown kind (source maps, notes) are left out. Throws if the folder can't be read. */
export const readRendererBuild = async (folder: string): Promise<BuildManifest> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const manifest = new Map<string, BuildFile>();
  for (const entry of entries) {
    const contentType = contentTypes[extname(entry.name).toLowerCase()];
    if (!entry.isFile() || contentType === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    const urlPath = `/${relative(folder, file).split(sep).join('/')}`;
    manifest.set(urlPath, { contentType, read: () => readFile(file) });
  }
  return manifest;
};
