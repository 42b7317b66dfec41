/**
 * Why a step was not in the answer to a scanner's last worklist query: what was asked set against what is held, field by field.
 * The door's own rule (PS3.4 K.6.1.2, design §8): a day and a station that the query leaves empty bind to today and to the
 * asking device; a key that is given is matched as given.
 */
import type { Device } from '../devices/schema.ts';
import { localTime } from '../kernel/time.ts';
import type { ImagingOrder } from './schema.ts';

export type AskedQuery = {
  device: Pick<Device, 'id' | 'aeTitle' | 'modality' | 'locationId'>;
  /** The keys of the query by DICOM keyword; null: nothing was asked yet, then the usual query is taken. */
  keys: Readonly<Record<string, string>> | null;
  /** When it was asked; the day that binds is this instant's in the location's zone. */
  atUtc: string;
  zone: string;
};

export type HeldStep = {
  /** Null: a scan is booked and there is no order for it. */
  order: Pick<
    ImagingOrder,
    'locationId' | 'deviceId' | 'modality' | 'scheduledAtUtc' | 'status' | 'accessionNumber'
  > | null;
  /** AE title of the order's device; empty when that is not known here. */
  aeTitle: string;
  recordNumber: string;
};

export type WhyField = 'order' | 'location' | 'day' | 'device' | 'kind' | 'state' | 'accession' | 'number' | 'other';
/** One line of "asked against held". Days are `2026-11-21`, a state is the order's. */
export type WhyLine = { field: WhyField; asked: string; held: string; fits: boolean };
export type WhyNot = {
  /** The first thing that keeps it off, or `listed` when everything fits: then the scanner did not ask since, or filters itself. */
  reason: WhyField | 'listed';
  lines: WhyLine[];
};

/** Sets one step against one query. */
export function whyNotListed(asked: AskedQuery, step: HeldStep): WhyNot {
  const { order } = step;
  if (!order) return { reason: 'order', lines: [{ field: 'order', asked: '', held: '', fits: false }] };
  const key = (keyword: string): string => asked.keys?.[keyword] ?? '';
  const today = localTime(asked.atUtc, asked.zone).day;
  const day = localTime(order.scheduledAtUtc, asked.zone).day;
  const line = (field: WhyField, wanted: string, held: string, fits = matchesKey(wanted, held)): WhyLine => ({
    field,
    asked: wanted,
    held,
    fits,
  });
  const station = key('ScheduledStationAETitle') || asked.device.aeTitle;
  const lines = [
    line('location', asked.device.locationId, order.locationId),
    line(
      'day',
      shownDay(key('ScheduledProcedureStepStartDate') || today),
      day,
      dayFits(key('ScheduledProcedureStepStartDate') || today, day),
    ),
    line('device', station, step.aeTitle),
    line('state', 'scheduled', order.status),
  ];
  if (key('Modality') !== '' || !asked.keys)
    lines.push(
      line(
        'kind',
        key('Modality') || asked.device.modality,
        order.modality,
        key('Modality') === '' || matchesKey(key('Modality'), order.modality),
      ),
    );
  if (key('AccessionNumber') !== '') lines.push(line('accession', key('AccessionNumber'), order.accessionNumber));
  if (key('PatientID') !== '') lines.push(line('number', key('PatientID'), step.recordNumber));
  return { reason: lines.find((one) => !one.fits)?.field ?? 'listed', lines };
}

/** Single value, list or wildcard, as the door matches texts. */
function matchesKey(wanted: string, held: string): boolean {
  return wanted.split('\\').some((one) => {
    if (!/[*?]/.test(one)) return one === held;
    const pattern = one
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${pattern}$`, 's').test(held);
  });
}

/** A DA key: one day, or a range open at either end (PS3.4 C.2.2.2.5). Days with or without hyphens. */
function dayFits(wanted: string, day: string): boolean {
  const digits = (text: string): string => text.replaceAll(/\D/g, '');
  const held = digits(day);
  const range = /^(\d{8})?\s*-\s*(\d{8})?$/.exec(wanted);
  if (range && !/^\d{4}-/.test(wanted)) return held >= (range[1] ?? '') && held <= (range[2] ?? '99999999');
  return digits(wanted) === held;
}

/** `20261121` as `2026-11-21`, in ranges too. */
function shownDay(key: string): string {
  return key.replaceAll(/(\d{4})(\d{2})(\d{2})/g, '$1-$2-$3');
}
