import type { DoorLimits } from '../limits.ts';
import { type AssociateRejection, rejections } from '../pdu/associate-answer.ts';
import type { AssociateRequest } from '../pdu/associate-request.ts';
import type { DicomDevice } from '../ports.ts';
import { applicationContextUid } from '../uids.ts';

export type ConnectionPlace = 'admitted' | 'surplus' | 'none';

/** Counts connections. `surplus` ones are over the limit: they get their request answered with "busy", nothing else. */
export function createConnectionCount(limits: DoorLimits) {
  const perAddress = new Map<string, number>();
  let admitted = 0;
  let surplus = 0;
  return {
    enter(address: string): ConnectionPlace {
      const sameAddress = perAddress.get(address) ?? 0;
      if (admitted < limits.connections && sameAddress < limits.connectionsPerAddress) {
        admitted += 1;
        perAddress.set(address, sameAddress + 1);
        return 'admitted';
      }
      if (surplus >= limits.surplusConnections) return 'none';
      surplus += 1;
      return 'surplus';
    },
    leave(address: string, place: ConnectionPlace): void {
      if (place === 'surplus') surplus -= 1;
      if (place !== 'admitted') return;
      admitted -= 1;
      const left = (perAddress.get(address) ?? 1) - 1;
      if (left > 0) perAddress.set(address, left);
      else perAddress.delete(address);
    },
  };
}

const aeTitleForm = /^[\x20-\x5b\x5d-\x7e]{1,16}$/;

/**
 * Who may associate (PS3.8 9.3.4): our AE title called, a registered AE title calling. Deny by default: a title that is no AE
 * title (PS3.5 6.2) is an unknown one.
 */
export function admitRequest(
  request: AssociateRequest,
  options: { aeTitle: string; devices: DicomDevice[]; limits: DoorLimits },
): { ok: true; device: DicomDevice } | { ok: false; rejection: AssociateRejection } {
  const refuse = (rejection: AssociateRejection) => ({ ok: false as const, rejection });
  if ((request.protocolVersion & 1) === 0) return refuse(rejections.protocolVersion);
  if (request.applicationContextUid !== applicationContextUid) return refuse(rejections.applicationContext);
  if (request.calledAeTitle !== options.aeTitle) return refuse(rejections.wrongCalled);
  const device = options.devices.find(({ aeTitle }) => aeTitle === request.callingAeTitle);
  if (device === undefined || !aeTitleForm.test(request.callingAeTitle)) return refuse(rejections.unknownCaller);
  const { maxPduBytes } = request;
  if (maxPduBytes !== 0 && maxPduBytes < options.limits.peerPduBytesMin) return refuse(rejections.unspecific);
  return { ok: true, device };
}
