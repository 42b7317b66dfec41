import { create } from 'zustand';
import type { Appointment } from '../../shared/scheduling/schema.ts';
import type { BookingDraft } from './booking-draft.ts';

type Carried = {
  moving: BookingDraft | null;
  /** The booking as it was shown when it was taken up: what its move is measured against. */
  appointment: Appointment | null;
  carry: (moving: BookingDraft | null, appointment?: Appointment) => void;
};

/** The booking that the keys carry. It outlives the day that it was taken from: another day's grid takes it over. */
export const useCarried = create<Carried>()((set) => ({
  moving: null,
  appointment: null,
  carry: (moving, appointment) =>
    set((before) => ({ moving, appointment: moving ? (appointment ?? before.appointment) : before.appointment })),
}));
