import { create } from 'zustand';

/** A patient that is open in a tab; the name comes from a view, never from here. */
export type OpenPatient = { patientId: string; colour: number; hash: string };

type UiState = {
  openPatients: readonly OpenPatient[];
  palette: { open: boolean; text: string };
  cheatSheet: boolean;
  /** What was typed of somebody who is to be registered; a name never stands in an address. */
  newPatientName: string;
  recoveryKey: string | null;
};

const empty = { openPatients: [], palette: { open: false, text: '' }, cheatSheet: false, newPatientName: '' };

/** What is open on this screen now; in memory only, and another person's is put away, not mixed in. */
export const useUi = create<UiState>(() => ({ ...empty, recoveryKey: null }));

/** Colours that tell tabs apart; each open patient has one of its own while there are enough. */
export const tabColours = 6;

/** Opens a patient's tab, or remembers where in it the person is. */
export function openPatientTab(patientId: string, hash: string): void {
  useUi.setState(({ openPatients }) => {
    if (openPatients.some((one) => one.patientId === patientId))
      return { openPatients: openPatients.map((one) => (one.patientId === patientId ? { ...one, hash } : one)) };
    const taken = new Set(openPatients.map((one) => one.colour));
    const free = Array.from({ length: tabColours }, (_, at) => at).find((colour) => !taken.has(colour));
    return { openPatients: [...openPatients, { patientId, hash, colour: free ?? openPatients.length % tabColours }] };
  });
}

export function closePatientTab(patientId: string): void {
  useUi.setState(({ openPatients }) => ({ openPatients: openPatients.filter((one) => one.patientId !== patientId) }));
}

export const openPalette = (text = ''): void => useUi.setState({ palette: { open: true, text } });
export const closePalette = (): void => useUi.setState({ palette: { open: false, text: '' } });

type Desk = { hash: string; openPatients: readonly OpenPatient[] };
const desks = new Map<string, Desk>();

/** Puts a person's screen away as they leave it: their place and their tabs, by id. */
export function leaveDesk(userId: string, hash: string): void {
  desks.set(userId, { hash, openPatients: useUi.getState().openPatients });
  useUi.setState(empty);
}

/** Brings a person's screen back as they left it; the hash to go to, undefined for somebody who was not here. */
export function returnToDesk(userId: string): string | undefined {
  const desk = desks.get(userId);
  useUi.setState({ ...empty, openPatients: desk?.openPatients ?? [] });
  return desk?.hash;
}
