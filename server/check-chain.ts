import { chainHash, saltedHash, sha256Hex } from './db/chain.ts';
import { readHead } from './db/cabinet.ts';
import type { Queryable } from './db/db.ts';

type LinkRow = {
  number: number;
  id: string;
  station_id: string;
  station_seq: number;
  author_id: string;
  command: string;
  result: string;
  body: string | null;
  body_sha256: string;
  salt: string;
  salted_hash: string;
  chain_hash: string;
};

const PAGE = 500;

/** Follows the organization's log from its beginning; a body that was erased is no problem, one that was altered is. */
export async function checkChain(tx: Queryable): Promise<string[]> {
  const problems: string[] = [];
  let previous = { number: 0, hash: '' };
  for (;;) {
    const rows = await tx.query<LinkRow>('select * from change_sets where number > $1 order by number limit $2', [
      previous.number,
      PAGE,
    ]);
    for (const row of rows) {
      problems.push(...linkProblems(row, previous));
      previous = { number: row.number, hash: row.chain_hash };
    }
    if (rows.length < PAGE) break;
  }
  const head = await readHead(tx);
  if (head.number !== previous.number || head.hash !== previous.hash) problems.push(`head-differs ${head.number}`);
  return problems;
}

function linkProblems(row: LinkRow, previous: { number: number; hash: string }): string[] {
  const problems: string[] = [];
  if (row.number !== previous.number + 1) problems.push(`number-missing ${previous.number + 1}`);
  const isAltered =
    row.body !== null &&
    (saltedHash(row.salt, row.body) !== row.salted_hash || sha256Hex(row.body) !== row.body_sha256);
  if (isAltered) problems.push(`body-altered ${row.number}`);
  const hash = chainHash(previous.hash, {
    number: row.number,
    id: row.id,
    stationId: row.station_id,
    stationSeq: row.station_seq,
    authorId: row.author_id,
    command: row.command,
    result: row.result,
    saltedHash: row.salted_hash,
  });
  if (hash !== row.chain_hash) problems.push(`chain-broken ${row.number}`);
  return problems;
}
