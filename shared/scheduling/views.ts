/** The views of this area, by name (see `shared/kernel/view.ts`). */
import { schedulingCatalogue, schedulingFreeTimes } from './booking-views.ts';
import { schedulingDay, schedulingMonth } from './day-views.ts';

export const schedulingViews = {
  'scheduling/day': schedulingDay,
  'scheduling/month': schedulingMonth,
  'scheduling/free-times': schedulingFreeTimes,
  'scheduling/catalogue': schedulingCatalogue,
} as const;
