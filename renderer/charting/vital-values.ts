/** Vitals as people type them (kg, cm, °C) and as the law keeps them (grams, millimetres, tenths of a degree). */
import type { VitalField } from '../../shared/charting/rules.ts';
import { checkVitals, vitalFields, vitalLimits } from '../../shared/charting/rules.ts';
import type { Vitals } from '../../shared/charting/schema.ts';

export type TypedVitals = Partial<Record<VitalField, string>>;
export type VitalSpec = { field: VitalField /** Stored units in one shown unit. */; scale: number; unit: string };

/** In the order of the row. The two pressures stand in one cell. */
export const vitalSpecs: readonly VitalSpec[] = [
  { field: 'systolicMmHg', scale: 1, unit: 'mmHg' },
  { field: 'diastolicMmHg', scale: 1, unit: 'mmHg' },
  { field: 'pulsePerMin', scale: 1, unit: '/min' },
  { field: 'temperatureTenthsC', scale: 10, unit: '°C' },
  { field: 'oxygenPercent', scale: 1, unit: '%' },
  { field: 'respirationPerMin', scale: 1, unit: '/min' },
  { field: 'weightGrams', scale: 1000, unit: 'kg' },
  { field: 'heightMm', scale: 10, unit: 'cm' },
];

const scaleOf = (field: VitalField): number => vitalSpecs.find((one) => one.field === field)?.scale ?? 1;

/** A stored value as it is shown: `36.8`, `81.4`, `164`. */
export function shownVital(field: VitalField, stored: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    numberingSystem: 'latn',
    useGrouping: false,
    minimumFractionDigits: field === 'temperatureTenthsC' || field === 'weightGrams' ? 1 : 0,
    maximumFractionDigits: 3,
  }).format(stored / scaleOf(field));
}

/** What was typed in stored units: null for nothing, undefined for what is no number. Point and comma are both decimal signs. */
export function readVital(field: VitalField, text: string): number | null | undefined {
  const bare = text.trim().replace(',', '.');
  if (bare === '') return null;
  if (!/^\d{1,6}(?:\.\d{0,3})?$/.test(bare)) return undefined;
  const stored = Number(bare) * scaleOf(field);
  const whole = Math.round(stored);
  return Math.abs(stored - whole) < 1e-6 ? whole : undefined;
}

export type VitalVerdict =
  | { kind: 'fine' | 'empty' | 'not-a-number' | 'upside-down' }
  | { kind: 'impossible' | 'unlikely'; from: number; to: number };

/** What the law says of each field as it is typed now. */
export function judgeVitals(typed: TypedVitals, confirmed: readonly string[]): Record<VitalField, VitalVerdict> {
  const violations = checkVitals(asVitals(typed, confirmed) as Vitals);
  const verdict = (field: VitalField): VitalVerdict => {
    const read = readVital(field, typed[field] ?? '');
    if (read === null) return { kind: 'empty' };
    if (read === undefined) return { kind: 'not-a-number' };
    const against = violations.find((one) => one.field === field);
    if (!against) return { kind: 'fine' };
    if (against.code === 'pressure-upside-down') return { kind: 'upside-down' };
    const [from, to] = vitalLimits[field][against.code === 'impossible' ? 'possible' : 'usual'];
    return { kind: against.code === 'impossible' ? 'impossible' : 'unlikely', from, to };
  };
  return Object.fromEntries(vitalFields.map((field) => [field, verdict(field)])) as Record<VitalField, VitalVerdict>;
}

/** The typed vitals for the command; null when nothing was typed. */
export function vitalsInput(typed: TypedVitals, confirmed: readonly string[]): Record<string, unknown> | null {
  const values = asVitals(typed, confirmed);
  return Object.keys(values).length > 1 ? values : null;
}

function asVitals(typed: TypedVitals, confirmed: readonly string[]): Record<string, unknown> {
  const values = vitalFields.flatMap((field) => {
    const read = readVital(field, typed[field] ?? '');
    return typeof read === 'number' ? [[field, read] as const] : [];
  });
  return {
    ...Object.fromEntries(values),
    confirmed: confirmed.filter((field) => values.some(([name]) => name === field)),
  };
}
