/**
 * `--check`: reads everything that the server holds and says what is wrong with it; nothing listens meanwhile. The result is one JSON object, which a
 * test holds beside the workstations' own.
 */
import { createHash } from 'node:crypto';
import type { Law } from '../shared/desk/ports.ts';
import { canonicalJson } from '../shared/kernel/canonical-json.ts';
import type { Doc } from '../shared/kernel/kind.ts';
import { sha256Hex } from './db/chain.ts';
import type { Db, Queryable } from './db/db.ts';
import { inOrganization } from './db/tenant.ts';
import { checkChain } from './check-chain.ts';
import type { ObjectStore } from './sync/object-store.ts';

export type CheckResult = {
  scopes: string[];
  /** Kind → id → SHA-256 of the document's RFC 8785 JSON; no deleted ones. */
  documents: Record<string, Record<string, string>>;
  /** How many DICOM instances there are, and the bytes of their datasets. */
  instances: number;
  bytes: number;
  /** The files that are there, by what they are of. */
  files: { sopInstanceUid: string; sha256: string }[];
  problems: string[];
};

/** Where a check looks: everywhere, or only at documents that travel in one of these scopes. */
export type CheckOptions = { scopes?: readonly string[] | undefined; organizationId?: string | undefined };

type DocumentRow = { kind: string; id: string; body: Doc; scopes: string[] };

/** Problems name kinds, ids and codes only. A file that has not come up yet is no problem: its document alone says so. */
export async function checkServer(db: Db, law: Law, objects: ObjectStore, options: CheckOptions): Promise<CheckResult> {
  const result: CheckResult = { scopes: [], documents: {}, instances: 0, bytes: 0, files: [], problems: [] };
  const scopes = new Set<string>();
  for (const organizationId of await organizationsToCheck(db, options)) {
    await inOrganization(
      db,
      organizationId,
      async (tx) => {
        result.problems.push(...(await checkChain(tx)));
        const documents = await readDocuments(tx, options.scopes);
        for (const document of documents) {
          for (const scope of document.scopes) scopes.add(scope);
          (result.documents[document.kind] ??= {})[document.id] = sha256Hex(canonicalJson(document.body));
          result.problems.push(...documentProblems(law, document));
        }
        await addFiles(tx, objects, organizationId, documents, result);
      },
      { snapshot: true },
    );
  }
  result.scopes = options.scopes ? [...options.scopes] : [...scopes].toSorted();
  const orderOf = (one: { sopInstanceUid: string; sha256: string }): string => `${one.sopInstanceUid} ${one.sha256}`;
  result.files.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return result;
}

/** `core` is a scope of every organization: with other scopes beside it, only those are meant that hold one of the others. */
async function organizationsToCheck(db: Db, { scopes, organizationId }: CheckOptions): Promise<string[]> {
  if (organizationId) return [organizationId];
  const all = (await db.query<{ id: string }>('select id from organizations order by created_at, id')).map(
    (row) => row.id,
  );
  const telling = scopes?.filter((scope) => scope !== 'core') ?? [];
  if (telling.length === 0) return all;
  const owners: string[] = [];
  for (const id of all) {
    const rows = await inOrganization(db, id, (tx) =>
      tx.query('select 1 from scope_members where scope = any($1::text[]) limit 1', [telling]),
    );
    if (rows.length > 0) owners.push(id);
  }
  return owners;
}

function readDocuments(tx: Queryable, scopes: readonly string[] | undefined): Promise<DocumentRow[]> {
  return tx.query<DocumentRow>(
    'select kind, id, body, scopes from documents where not deleted and ($1::text[] is null or scopes && $1::text[]) order by kind, id',
    [scopes ?? null],
  );
}

function documentProblems(law: Law, { kind, id, body, scopes }: DocumentRow): string[] {
  const spec = law.kinds[kind];
  if (!spec) return [`unknown-kind ${kind}/${id}`];
  if (!spec.schema.safeParse(body).success) return [`malformed ${kind}/${id}`];
  const expected = [...new Set(spec.scopes(body))].toSorted().join(' ');
  return scopes.toSorted().join(' ') === expected ? [] : [`wrong-scopes ${kind}/${id}`];
}

async function addFiles(
  tx: Queryable,
  objects: ObjectStore,
  organizationId: string,
  documents: readonly DocumentRow[],
  result: CheckResult,
): Promise<void> {
  for (const { body } of documents.filter((one) => one.kind === 'instance')) {
    const sha256 = String(body['datasetSha256']);
    result.instances += 1;
    result.bytes += Number(body['datasetBytes']);
    const found = await objects.find(organizationId, sha256);
    if (found) result.files.push({ sopInstanceUid: String(body['sopInstanceUid']), sha256 });
  }
  for (const { sha256 } of await tx.query<{ sha256: string }>('select sha256 from objects order by sha256')) {
    const found = await objects.find(organizationId, sha256);
    if (!found) result.problems.push(`missing-file ${sha256}`);
    else if ((await hashOf(objects, organizationId, sha256, found.bytes)) !== sha256)
      result.problems.push(`damaged-file ${sha256}`);
  }
}

async function hashOf(objects: ObjectStore, organizationId: string, sha256: string, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  if (bytes > 0)
    for await (const chunk of objects.read(organizationId, sha256, { start: 0, end: bytes - 1 }))
      hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
