/** The views of this area, by name (see `shared/kernel/view.ts`). */
export const organizationsViews = {} as const;
