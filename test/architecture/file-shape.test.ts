import { expect, it } from 'vitest';
import { isTest, readSourceFiles } from './source-files.ts';

const files = readSourceFiles();

/** Tools that are configured by a default export. */
const isToolConfig = (path: string): boolean => /(?:^|\/)(?:vite|vitest)\.config\.ts$/.test(path);

it('no file is longer than 400 lines, no test longer than 600', () => {
  const tooLong = files.filter((file) => file.lineCount > (isTest(file.path) ? 600 : 400));
  expect(tooLong.map((file) => `${file.path}: ${file.lineCount}`)).toEqual([]);
});

it('reports the median and the files over 250 lines', () => {
  const sources = files.filter((file) => !isTest(file.path)).toSorted((a, b) => b.lineCount - a.lineCount);
  const median = sources[Math.floor(sources.length / 2)]?.lineCount ?? 0;
  const long = sources.filter((file) => file.lineCount > 250).map((file) => `${file.path} ${file.lineCount}`);
  console.info(`${sources.length} files, median ${median} lines, over 250: ${long.join(', ') || 'none'}`);
  expect(median).toBeLessThanOrEqual(90);
});

it('no default exports', () => {
  const wrong = files.filter((file) => !isToolConfig(file.path) && /^export default\b|\bas default\b/m.test(file.text));
  expect(wrong.map((file) => file.path)).toEqual([]);
});

it('no folder or file called utils or helpers, no barrel files, names in kebab case', () => {
  const wrong = files.filter(({ path }) => {
    const names = path.split('/').map((name) => name.replace(/(?:\.(?:test|config|bench))?\.tsx?$/, ''));
    return names.some((name) => /^(?:utils?|helpers?|index)$/.test(name) || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name));
  });
  expect(wrong.map((file) => file.path)).toEqual([]);
});
