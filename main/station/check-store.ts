import { createHash } from 'node:crypto';
import { kinds } from '../../shared/collections.ts';
import { canonicalJson } from '../../shared/kernel/canonical-json.ts';
import type { Cabinet } from '../cabinet/cabinet.ts';
import type { FileVault } from '../vault/file-vault.ts';
import { readPieces } from '../vault/file-vault.ts';
import type { SetLog } from '../cabinet/set-log.ts';

export type CheckReport = {
  scopes: string[];
  documents: Record<string, Record<string, string>>;
  instances: number;
  bytes: number;
  files: Array<{ sopInstanceUid: string; sha256: string }>;
  problems: string[];
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The loud check of a whole station: every document against its schema, every file against its hash, the set log's chain, and
 * SQLite's own. What was acknowledged to a scanner counts, also what was not read yet.
 */
export async function checkStore(cabinet: Cabinet, vault: FileVault, log: SetLog): Promise<CheckReport> {
  const problems: string[] = [];
  const integrity = cabinet.db.pragma('integrity_check', { simple: true });
  if (integrity !== 'ok') problems.push('store: integrity_check failed');
  const broken = log.verifyChain();
  if (broken !== null) problems.push(`log: chain broken at ${broken}`);
  const documents: CheckReport['documents'] = {};
  for (const kind of Object.values(kinds)) {
    const hashes: Record<string, string> = {};
    const keyed = new Set(cabinet.allIds(kind.kind));
    for await (const doc of cabinet.questions.every(kind.kind)) {
      const isKeyed = keyed.delete(doc.id);
      if (!kind.schema.safeParse(doc).success) problems.push(`${kind.kind}/${doc.id}: does not fit its schema`);
      else if (!isKeyed) problems.push(`${kind.kind}/${doc.id}: document without key`);
      else hashes[doc.id] = sha256(canonicalJson(doc));
    }
    for (const id of keyed) problems.push(`${kind.kind}/${id}: key without document`);
    documents[kind.kind] = hashes;
  }
  const files = await checkFiles(cabinet, vault, problems);
  const scopes = cabinet.db
    .prepare("select scope from scopes where state = 'held' order by scope")
    .pluck()
    .all() as string[];
  return {
    scopes,
    documents,
    instances: files.length,
    bytes: files.reduce((sum, one) => sum + one.bytes, 0),
    files: files.map(({ sopInstanceUid, sha256: hash }) => ({ sopInstanceUid, sha256: hash })),
    problems,
  };
}

type Named = { sopInstanceUid: string; sha256: string; bytes: number };

async function checkFiles(cabinet: Cabinet, vault: FileVault, problems: string[]): Promise<Named[]> {
  const named = new Map<string, Named>();
  for await (const doc of cabinet.questions.every('instance')) {
    const one = {
      sopInstanceUid: String(doc['sopInstanceUid']),
      sha256: String(doc['datasetSha256']),
      bytes: Number(doc['datasetBytes']),
    };
    named.set(`${one.sopInstanceUid} ${one.sha256}`, one);
  }
  const received = cabinet.db.prepare('select body from received where filed = 0').pluck().all() as string[];
  for (const body of received) {
    const { sopInstanceUid, datasetSha256, datasetBytes } = JSON.parse(body) as {
      sopInstanceUid: string;
      datasetSha256: string;
      datasetBytes: number;
    };
    named.set(`${sopInstanceUid} ${datasetSha256}`, { sopInstanceUid, sha256: datasetSha256, bytes: datasetBytes });
  }
  for (const row of vault.all()) {
    const problem = await checkFile(vault, row.sha256);
    if (problem) problems.push(`file ${row.sha256}: ${problem}`);
  }
  const missing = [...named.values()].filter((one) => !vault.get(one.sha256));
  for (const one of missing) problems.push(`file ${one.sha256}: not here`);
  const orderOf = (one: Named): string => `${one.sopInstanceUid} ${one.sha256}`;
  return [...named.values()].toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

async function checkFile(vault: FileVault, hash: string): Promise<string | undefined> {
  const row = vault.get(hash);
  const opened = row && (await vault.open(row));
  if (!opened?.ok) return opened?.code ?? 'not here';
  const digest = createHash('sha256');
  try {
    for await (const piece of readPieces(opened.object)) digest.update(piece);
  } catch {
    return 'damaged';
  }
  return digest.digest('hex') === hash ? undefined : 'other bytes than its name says';
}
