/** One honest way to give every command of the registry: what the proofs forge, compare and tabulate. */
import type { CommandCall } from '../../shared/desk/ports.ts';
import { commands } from '../../shared/commands.ts';
import { billingCases } from './cases-billing.ts';
import { clinicalCases } from './cases-clinical.ts';
import { deskCases } from './cases-desk.ts';
import { serverCases } from './cases-server.ts';
import type { LawClinic } from './law-clinic.ts';

/** Makes what the command needs, and the call itself; a new one each time. */
export type MakeCall = (clinic: LawClinic) => Promise<CommandCall>;

export const cases: Readonly<Record<string, MakeCall>> = {
  ...serverCases,
  ...deskCases,
  ...clinicalCases,
  ...billingCases,
};

/** Commands without a case, and cases without a command: both are none. */
export const unmatched: readonly string[] = [
  ...Object.keys(commands).filter((name) => !(name in cases)),
  ...Object.keys(cases).filter((name) => !(name in commands)),
];
