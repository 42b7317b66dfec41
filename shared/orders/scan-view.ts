import { z } from 'zod';
import type { Service } from '../catalog/schema.ts';
import type { Device } from '../devices/schema.ts';
import type { StepChoice, UnfiledStudy } from '../imaging/unfiled-studies.ts';
import { stepChoice, unfiledStudies } from '../imaging/unfiled-studies.ts';
import { idSchema } from '../kernel/id.ts';
import type { Holding, Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { scheduleScope } from '../kernel/scopes.ts';
import { dayBounds, daySchema } from '../kernel/time.ts';
import { defineView } from '../kernel/view.ts';
import type { Location } from '../organizations/schema.ts';
import type { Patient } from '../people/schema.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { ScanRow } from './scan-row.ts';
import { bookedDevice, scanRow } from './scan-row.ts';
import type { ImagingOrder } from './schema.ts';

export type ScanDay = {
  held: Holding;
  zone: string;
  devices: Device[];
  /** The steps of the day, of one device or of all, by time. */
  rows: ScanRow[];
  unfiled: UnfiledStudy[];
  /** All steps of the day, whatever the device, to link a study by hand. */
  choices: StepChoice[];
};

type Params = { locationId: string; day: string; deviceId: string | null };

/** A technician's day: one row per step, and what came and could not be filed. Null: no such location here. */
export const scanView = defineView<Params, ScanDay | null>({
  name: 'orders/scan',
  params: z.strictObject({ locationId: idSchema, day: daySchema, deviceId: idSchema.nullable() }),
  permission: 'imaging.view',
  kinds: ['imagingOrder', 'appointment', 'encounter', 'patient', 'study', 'instance', 'device', 'service', 'location'],
  read: async (reader, { locationId, day, deviceId }) => {
    const location = await reader.get<Location>('location', locationId);
    if (!location) return null;
    const { fromUtc, toUtc } = dayBounds(day, location.zone);
    const range = { from: `${locationId}/${fromUtc}`, to: `${locationId}/${toUtc}` };
    const orders = await reader.find<ImagingOrder>('imagingOrder', 'byScheduled', range);
    const appointments = await reader.find<Appointment>('appointment', 'byStart', range);
    const rows = [...(await orderRows(reader, orders)), ...(await bookingRows(reader, appointments, orders))];
    const devices = await reader.find<Device>('device', 'byLocation', exactly(locationId));
    const isOf = (row: ScanRow): boolean =>
      deviceId === null || row.deviceId === deviceId || row.bookedDeviceId === deviceId;
    return {
      held: await reader.holds(scheduleScope(locationId, fromUtc)),
      zone: location.zone,
      devices: devices.filter((one) => one.active).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      rows: rows
        .filter(isOf)
        .toSorted((a, b) => (a.atUtc === b.atUtc ? (a.id < b.id ? -1 : 1) : a.atUtc < b.atUtc ? -1 : 1)),
      unfiled: await unfiledStudies(reader, locationId),
      choices: await choicesOf(reader, orders),
    };
  },
});

async function orderRows(reader: Reader, orders: readonly ImagingOrder[]): Promise<ScanRow[]> {
  const rows: ScanRow[] = [];
  for (const order of orders) {
    const appointment = order.appointmentId
      ? await reader.get<Appointment>('appointment', order.appointmentId)
      : undefined;
    const row = await scanRow(reader, order, appointment ?? null, order.procedure);
    if (row) rows.push(row);
  }
  return rows;
}

/** Bookings of a scanner whose order is missing, or stands on another day or at another location. */
async function bookingRows(
  reader: Reader,
  appointments: readonly Appointment[],
  orders: readonly ImagingOrder[],
): Promise<ScanRow[]> {
  const shown = new Set(orders.map((order) => order.appointmentId));
  const rows: ScanRow[] = [];
  for (const appointment of appointments) {
    if (bookedDevice(appointment) === null || shown.has(appointment.id)) continue;
    const service = await reader.get<Service>('service', appointment.serviceId);
    if (!service?.modality) continue;
    const [order] = await reader.find<ImagingOrder>('imagingOrder', 'byAppointment', exactly(appointment.id));
    const row = await scanRow(reader, order ?? null, appointment, service.name);
    if (row) rows.push({ ...row, atUtc: appointment.startsAtUtc });
  }
  return rows;
}

async function choicesOf(reader: Reader, orders: readonly ImagingOrder[]): Promise<StepChoice[]> {
  const choices: StepChoice[] = [];
  for (const order of orders) {
    const patient = order.status === 'cancelled' ? undefined : await reader.get<Patient>('patient', order.patientId);
    if (patient) choices.push(stepChoice(order, patient));
  }
  return choices;
}
