import { ok, type Result } from '../../../shared/kernel/result.ts';
import { tags } from '../dataset/tags.ts';
import type { DicomDevice, WorklistStep } from '../ports.ts';
import { matchesStart, readDateKey, readTimeKey } from './match-date-time.ts';
import { nameMatcher } from './match-name.ts';
import type { AskedKey, WorklistQuery } from './read-query.ts';
import { isUniversal, matchesWildcard } from './wildcard.ts';

type Matcher = (step: WorklistStep) => boolean;

/**
 * One matcher for all keys of a query (PS3.4 C.2.2.2). Station AE title and day bind where the query leaves them empty: to the
 * asking device and to `todayDate` (`YYYYMMDD` where the scanner stands). Keys that we cannot match are passed over.
 */
export function stepMatcher(
  query: WorklistQuery,
  device: DicomDevice,
  todayDate: string,
): Result<Matcher, 'bad_date_key' | 'bad_time_key'> {
  const stepKeys = query.stepKeys ?? [];
  const valueOf = (keyword: string): string => stepKeys.find((key) => key.keyword === keyword)?.key ?? '';
  const date = readDateKey(valueOf('ScheduledProcedureStepStartDate') || todayDate);
  if (!date.ok) return date;
  const time = readTimeKey(valueOf('ScheduledProcedureStepStartTime'));
  if (!time.ok) return time;

  const matchers: Matcher[] = [(step) => matchesStart(date.value, time.value, step.startDate, step.startTime)];
  if (valueOf('ScheduledStationAETitle') === '') matchers.push((step) => step.stationAeTitle === device.aeTitle);
  const names: Matcher[] = [];
  for (const asked of [...stepKeys, ...query.answerKeys]) {
    const { vr } = tags[asked.keyword];
    if (asked.key === '' || !asked.attribute.matches || asked.keyword.startsWith('ScheduledProcedureStepStart'))
      continue;
    if (vr === 'PN') names.push(forName(asked));
    else if (vr === 'DA') {
      const span = readDateKey(asked.key);
      if (!span.ok) return span;
      matchers.push(
        (step) => textOf(asked, step) !== '' && matchesStart(span.value, undefined, textOf(asked, step), ''),
      );
    } else matchers.push(forText(asked, vr !== 'UI'));
  }
  // Names last: folding them costs most.
  const all = [...matchers, ...names];
  return ok((step) => all.every((matches) => matches(step)));
}

function textOf(asked: AskedKey, step: WorklistStep): string {
  const value = asked.attribute.read(step);
  return typeof value === 'string' ? value.trim() : '';
}

/** Single value, list of values or wildcard; any one of several values may match. */
function forText(asked: AskedKey, hasWildcards: boolean): Matcher {
  const wanted = asked.key.split('\\').filter((key) => key !== '');
  if (wanted.every(isUniversal)) return () => true;
  const exact = new Set(wanted.filter((key) => !hasWildcards || !/[*?]/.test(key)));
  const patterns = hasWildcards ? wanted.filter((key) => /[*?]/.test(key)) : [];
  return (step) => {
    const value = textOf(asked, step);
    return exact.has(value) || patterns.some((pattern) => matchesWildcard(pattern, value));
  };
}

function forName(asked: AskedKey): Matcher {
  const matchers = asked.key.split('\\').map(nameMatcher);
  return (step) => {
    const name = asked.attribute.read(step);
    return typeof name !== 'string' && matchers.some((matches) => matches(name));
  };
}
