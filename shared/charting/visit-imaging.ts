import type { Device } from '../devices/schema.ts';
import type { Instance, Study } from '../imaging/schema.ts';
import type { Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import { ordersOfVisit } from '../orders/visit-of-order.ts';
import type { Encounter } from '../waiting-room/schema.ts';

/** A study of the visit with how many objects came, and when the last did. */
export type VisitStudy = { study: Study; images: number; lastImageAtUtc: string | null };
export type VisitOrder = { order: ImagingOrder; deviceName: string | null; studies: VisitStudy[] };

/** The imaging orders of a visit with their studies. */
export async function visitOrders(reader: Reader, encounter: Encounter): Promise<VisitOrder[]> {
  const orders = await ordersOfVisit(reader, encounter);
  const result: VisitOrder[] = [];
  for (const order of orders) {
    const device = await reader.get<Device>('device', order.deviceId);
    result.push({ order, deviceName: device?.name ?? null, studies: await studiesOf(reader, order.id) });
  }
  return result;
}

/** The studies filed or held under an order, oldest first. */
export async function studiesOf(reader: Reader, orderId: string): Promise<VisitStudy[]> {
  const studies = await reader.find<Study>('study', 'byOrder', exactly(orderId));
  const result: VisitStudy[] = [];
  for (const study of studies) {
    const range = { prefix: `${study.id}/` };
    const [last] = await reader.find<Instance>('instance', 'byStudy', range, { reverse: true, limit: 1 });
    const images = await reader.count('instance', 'byStudy', range);
    result.push({ study, images, lastImageAtUtc: last?.receivedAtUtc ?? null });
  }
  return result.toSorted((a, b) => (a.study.firstImageAtUtc < b.study.firstImageAtUtc ? -1 : 1));
}
