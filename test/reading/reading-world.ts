/** A reading station in memory: the real views and commands over documents whose headers were read from real files. */
import { join } from 'node:path';
import { permissionsOf } from '../../shared/access/permissions.ts';
import { readHeader } from '../../main/parser/read-header.ts';
import { commands } from '../../shared/commands.ts';
import { LAW_VERSION } from '../../shared/kernel/change-set.ts';
import { idSchema, uuidV7 } from '../../shared/kernel/id.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { views } from '../../shared/views.ts';
import { readPart10 } from '../dicom-dataset/part10-file.ts';
import { createMemoryReader } from '../world/memory-reader.ts';

let counter = 1;
export const newId = (): string => {
  counter += 1;
  return idSchema.parse(
    uuidV7(
      Date.now(),
      Uint8Array.from({ length: 10 }, (_, at) => (counter >> (at * 2)) % 256),
    ),
  );
};
/** Those of `renderer/bridge/fake`: Dr Budi at Kemang. */
const sampleId = (last: number): string => `01940000-0000-7000-8000-${String(last).padStart(12, '0')}`;
export const doctorId = sampleId(901);
export const locationId = sampleId(800);
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

type PatientSeed = {
  written: [string, string];
  latin?: [string, string];
  number: string;
  born: string;
  sex: 'M' | 'F';
};

export function createReadingWorld(samples: string) {
  const reader = createMemoryReader({});
  const files = new Map<string, string>();
  reader.put('user', { id: doctorId, name: 'Dr Budi Santoso', username: 'budi' });
  reader.put('user', { id: sampleId(950), name: 'Dr Sari Wulandari', username: 'sari' });

  const addPatient = (seed: PatientSeed): string => {
    const id = newId();
    const form = ([family, given]: readonly [string, string]) => ({ family, given, text: '' });
    const none = form(['', '']);
    reader.put('patient', {
      id,
      recordNumber: seed.number,
      names: [
        { use: 'official', written: form(seed.written), latin: seed.latin ? form(seed.latin) : none, phonetic: none },
      ],
      sex: seed.sex,
      birthDate: seed.born,
      phones: [],
      email: '',
      address: '',
      identifiers: [],
      relations: [],
      allergyState: 'listed',
      allergies: [{ key: 'c', substance: 'Contrast media', reaction: '', severity: 'severe' }],
      alerts: [],
      tags: ['Diabetes'],
      language: 'id',
      active: true,
      mergedInto: null,
    });
    return id;
  };

  /** A linked study with these files as its objects; `minutes` since its first image. */
  const addStudy = async (seed: {
    patientId: string;
    procedure: string;
    modality: string;
    paths: readonly string[];
    minutes: number;
    urgent?: boolean;
    question?: string;
  }): Promise<string> => {
    const [id, orderId] = [newId(), newId()];
    const uid = `1.2.826.0.1.${counter}`;
    reader.put('imagingOrder', {
      id: orderId,
      appointmentId: null,
      patientId: seed.patientId,
      locationId,
      deviceId: sampleId(810),
      serviceId: sampleId(811),
      practitionerId: sampleId(950),
      accessionNumber: `K2-${String(counter).padStart(6, '0')}`,
      studyInstanceUid: uid,
      requestedProcedureId: 'P1',
      stepId: 'S1',
      procedure: seed.procedure,
      modality: seed.modality,
      question: seed.question ?? '',
      urgent: seed.urgent ?? false,
      scheduledAtUtc: minutesAgo(seed.minutes + 20),
      status: 'scheduled',
      sentNames: [],
    });
    reader.put('study', {
      id,
      studyInstanceUid: uid,
      locationId,
      deviceId: sampleId(810),
      state: 'linked',
      orderId,
      patientId: seed.patientId,
      encounterId: null,
      differs: [],
      marks: [],
      linkedBy: null,
      firstImageAtUtc: minutesAgo(seed.minutes),
    });
    for (const path of seed.paths) {
      const full = join(samples, path);
      const { transferSyntaxUid, dataset } = readPart10(full);
      const source = { length: dataset.length, read: async (a: number, b: number) => dataset.subarray(a, b) };
      const header = (await readHeader(source, transferSyntaxUid)) ?? null;
      const instanceId = newId();
      files.set(instanceId, full);
      reader.put('instance', {
        id: instanceId,
        studyId: id,
        locationId,
        patientId: seed.patientId,
        sopInstanceUid: header?.sopInstanceUid ?? '',
        sopClassUid: header?.sopClassUid ?? '',
        transferSyntaxUid,
        datasetSha256: '0'.repeat(64),
        datasetBytes: dataset.length,
        callingAeTitle: 'CT1',
        receivedAtUtc: minutesAgo(seed.minutes),
        duplicateOf: null,
        header,
      });
    }
    return id;
  };

  const permissions = permissionsOf(['doctor']);
  const open = new Map<string, { name: string; params: Record<string, unknown> }>();
  const readView = async (name: string, params: Record<string, unknown>): Promise<unknown> => {
    const spec = Object.hasOwn(views, name) ? views[name as keyof typeof views] : undefined;
    if (!spec) return undefined;
    const read = spec.read as (a: unknown, b: unknown, c: unknown) => Promise<unknown>;
    const context = {
      nowUtc: new Date().toISOString(),
      userId: doctorId,
      permissions,
      locationId,
      stationId: sampleId(801),
      searchPatients: () => [],
    };
    return read(reader, spec.params.parse(params), context);
  };
  const runs: { name: string; input: Record<string, unknown>; seen: Record<string, Doc> }[] = [];
  const run = async (request: { name: string; input: Record<string, unknown>; seen: Record<string, Doc> }) => {
    runs.push(request);
    const spec = commands[request.name];
    if (!spec) throw new Error(request.name);
    const context = {
      nowUtc: new Date().toISOString(),
      author: { id: doctorId, name: 'Dr Budi Santoso', permissions, automatic: false },
      station: { id: sampleId(801), code: 'K2', locationId },
      reason: null,
      lawVersion: LAW_VERSION,
      newId,
      nextNumber: () => 'K2-000777',
    };
    const input = spec.input.parse(request.input);
    const decided = spec.decide(input, await spec.gather(reader, input, context), context);
    if (!decided.ok) return { ok: false, violations: decided.error };
    for (const draft of decided.value) {
      const before = await reader.get(draft.kind, draft.id);
      const seen = request.seen[`${draft.kind}/${draft.id}`];
      // As the desk: what a person changes must have been seen as it stands.
      if (before && draft.basis !== 'desk' && JSON.stringify(seen) !== JSON.stringify(before))
        throw new Error(`not seen: ${draft.kind}`);
      if (draft.next) reader.put(draft.kind, draft.next);
    }
    return { ok: true, setId: newId(), undoable: true, written: [], undone: null };
  };
  return { reader, files, addPatient, addStudy, readView, run, runs, open };
}
export type ReadingWorld = ReturnType<typeof createReadingWorld>;
