/** The views of this area, by name (see `shared/kernel/view.ts`). */
import { scanView } from './scan-view.ts';

export const ordersViews = { 'orders/scan': scanView } as const;
