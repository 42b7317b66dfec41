/** The views of this area, by name (see `shared/kernel/view.ts`). */
import { boardView } from './board-view.ts';

export const waitingRoomViews = { 'waiting-room/board': boardView } as const;
