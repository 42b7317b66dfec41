import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/kernel/canonical-json.ts';

export const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Salted, so that a body that was erased cannot be guessed back from the chain. `salt` is hex. */
export const saltedHash = (salt: string, body: string): string => sha256Hex(`${salt}:${body}`);

/** What the chain covers beside the body. */
export type ChainLink = {
  number: number;
  id: string;
  stationId: string;
  stationSeq: number;
  authorId: string;
  command: string;
  result: string;
  saltedHash: string;
};

/** Hash of one link: SHA-256 over the hash before it and the link's canonical JSON. The hash before the first link is ''. */
export function chainHash(previous: string, link: ChainLink): string {
  return sha256Hex(`${previous}\n${canonicalJson(link)}`);
}
