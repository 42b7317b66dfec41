/** The registry of all commands: what is not here cannot be asked for. */
import { closeDay } from './billing/close-command.ts';
import { useCredit } from './billing/credit-command.ts';
import * as billing from './billing/invoice-commands.ts';
import * as payments from './billing/payment-commands.ts';
import { setPrice } from './catalog/commands.ts';
import { saveEncounter } from './charting/commands.ts';
import { saveDevice } from './devices/commands.ts';
import { file } from './documents/commands.ts';
import * as imaging from './imaging/commands.ts';
import { receive } from './imaging/receive-command.ts';
import { chooseVersion } from './inbox/choose-command.ts';
import { solve } from './inbox/commands.ts';
import type { CommandSpec } from './kernel/command.ts';
import { setStatus } from './orders/commands.ts';
import { setUp } from './organizations/commands.ts';
import { load } from './organizations/load-command.ts';
import * as people from './people/commands.ts';
import * as reports from './reports/commands.ts';
import * as booking from './scheduling/commands.ts';
import * as bookingStatus from './scheduling/status-commands.ts';
import * as stations from './stations/commands.ts';
import * as waitingRoom from './waiting-room/commands.ts';

const all: readonly CommandSpec[] = [
  setUp,
  load,
  stations.saveStation,
  stations.issueCode,
  stations.revokeStation,
  stations.breakGlass,
  saveDevice,
  setPrice,
  people.register,
  people.update,
  people.setAllergies,
  booking.book,
  booking.move,
  bookingStatus.cancel,
  bookingStatus.noShow,
  waitingRoom.arrive,
  waitingRoom.walkIn,
  waitingRoom.move,
  waitingRoom.infer,
  setStatus,
  receive,
  imaging.linkStudy,
  imaging.fileInstances,
  imaging.recordSentName,
  imaging.measure,
  imaging.removeMeasurement,
  reports.savePreliminary,
  reports.finalize,
  reports.addAddendum,
  saveEncounter,
  billing.issueInvoice,
  billing.voidInvoice,
  payments.takePayment,
  payments.refundPayment,
  useCredit,
  closeDay,
  solve,
  chooseVersion,
  file,
];

export const commands: Readonly<Record<string, CommandSpec>> = Object.fromEntries(
  all.map((command) => [command.name, command]),
);
