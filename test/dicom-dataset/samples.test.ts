import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createObjectEncryptor } from '../../main/vault/object-cipher.ts';
import { createParser } from '../../main/parser/pool.ts';
import { createForkedProcesses } from '../../main/shell/forked-process.ts';
import { drawable } from '../../shared/imaging/drawable.ts';
import { formatPersonName } from '../../shared/imaging/pn.ts';
import { readPart10 } from './part10-file.ts';
import { sampleVerdicts } from './sample-verdicts.ts';

const allSamples = process.env['PRAXIS_SAMPLES'] ?? '';
/** All sample files where there are, else those of the repository. */
const samples = allSamples || join(import.meta.dirname, '../samples/dicom');

describe('the sample tree', () => {
  const processes = createForkedProcesses();
  const folder = mkdtempSync(join(tmpdir(), 'praxis-samples-'));
  const key = new Uint8Array(32).fill(3);
  const parser = createParser({ startProcess: processes.start });
  afterAll(async () => {
    parser.close();
    await processes.endAll();
    rmSync(folder, { recursive: true });
  });

  async function parse(path: string) {
    const { transferSyntaxUid, dataset } = readPart10(path);
    const objectPath = join(folder, 'object');
    const encryptor = createObjectEncryptor(key);
    writeFileSync(objectPath, Buffer.concat([encryptor.header, ...encryptor.push(dataset), encryptor.end()]));
    return { transferSyntaxUid, result: await parser.parse({ objectPath, key, transferSyntaxUid }) };
  }

  it.each([
    ['chrArab', 'قباني^لنزار'],
    ['chrFren', 'Buc^Jérôme'],
    ['chrGerm', 'Äneas^Rüdiger'],
    ['chrH31', 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ['chrKoreanMulti', '김희중'],
    ['chrRuss', 'Люкceмбypг'],
    ['chrX1', 'Wang^XiaoDong=王^小東'],
  ])('%s is %s', async (file, name) => {
    const { result } = await parse(join(samples, 'charset', `${file}.dcm`));
    expect(result.ok && formatPersonName(result.header.patientName)).toBe(name);
  });

  it('is read without a crash, and each file is drawn or says why not', async () => {
    const files = readdirSync(samples, { recursive: true, encoding: 'utf8' })
      .map((name) => join(samples, name))
      .filter((path) => statSync(path).isFile() && !path.endsWith('.md'));
    const verdicts: Record<string, string> = {};
    for (const path of files) {
      const { result, transferSyntaxUid } = await parse(path);
      const verdict = result.ok ? drawable(result.header, transferSyntaxUid) : { ...result, drawable: false as const };
      verdicts[relative(samples, path)] = verdict.drawable ? 'drawn' : verdict.reason;
    }
    const names = Object.keys(verdicts);
    expect(verdicts).toEqual(Object.fromEntries(names.map((name) => [name, verdictOf(name)])));
    // No line stands for a file that is gone; the repository has a few of them, and one folder of its own.
    const unused = [...sampleVerdicts.keys()].filter((line) => !names.some((name) => name.startsWith(line)));
    if (allSamples !== '') expect(unused.filter((line) => !line.startsWith('ct-syntaxes/'))).toEqual([]);
  });
});

const verdictOf = (name: string): string | undefined =>
  sampleVerdicts.get(name) ?? sampleVerdicts.get(`${name.split('/')[0]}/`);
