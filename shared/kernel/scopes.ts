/** Names of scopes (`change-sets.md` §3): what travels together, and how a station says what it follows. */
export const coreScope = 'core';
/** Month in UTC of an instant; a day near a month's end in another zone needs both months. */
export const scheduleScope = (locationId: string, instantUtc: string): string =>
  `schedule/${locationId}/${instantUtc.slice(0, 7)}`;
export const inboxScope = (locationId: string): string => `inbox/${locationId}`;
export const patientScope = (patientId: string): string => `patient/${patientId}`;

/** The scopes of all months that an interval touches. */
export function scheduleScopes(locationId: string, fromUtc: string, toUtc: string): string[] {
  const scopes: string[] = [];
  const month = new Date(`${fromUtc.slice(0, 7)}-01T00:00:00.000Z`);
  while (month.toISOString() < toUtc) {
    scopes.push(scheduleScope(locationId, month.toISOString()));
    month.setUTCMonth(month.getUTCMonth() + 1);
  }
  return scopes;
}
