/** Orders, images, reports and charts. */
import type { CommandCall } from '../../shared/desk/ports.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { blankHeader } from '../world/blank-header.ts';
import type { MakeCall } from './cases.ts';
import type { LawClinic } from './law-clinic.ts';

const uid = (clinic: LawClinic): string => `2.25.1${clinic.world.dice.digits(20)}`;

/** What a scanner sends: images of an order, or with null an object of no order that cannot be read. */
export async function scanOf(clinic: LawClinic, order: Doc | null): Promise<CommandCall> {
  const { world, scanner, call } = clinic;
  const studyInstanceUid = typeof order?.['studyInstanceUid'] === 'string' ? order['studyInstanceUid'] : uid(clinic);
  const instance = () => ({
    sopInstanceUid: uid(clinic),
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    datasetSha256: Array.from({ length: 64 }, () => world.dice.pick([...'0123456789abcdef'])).join(''),
    datasetBytes: world.dice.int(1000, 9000),
    callingAeTitle: 'CT1',
    receivedAtUtc: world.nowUtc(),
    header: order ? blankHeader({ studyInstanceUid, modality: 'CT' }) : null,
  });
  return call(scanner, 'imaging/receive', {
    studyInstanceUid,
    locationId: world.ids.locationId,
    deviceId: world.reference.devices.ct.id,
    instances: order ? [instance(), instance()] : [instance()],
  });
}

type Filed = { order: Doc; study: Doc; instance: Doc };

async function filed(clinic: LawClinic): Promise<Filed> {
  const order = await clinic.order();
  const [study, instance] = (await clinic.give(await scanOf(clinic, order))).docs;
  if (!study || !instance) throw new Error('no study');
  return { order, study, instance };
}

/** A study of no order, and an order that it may be linked to. */
async function stray(clinic: LawClinic): Promise<{ order: Doc; study: Doc }> {
  const order = await clinic.order();
  const elsewhere = { ...order, studyInstanceUid: uid(clinic) };
  const [study] = (await clinic.give(await scanOf(clinic, elsewhere))).docs;
  if (!study) throw new Error('no study');
  return { order, study };
}

const reportText = (words: string) => ({
  technique: '',
  findings: words,
  impression: 'normal',
  measurements: [],
  keyInstanceIds: [],
});

async function report(clinic: LawClinic, command: 'save-preliminary' | 'finalize'): Promise<Doc> {
  const { study } = await filed(clinic);
  const input = { reportId: null, studyId: study.id, text: reportText('clear lungs') };
  return clinic.made(clinic.call(clinic.people.doctor, `reports/${command}`, input));
}

const lengthOn = ({ study, instance }: Filed) => ({
  studyId: study.id,
  instanceId: instance.id,
  frame: 1,
  tool: 'length',
  points: [
    { x: 1, y: 1 },
    { x: 4, y: 5 },
  ],
  lengthTenthsMm: 50,
  lengthPx: 5,
});

export const clinicalCases: Record<string, MakeCall> = {
  'orders/set-status': async ({ people, call, order }) => {
    const seen = await order();
    const input = { orderId: seen.id, status: 'completed' };
    return call(people.technician, 'orders/set-status', input, { kind: 'imagingOrder', seen: [seen] });
  },
  'imaging/receive': async (clinic) => scanOf(clinic, await clinic.order()),
  'imaging/link-study': async (clinic) => {
    const { order, study } = await stray(clinic);
    const input = { studyId: study.id, orderId: order.id };
    return clinic.call(clinic.people.technician, 'imaging/link-study', input, { kind: 'study', seen: [study] });
  },
  'imaging/file-instances': async (clinic) => {
    const { order, study } = await stray(clinic);
    const link = { studyId: study.id, orderId: order.id };
    await clinic.give(
      clinic.call(clinic.people.technician, 'imaging/link-study', link, { kind: 'study', seen: [study] }),
    );
    // One that came in while the link was on its way is still nobody's.
    const late = await clinic.there.reader.find('instance', 'byStudy', { prefix: `${study.id}/` });
    const [first] = late;
    if (!first) throw new Error('no instance');
    const nobodys = { ...first, id: clinic.world.newId(), patientId: null, sopInstanceUid: uid(clinic) };
    await clinic.world.plant('instance', nobodys);
    await clinic.world.sync(clinic.here);
    return clinic.call(clinic.scanner, 'imaging/file-instances', { studyId: study.id, instanceIds: [nobodys.id] });
  },
  'imaging/record-sent-name': async (clinic) => {
    const order = await clinic.order();
    const input = { orderId: order.id, deviceId: clinic.world.reference.devices.ct.id, name: 'NAME^GIVEN' };
    return clinic.call(clinic.scanner, 'imaging/record-sent-name', input);
  },
  'imaging/measure': async (clinic) =>
    clinic.call(clinic.people.doctor, 'imaging/measure', lengthOn(await filed(clinic))),
  'imaging/remove-measurement': async (clinic) => {
    const { people, call, made } = clinic;
    const seen = await made(call(people.doctor, 'imaging/measure', lengthOn(await filed(clinic))));
    const input = { measurementId: seen.id };
    return call(people.doctor, 'imaging/remove-measurement', input, { kind: 'measurement', seen: [seen] });
  },
  'reports/save-preliminary': async (clinic) => {
    const seen = await report(clinic, 'save-preliminary');
    const input = { reportId: seen.id, studyId: seen['studyId'], text: reportText('a small nodule') };
    return clinic.call(clinic.people.doctor, 'reports/save-preliminary', input, { kind: 'report', seen: [seen] });
  },
  'reports/finalize': async (clinic) => {
    const { study } = await filed(clinic);
    const input = { reportId: null, studyId: study.id, text: reportText('clear lungs') };
    return clinic.call(clinic.people.doctor, 'reports/finalize', input);
  },
  'reports/add-addendum': async (clinic) => {
    const { id } = await report(clinic, 'finalize');
    return clinic.call(clinic.people.doctor, 'reports/add-addendum', {
      reportId: id,
      text: 'The left, not the right.',
    });
  },
  'charting/save-encounter': async ({ people, call, visit, world }) => {
    const seen = await visit();
    const input = {
      encounterId: seen.id,
      note: { text: 'Cough for two weeks.', replaces: null },
      vitals: { pulsePerMin: 72, confirmed: [] },
      prescriptions: [
        {
          drug: 'Paracetamol',
          dose: '500',
          doseUnit: 'mg',
          route: 'oral',
          frequency: '3 a day',
          durationDays: 3,
          instructions: '',
          allergyReason: null,
        },
      ],
      services: [{ serviceId: world.reference.services.consult.id, quantity: 2 }],
      complete: true,
    };
    return call(people.doctor, 'charting/save-encounter', input, { kind: 'encounter', seen: [seen] });
  },
  'documents/file': async (clinic) => {
    const doc = await report(clinic, 'finalize');
    return clinic.call(clinic.people.doctor, 'documents/file', {
      patientId: doc['patientId'],
      template: 'report',
      ofKind: 'report',
      ofId: doc.id,
      locale: 'en',
      sha256: 'a'.repeat(64),
      bytes: 1234,
    });
  },
};
