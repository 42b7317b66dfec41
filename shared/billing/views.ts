/** The views of this area, by name (see `shared/kernel/view.ts`). */
import { billingDay } from './day-view.ts';
import { billingDesk } from './desk-view.ts';
import { billingInvoice, billingVisit } from './visit-view.ts';

export const billingViews = {
  'billing/desk': billingDesk,
  'billing/visit': billingVisit,
  'billing/invoice': billingInvoice,
  'billing/day': billingDay,
} as const;
