import type { CommandCall } from '../../../shared/desk/ports.ts';
import { automaticPermissions } from '../../../shared/access/permissions.ts';
import type { Device } from '../../../shared/devices/schema.ts';
import type { Instance, Study } from '../../../shared/imaging/schema.ts';
import { LINK_BATCH } from '../../../shared/imaging/commands.ts';
import { exactly } from '../../../shared/kernel/reader.ts';
import type { ImagingOrder } from '../../../shared/orders/schema.ts';
import type { DoorEvent } from '../../dicom/ports.ts';
import type { Cabinet } from '../../cabinet/cabinet.ts';
import type { StationDesk } from '../desk/station-desk.ts';
import type { StudyBatch } from './drain.ts';
import { inferStages } from './infer-stages.ts';

export type ImagingDeskParts = {
  cabinet: Cabinet;
  desk: StationDesk;
  stationId: string;
  locationId: string;
  nowMs: () => number;
};

/** What the station does at the desk by itself for its scanners: file, move the rest of a linked study, infer, remember names. */
export function createImagingDesk({ cabinet, desk, stationId, locationId, nowMs }: ImagingDeskParts) {
  const { reader } = cabinet;
  const author = { id: stationId, name: '', permissions: automaticPermissions, automatic: true };
  const run = (name: string, input: CommandCall['input']) =>
    desk.run({ name, input, author, seen: {}, reason: null }, 'scanner');
  const received = cabinet.db.prepare('select 1 from received where sha256 = ?');
  const isReceivedHere = (sha256: string): boolean => received.get(sha256) !== undefined;
  const deviceOf = async (aeTitle: string): Promise<Device | undefined> =>
    (await reader.find<Device>('device', 'byAeTitle', exactly(aeTitle)))[0];

  return {
    fileBatch: async (batch: StudyBatch): Promise<void> => {
      const device = await deviceOf(batch.callingAeTitle);
      const { studyInstanceUid, instances } = batch;
      const answer = await run('imaging/receive', {
        studyInstanceUid,
        locationId,
        deviceId: device?.id ?? null,
        instances,
      });
      if (!answer.ok) throw new Error(`imaging/receive refused: ${answer.error[0]?.law ?? ''}`);
    },
    /** Objects that still lie outside their linked study's patient follow it. */
    fileRest: async (studyId: string): Promise<void> => {
      const study = await reader.get<Study>('study', studyId);
      if (study?.state !== 'linked' || !study.patientId) return;
      const all = await reader.find<Instance>('instance', 'byStudy', { prefix: `${studyId}/` });
      const rest = all.filter((one) => one.patientId !== study.patientId).map((one) => one.id);
      for (let i = 0; i < rest.length; i += LINK_BATCH)
        await run('imaging/file-instances', { studyId, instanceIds: rest.slice(i, i + LINK_BATCH) });
    },
    infer: async (): Promise<void> => {
      for (const one of await inferStages(reader, locationId, new Date(nowMs()).toISOString(), isReceivedHere))
        await run('waiting-room/infer', one);
    },
    noteWorklistQuery: async (event: Extract<DoorEvent, { kind: 'worklistQuery' }>): Promise<void> => {
      const device = await deviceOf(event.callingAeTitle);
      if (!device) return;
      const put = cabinet.db.prepare(
        'insert into worklist_queries(device_id, body) values(?, ?) on conflict do update set body = excluded.body',
      );
      put.run(device.id, JSON.stringify(event));
      const range = { from: `${locationId}/`, to: `${locationId}/~` };
      const open = await reader.find<ImagingOrder>('imagingOrder', 'open', range);
      for (const [stepId, name] of Object.entries(event.sentNames)) {
        const order = open.find((one) => one.stepId === stepId);
        if (!order || order.sentNames.some((one) => one.deviceId === device.id && one.name === name)) continue;
        await run('imaging/record-sent-name', { orderId: order.id, deviceId: device.id, name });
      }
    },
    lastQuery: (deviceId: string): unknown => {
      const body = cabinet.db.prepare('select body from worklist_queries where device_id = ?').pluck().get(deviceId) as
        | string
        | undefined;
      return body === undefined ? null : JSON.parse(body);
    },
  };
}
