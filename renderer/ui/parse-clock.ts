/** A time of day as people type it (`9`, `930`, `14.45`, `2:15 pm`) as `HH:MM`, or null when it is none. */
export function parseClock(text: string): string | null {
  const match = /^\s*(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm)?\s*$/i.exec(text);
  if (!match) return null;
  const half = match[3]?.toLowerCase();
  const typedHours = Number(match[1]);
  const minutes = Number(match[2] ?? '0');
  if (half !== undefined && (typedHours < 1 || typedHours > 12)) return null;
  const hours = half === undefined ? typedHours : (typedHours % 12) + (half === 'pm' ? 12 : 0);
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
