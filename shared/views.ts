/** The registry of all views: what is not here cannot be seen. */
import { billingViews } from './billing/views.ts';
import { chartingViews } from './charting/views.ts';
import { imagingViews } from './imaging/views.ts';
import { inboxViews } from './inbox/views.ts';
import type { ViewSpec } from './kernel/view.ts';
import { ordersViews } from './orders/views.ts';
import { organizationsViews } from './organizations/views.ts';
import { peopleViews } from './people/views.ts';
import { reportsViews } from './reports/views.ts';
import { schedulingViews } from './scheduling/views.ts';
import { waitingRoomViews } from './waiting-room/views.ts';

export const views = {
  ...organizationsViews,
  ...peopleViews,
  ...schedulingViews,
  ...waitingRoomViews,
  ...ordersViews,
  ...chartingViews,
  ...imagingViews,
  ...reportsViews,
  ...billingViews,
  ...inboxViews,
} as const;

export type ViewName = keyof typeof views;
type SpecOf<N extends ViewName> = (typeof views)[N];
export type ViewParams<N extends ViewName> = SpecOf<N> extends ViewSpec<infer P, infer _V> ? P : never;
export type ViewValue<N extends ViewName> = SpecOf<N> extends ViewSpec<infer _P, infer V> ? V : never;

/** A view by a name that came over the wire. */
export function viewByName(name: string): ViewSpec | undefined {
  return Object.hasOwn(views, name) ? (views as unknown as Record<string, ViewSpec>)[name] : undefined;
}
