import type { NamedViolation } from '../../shared/scheduling/booking-views.ts';
import { clockWords } from '../../shared/kernel/clock-words.ts';
import { useViolationWords } from '../ui/violation-words.ts';
import { useWords } from './words.ts';

const named = [
  'resource-taken',
  'practitioner-away',
  'device-closed',
  'location-closed',
  'patient-elsewhere',
  'wrong-device',
];

/** Why a time can't be had, as a person would say it: who, where, until when. */
export function useRefusalWords(zone: string): (one: NamedViolation) => string {
  const { say } = useWords('scheduling');
  const other = useViolationWords();
  return (one) => {
    if (!named.includes(one.code)) return other(one);
    const untilUtc = one.params?.['untilUtc'];
    const until = typeof untilUtc === 'string' ? clockWords(untilUtc, zone) : '';
    const { resource, patient, location } = one.names;
    const form = until ? '.until' : '';
    return say(`refused.${one.code}${form || '.plain'}`, {
      resource,
      patient,
      location,
      until,
      modality: one.params?.['modality'] ?? '',
    });
  };
}
