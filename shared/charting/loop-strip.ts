/**
 * The loop strip: what must happen between a booking and its bill, what of it is there, and what mends a gap. A pure rule of
 * the visit's documents; a gap is something that should be there by now, a step to come is no gap.
 */
import type { Invoice } from '../billing/schema.ts';
import type { Service } from '../catalog/schema.ts';
import type { Study } from '../imaging/schema.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import type { Report } from '../reports/schema.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import { currentStep } from '../waiting-room/schema.ts';

export type LoopStepName = 'booked' | 'worklist' | 'fetched' | 'started' | 'images' | 'read' | 'signed' | 'billed';
/** What mends a gap: where it leads, or which command does it. */
export type Repair = 'reopen-order' | 'see-held' | 'see-scan' | 'read' | 'set-price' | 'bill';
export type LoopStep = {
  step: LoopStepName;
  state: 'done' | 'now' | 'todo' | 'gap';
  atUtc: string | null;
  /** Which sentence stands under it besides the time; null for none. */
  note: string | null;
  params: Record<string, string | number>;
  repair: Repair | null;
};

export type LoopFacts = {
  encounter: Encounter;
  appointment: Appointment | undefined;
  bookedBy: string | null;
  /** The visit's order, its device's name, and its studies with their images. */
  order: ImagingOrder | undefined;
  deviceName: string | null;
  studies: ReadonlyArray<{ study: Study; images: number; lastImageAtUtc: string | null }>;
  reports: readonly Report[];
  /** Issued and not voided. */
  invoices: readonly Invoice[];
  services: readonly Service[];
  /** Clinical documents of this patient are here; if not, "not read" is not known. */
  clinicalHeld: boolean;
};

type Part = Partial<Omit<LoopStep, 'step'>> & { state: LoopStep['state'] };
const make = (step: LoopStepName, part: Part): LoopStep => ({
  step,
  atUtc: null,
  note: null,
  params: {},
  repair: null,
  ...part,
});

/** The steps of a visit in their order; those of a scan only where one was ordered. */
export function loopStrip(facts: LoopFacts): LoopStep[] {
  const scan = facts.order ? [worklist(facts.order), fetched(facts.order, facts)] : [];
  const seen = facts.order ? [images(facts), read(facts), signed(facts)] : [];
  return [booked(facts), ...scan, started(facts), ...seen, billed(facts)];
}

function booked({ appointment, encounter, bookedBy }: LoopFacts): LoopStep {
  if (!appointment) return make('booked', { state: 'done', atUtc: encounter.openedAtUtc, note: 'walk-in' });
  const by = bookedBy ? { note: 'by', params: { name: bookedBy } } : {};
  return make('booked', { state: 'done', atUtc: appointment.bookedAtUtc, ...by });
}

function worklist(order: ImagingOrder): LoopStep {
  if (order.status === 'cancelled') return make('worklist', { state: 'gap', note: 'given-up', repair: 'reopen-order' });
  return make('worklist', { state: 'done', atUtc: null, note: 'accession', params: { number: order.accessionNumber } });
}

/** A device that was sent the name has fetched the step; images without that came past the worklist. */
function fetched(order: ImagingOrder, { deviceName, studies }: LoopFacts): LoopStep {
  const params = { device: deviceName ?? '' };
  if (order.sentNames.some((one) => one.deviceId === order.deviceId))
    return make('fetched', { state: 'done', note: 'device', params });
  if (studies.some((one) => one.images > 0)) return make('fetched', { state: 'gap', note: 'past-worklist', params });
  return make('fetched', { state: order.status === 'cancelled' ? 'todo' : 'now', note: 'not-yet', params });
}

function started({ encounter, studies, order }: LoopFacts): LoopStep {
  const stage = order ? 'in_scan' : 'in_room';
  const step = encounter.steps.find((one) => one.stage === stage);
  const firstImage = studies.map((one) => one.study.firstImageAtUtc).toSorted()[0];
  const atUtc = step?.atUtc ?? firstImage;
  if (atUtc) return make('started', { state: 'done', atUtc, note: step?.inferred ? 'inferred' : null });
  return make('started', { state: 'todo', note: 'stage', params: { stage: currentStep(encounter).stage } });
}

function images({ encounter, studies, order }: LoopFacts): LoopStep {
  const held = studies.find((one) => one.study.state === 'held');
  const count = studies.reduce((sum, one) => sum + (one.study.state === 'linked' ? one.images : 0), 0);
  const params = { count };
  if (held) return make('images', { state: 'gap', note: 'held', params: { count: held.images }, repair: 'see-held' });
  const last =
    studies
      .map((one) => one.lastImageAtUtc ?? one.study.firstImageAtUtc)
      .toSorted()
      .at(-1) ?? null;
  const over = ['review', 'completed'].includes(currentStep(encounter).stage) || order?.status === 'completed';
  if (count > 0) return make('images', { state: over ? 'done' : 'now', atUtc: last, params });
  return over
    ? make('images', { state: 'gap', note: 'none-came', params, repair: 'see-scan' })
    : make('images', { state: 'todo', params });
}

function read({ reports, studies, clinicalHeld }: LoopFacts): LoopStep {
  const report = reports.find((one) => one.status === 'final') ?? reports[0];
  if (report?.status === 'final') return make('read', { state: 'done', atUtc: report.finalizedAtUtc });
  if (report) return make('read', { state: 'now', atUtc: report.savedAtUtc, note: 'preliminary' });
  if (!clinicalHeld) return make('read', { state: 'todo', note: 'not-known-here' });
  return studies.some((one) => one.study.state === 'linked' && one.images > 0)
    ? make('read', { state: 'now', note: 'waits', repair: 'read' })
    : make('read', { state: 'todo' });
}

function signed({ reports, encounter, studies, clinicalHeld }: LoopFacts): LoopStep {
  const final = reports.find((one) => one.status === 'final');
  if (final) return make('signed', { state: 'done', atUtc: final.finalizedAtUtc });
  if (!clinicalHeld) return make('signed', { state: 'todo', note: 'not-known-here' });
  const isLate = currentStep(encounter).stage === 'completed' && studies.some((one) => one.images > 0);
  return isLate
    ? make('signed', { state: 'gap', note: 'not-signed', repair: 'read' })
    : make('signed', { state: 'todo' });
}

function billed({ invoices, services, encounter }: LoopFacts): LoopStep {
  const invoice = invoices[0];
  if (invoice)
    return make('billed', {
      state: 'done',
      atUtc: invoice.issuedAtUtc,
      note: 'invoice',
      params: { number: invoice.number },
    });
  const without = services.find((one) => one.priceMinor === null);
  if (without)
    return make('billed', { state: 'gap', note: 'no-price', params: { service: without.name }, repair: 'set-price' });
  const isOver = currentStep(encounter).stage === 'completed';
  return isOver ? make('billed', { state: 'now', note: 'to-bill', repair: 'bill' }) : make('billed', { state: 'todo' });
}
