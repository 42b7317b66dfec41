import { create } from 'zustand';
import type { CommandAnswer } from '../../shared/ipc/contract.ts';

/** Where the station asks who is really there before it signs, refunds or overrides: `answer` is called once. */
export const useProof = create<{ answer: ((isGiven: boolean) => void) | null }>(() => ({ answer: null }));

/** Asks the person for their PIN or password; true once the station has taken it, false where they leave it. */
export function askProof(): Promise<boolean> {
  endProof(false);
  return new Promise((resolve) => useProof.setState({ answer: resolve }));
}

/** The dialog goes; what waited for it goes on, or not. */
export function endProof(isGiven: boolean): void {
  const { answer } = useProof.getState();
  useProof.setState({ answer: null });
  answer?.(isGiven);
}

export const asksForProof = (answer: CommandAnswer): boolean =>
  !answer.ok && answer.violations.some((one) => one.code === 'proof-needed');
