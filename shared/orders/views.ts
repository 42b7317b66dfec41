/** The views of this area, by name (see `shared/kernel/view.ts`). */
export const ordersViews = {} as const;
