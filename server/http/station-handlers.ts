import type { z } from 'zod';
import { LAW_VERSION } from '../../shared/kernel/change-set.ts';
import {
  type enrolRequestSchema,
  type helloAnswerSchema,
  type helloRequestSchema,
  MIN_PROTOCOL_VERSION,
  PROTOCOL_VERSION,
  type readsRequestSchema,
  type setUpRequestSchema,
} from '../../shared/sync/protocol.ts';
import { readHead } from '../db/cabinet.ts';
import { onlyRow } from '../db/db.ts';
import { inOrganization } from '../db/tenant.ts';
import { setUpServer } from '../first-run.ts';
import { createContacts } from '../stations/contact.ts';
import { backedUpThrough } from '../backups.ts';
import { enrolStation } from '../stations/enrol.ts';
import { readVerifiers } from '../sync/station-people.ts';
import { storeReads } from '../sync/station-reads.ts';
import { limitAttempts } from './account-handlers.ts';
import { problem } from './errors.ts';
import { handle, type Handler } from './request.ts';

/** Enrolments a minute from one address: a code cannot be found by trying. */
const ENROLMENTS_PER_ADDRESS = 20;

const speaks = (protocolVersion: number): boolean =>
  protocolVersion >= MIN_PROTOCOL_VERSION && protocolVersion <= PROTOCOL_VERSION;

/** What a station seals its key to, asked before it enrols; public as every public key is. */
const escrowKey = handle(async ({ deps }) => Response.json({ escrowPublicKey: deps.escrowPublicKey }));

const enrol = handle<z.infer<typeof enrolRequestSchema>>(async ({ deps, body, remoteAddress }) => {
  const limited = await limitAttempts(deps, `enrol/${remoteAddress}`, ENROLMENTS_PER_ADDRESS);
  if (limited) return limited;
  if (!speaks(body.protocolVersion)) return problem('version');
  const answer = await enrolStation(deps.deskDeps, body, deps.escrowPublicKey);
  if (!answer) return problem('enrol-code-invalid');
  deps.log('info', 'station-enrolled', { stationId: answer.stationId, organizationId: answer.organizationId });
  return Response.json(answer, { status: 201 });
});

/** Compares versions and clocks; a second live copy of the station shows here. */
const hello = handle<z.infer<typeof helloRequestSchema>>(async ({ deps, body, station }) => {
  if (!speaks(body.protocolVersion)) return problem('version');
  return inOrganization(deps.db, station.organizationId, async (tx) => {
    const contacts = createContacts(deps.accessTokenSecret);
    const { contact, token } = await contacts.renew(tx, station.stationId, body.contactToken);
    if (contact === 'put-back') deps.log('alarm', 'server-put-back', { stationId: station.stationId });
    if (contact === 'second-copy') {
      deps.log('alarm', 'second-copy', { stationId: station.stationId });
      return problem('second-copy');
    }
    const row = onlyRow(
      await tx.query<{ last_seq: number }>('select last_seq from stations where id = $1', [station.stationId]),
    );
    const answer: z.infer<typeof helloAnswerSchema> = {
      protocolVersion: PROTOCOL_VERSION,
      minProtocolVersion: MIN_PROTOCOL_VERSION,
      lawVersion: LAW_VERSION,
      serverTimeUtc: deps.nowUtc(),
      contactToken: token,
      stationSeq: row.last_seq,
      head: await readHead(tx),
      backedUpThrough: await backedUpThrough(tx, deps.backupFile, station.organizationId),
    };
    return Response.json(answer);
  });
});

/** When each station was last heard of, for whoever looks after them. */
const contacts = handle(async ({ deps, station }) => {
  const rows = await inOrganization(deps.db, station.organizationId, (tx) =>
    tx.query<{ id: string; last_contact_at: Date }>(
      'select id, last_contact_at from stations where last_contact_at is not null',
    ),
  );
  return Response.json({
    contacts: Object.fromEntries(rows.map((row) => [row.id, row.last_contact_at.toISOString()])),
  });
});

const verifiers = handle(async ({ deps, station }) => {
  const list = await inOrganization(deps.db, station.organizationId, (tx) => readVerifiers(tx, station.locationId));
  return Response.json({ verifiers: list });
});

const reads = handle<z.infer<typeof readsRequestSchema>>(async ({ deps, body, station }) => {
  const seq = await inOrganization(deps.db, station.organizationId, (tx) =>
    storeReads(tx, station.organizationId, station.stationId, body.reads),
  );
  return Response.json({ seq });
});

const setUp = handle<z.infer<typeof setUpRequestSchema>>(async ({ deps, body }) => {
  const done = await setUpServer(deps.deskDeps, body);
  if (done.ok) return Response.json(done.value, { status: 201 });
  return done.error === 'already-set-up'
    ? problem('already-set-up')
    : problem('validation-failed', { fields: done.error });
});

export const stationHandlers: Readonly<Record<string, Handler>> = {
  'POST /sync/v1/set-up': setUp,
  'GET /sync/v1/escrow-key': escrowKey,
  'POST /sync/v1/enrol': enrol,
  'POST /sync/v1/hello': hello,
  'GET /sync/v1/verifiers': verifiers,
  'GET /sync/v1/contacts': contacts,
  'POST /sync/v1/reads': reads,
};
