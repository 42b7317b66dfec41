import { addMinutes } from '../../shared/kernel/time.ts';
import type { Span } from '../../shared/scheduling/open-hours-rules.ts';
import type { BookingDraft } from './booking-draft.ts';
import { startOf } from './booking-draft.ts';

/** A time that is only thought of: the draft of the form, a free time on offer, where a block would go. */
export type Ghost = Span & {
  resourceIds: readonly string[];
  tone: 'draft' | 'refused' | 'free' | 'moving';
  words: string;
};

const resourcesOf = (draft: BookingDraft): string[] =>
  [draft.practitionerId, draft.roomId, draft.deviceId].filter((one) => one !== '');

/** Where a carried booking would be put down. */
export function movingGhosts(draft: BookingDraft, zone: string, words: string): Ghost[] {
  const fromUtc = startOf(draft, zone);
  if (!fromUtc) return [];
  const toUtc = addMinutes(fromUtc, draft.durationMin);
  return [{ resourceIds: resourcesOf(draft), fromUtc, toUtc, tone: 'moving', words }];
}

/** The draft's own time, and the free time that is chosen in its place. */
export function draftGhosts(
  draft: BookingDraft,
  zone: string,
  isRefused: boolean,
  freeFromUtc: string | null,
  words: { own: string; free: string },
): Ghost[] {
  const resourceIds = resourcesOf(draft);
  const from = (fromUtc: string): Span => ({ fromUtc, toUtc: addMinutes(fromUtc, draft.durationMin) });
  const ownFromUtc = startOf(draft, zone);
  const tone = isRefused ? ('refused' as const) : ('draft' as const);
  return [
    ...(ownFromUtc ? [{ resourceIds, ...from(ownFromUtc), tone, words: words.own }] : []),
    ...(freeFromUtc ? [{ resourceIds, ...from(freeFromUtc), tone: 'free' as const, words: words.free }] : []),
  ];
}
