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

const samples = process.env['PRAXIS_SAMPLES'] ?? '';

describe.skipIf(samples === '')('the sample tree', () => {
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

  it('is read without a crash, and each verdict is told', async () => {
    const files = readdirSync(samples, { recursive: true, encoding: 'utf8' })
      .map((name) => join(samples, name))
      .filter((path) => statSync(path).isFile() && !path.endsWith('.md'));
    const verdicts: Record<string, string> = {};
    for (const path of files) {
      const { result, transferSyntaxUid } = await parse(path);
      const name = relative(samples, path);
      if (!result.ok) {
        verdicts[name] = result.reason;
        continue;
      }
      const verdict = drawable(result.header, transferSyntaxUid);
      verdicts[name] = verdict.drawable ? 'drawn' : verdict.reason;
    }
    if (process.env['PRAXIS_SHOW'] !== undefined) console.log(JSON.stringify(verdicts, null, 1));
    expect(files.length).toBeGreaterThan(150);
    expect(Object.values(verdicts)).not.toContain('crashed');
    expect(Object.values(verdicts)).not.toContain('timeout');
    // DCMTK finds an invalid tag in GH364 too.
    expect(
      Object.entries(verdicts).filter(
        ([name, verdict]) => verdict === 'unreadable' && !name.startsWith('broken/') && name !== 'us/GH364.dcm',
      ),
    ).toEqual([]);
    expect(verdicts).toMatchObject({
      'ct-series-ge/01.dcm': 'drawn',
      'broken/MR_truncated.dcm': 'pixel_data_cut',
      'mr/ebe.dcm': 'drawn',
      'us/DIRW0007': 'drawn',
      'codecs/SC_rgb_rle_16bit_2frame.dcm': 'bits_not_proven',
      'codecs/image_dfl.dcm': 'transfer_syntax_not_proven',
      'codecs/693_J2KI.dcm': 'drawn',
      'us/gdcm-US-ALOKA-16.dcm': 'colour_not_proven',
      'sr/test-SR.dcm': 'no_pixel_data',
      'broken/JPEG2000-embedded-sequence-delimiter.dcm': 'delimiter_inside_stream',
    });
  });
});
