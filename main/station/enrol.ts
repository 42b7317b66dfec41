import type { StationProfile } from '../../shared/sync/protocol.ts';
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts';
import { LAW_VERSION } from '../../shared/kernel/change-set.ts';
import { createServerClient, OfflineError, ServerRefusedError } from '../sync/server-client.ts';
import type { Meta } from '../cabinet/own-tables.ts';
import type { StationIdentity } from './desk/identity.ts';
import { writeIdentity } from './desk/identity.ts';

export type EnrolFailure = { ok: false; code: string };

/** Enrols this station once, online, with a one-time code (design §6); the identity is on disk when this answers. */
export async function enrol(
  meta: Meta,
  asked: {
    serverUrl: string;
    code: string;
    stationName: string;
    profile: StationProfile;
    seal: (key: string) => Promise<string>;
  },
): Promise<{ ok: true; identity: StationIdentity } | EnrolFailure> {
  const client = createServerClient(asked.serverUrl, null);
  try {
    const { escrowPublicKey: sealedTo } = await client.escrowKey();
    const escrow = await asked.seal(sealedTo);
    const answer = await client.enrol({
      code: asked.code,
      stationName: asked.stationName,
      profile: asked.profile,
      protocolVersion: PROTOCOL_VERSION,
      lawVersion: LAW_VERSION,
      escrow,
    });
    const { escrowPublicKey, ...rest } = answer;
    const identity: StationIdentity = {
      ...rest,
      stationName: asked.stationName,
      profile: asked.profile,
      serverUrl: asked.serverUrl,
    };
    writeIdentity(meta, identity);
    meta.set('escrow-public-key', escrowPublicKey);
    if (escrowPublicKey === sealedTo) meta.set('escrow-sent', 'yes');
    return { ok: true, identity };
  } catch (error) {
    if (error instanceof ServerRefusedError) return { ok: false, code: error.code };
    if (error instanceof OfflineError) return { ok: false, code: 'server-unreachable' };
    throw error;
  }
}
