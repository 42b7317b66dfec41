/**
 * The address of a process or worker entry beside a module, in the form that the module itself runs in: TypeScript under Node's
 * type stripping in development and tests, JavaScript in `dist/`. The compiler rewrites import statements but not strings, so a
 * literal `new URL('./process.ts', import.meta.url)` would point at nothing once built. Pure text: no `URL`, no file access.
 *
 * `siblingEntry('file:///p/dist/main/main.js', './station/process')` is `file:///p/dist/main/station/process.js`.
 *
 * @param moduleUrl the caller's `import.meta.url`
 * @param relativePath starts with `./` or `../`, names the entry without extension
 * @returns an absolute URL as text; give it to `new URL(...)`
 * @throws when the path is not relative or the caller is neither TypeScript nor JavaScript: a mistake in the code
 */
export function siblingEntry(moduleUrl: string, relativePath: string): string {
  if (!/^\.\.?\//.test(relativePath)) throw new Error(`siblingEntry: '${relativePath}' must start with ./ or ../`);
  const bareUrl = moduleUrl.replace(/[?#].*$/, '');
  const extension = /\.(?:ts|js)$/.exec(bareUrl)?.[0];
  if (extension === undefined) throw new Error('siblingEntry: the calling module is neither .ts nor .js');
  const segments = bareUrl.split('/').slice(0, -1);
  for (const segment of relativePath.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.') segments.push(segment);
  }
  return `${segments.join('/')}${extension}`;
}
