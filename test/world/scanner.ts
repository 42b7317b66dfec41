/** A scanner as an independent peer: DCMTK's own programs on loopback. */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runProgram } from './services.ts';

export type WorklistAnswer = Record<string, string>;
const dcmtk = { TCP_NODELAY: '1' };

/** What images carry of the step that they were made for (PS3.4 K.6). */
const IDENTITY = ['PatientName', 'PatientID', 'PatientBirthDate', 'PatientSex', 'AccessionNumber', 'StudyInstanceUID'];
const KEYS = [...IDENTITY, 'RequestedProcedureID', 'RequestedProcedureDescription'];

/** The identity of a worklist step, for `prepareImages`; a scanner also takes over the character set of its names. */
export const identityOf = (step: WorklistAnswer | undefined): Record<string, string> =>
  Object.fromEntries(['SpecificCharacterSet', ...IDENTITY].map((keyword) => [keyword, step?.[keyword] ?? '']));

/** Asks for the worklist as scanner `aeTitle`; answers by keyword, in the order that they came. */
export async function findWorklist(
  port: number,
  aeTitle: string,
  extra: string[] = [],
  workDir = '',
): Promise<WorklistAnswer[]> {
  const outDir = join(workDir, `worklist-${crypto.randomUUID()}`);
  mkdirSync(outDir, { recursive: true });
  const keys = [
    ...KEYS,
    'ScheduledProcedureStepSequence[0].Modality',
    'ScheduledProcedureStepSequence[0].ScheduledStationAETitle',
    'ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartDate',
    'ScheduledProcedureStepSequence[0].ScheduledProcedureStepID',
    ...extra,
  ];
  const args = [
    '-W',
    '-aet',
    aeTitle,
    '-aec',
    'PRAXIS',
    '-X',
    '-od',
    outDir,
    ...keys.flatMap((key) => ['-k', key]),
    '127.0.0.1',
    String(port),
  ];
  const asked = await runProgram('findscu', args, dcmtk);
  if (asked.code !== 0) throw new Error(`findscu: ${asked.stderr}`);
  const answers: WorklistAnswer[] = [];
  for (const file of readdirSync(outDir).toSorted()) answers.push(await dumpOf(join(outDir, file)));
  return answers;
}

/** The elements of a DICOM file that are text, by DCMTK's keyword. */
export async function dumpOf(file: string): Promise<Record<string, string>> {
  const { stdout } = await runProgram('dcmdump', ['+L', '-Un', file]);
  const found = stdout.matchAll(
    /^\s*\([0-9a-f]{4},[0-9a-f]{4}\) \w\w (?:\[(.*)\]|\(no value available\)|=?\S+)\s+#\s+[^ ]+ *,? *[^ ]* *\d* ?(\w+)$/gm,
  );
  return Object.fromEntries([...found].map((match) => [match[2] ?? '', (match[1] ?? '').trim()]));
}

/** Copies of sample files with an order's identity, made by dcmodify; other UIDs where `newUids`. */
export async function prepareImages(
  files: string[],
  identity: Record<string, string>,
  workDir: string,
): Promise<string[]> {
  mkdirSync(workDir, { recursive: true });
  const copies = files.map((file, i) => {
    const copy = join(workDir, `${i}-${basename(file)}`);
    copyFileSync(file, copy);
    return copy;
  });
  const edits = Object.entries(identity).flatMap(([keyword, value]) => ['-i', `${keyword}=${value}`]);
  for (const copy of copies) {
    const result = await runProgram('dcmodify', ['-nb', '-ie', '-gin', ...edits, copy]);
    if (result.code !== 0) throw new Error(`dcmodify ${basename(copy)}: ${result.stderr}`);
  }
  return copies;
}

/** Sends files as they are (never decompressed); fails unless every one was taken. */
export async function sendImages(port: number, aeTitle: string, files: string[]): Promise<void> {
  const result = await runProgram(
    'dcmsend',
    ['-aet', aeTitle, '-aec', 'PRAXIS', '--decompress-never', '-v', '127.0.0.1', String(port), ...files],
    dcmtk,
  );
  const said = `${result.stdout}${result.stderr}`;
  const stored = /with status SUCCESS\s*:\s*(\d+)/.exec(said)?.[1];
  if (result.code !== 0 || Number(stored) !== files.length) throw new Error(`dcmsend: ${said.slice(-1500)}`);
}
