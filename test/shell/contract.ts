import { handleContractChannels, serveContractApp } from './contract-app.ts';
import type { ContractCase } from './contract-harness.ts';
import { fileCases } from './contract-files.ts';
import { ipcCases } from './contract-ipc.ts';
import { machineCases } from './contract-machine.ts';
import { pageCases } from './contract-page.ts';
import type { DesktopHost } from '../../main/shell/desktop-host.ts';

/**
 * Prepares a host for the contract and gives the promises that every shell keeps. Cases are plain functions over
 * `node:assert`, so that they also run inside Electron, where no test runner is.
 */
export const prepareContract = (host: DesktopHost): ContractCase[] => {
  serveContractApp(host);
  const seen = handleContractChannels(host);
  return [...ipcCases(seen), ...pageCases(), ...machineCases(), ...fileCases()];
};
