import type { ProposedContext } from '../pdu/associate-request.ts';
import { implicitVrLittleEndianUid, isUid, modalityWorklistFindUid, verificationUid } from '../uids.ts';

export type ContextService = 'verification' | 'worklist' | 'storage';

/** Our answer to one proposed context (PS3.8 table 9-18): 0 accepted, 3 abstract, 4 transfer syntaxes not supported. */
export type NegotiatedContext =
  | { contextId: number; result: 0; service: ContextService; abstractSyntaxUid: string; transferSyntaxUid: string }
  | { contextId: number; result: 3 | 4 };

export type AcceptedContext = Extract<NegotiatedContext, { result: 0 }>;

const standardRoot = '1.2.840.10008.';

/** Storage classes that lie outside 1.2.840.10008.5.1.4 or inside a branch that otherwise holds other services. */
const storageExceptions = new Set([
  '1.2.840.10008.5.1.1.27', // Stored Print (retired)
  '1.2.840.10008.5.1.1.29', // Hardcopy Grayscale Image (retired)
  '1.2.840.10008.5.1.1.30', // Hardcopy Color Image (retired)
  '1.2.840.10008.5.1.4.34.7', // RT Beams Delivery Instruction
  '1.2.840.10008.5.1.4.34.10', // RT Brachy Application Setup Delivery Instruction
]);

/** Below 1.2.840.10008.5.1.4 (PS3.6 annex A): what is known to be something other than storage. */
const otherServices = [
  /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.200\.[456]$/, // protocol approval query/retrieve
  /^1\.2\.840\.10008\.5\.1\.4\.1\.2(\.|$)/, // query/retrieve
  /^1\.2\.840\.10008\.5\.1\.4\.20(\.|$)/, // defined procedure protocol query/retrieve
  /^1\.2\.840\.10008\.5\.1\.4\.3[1234](\.|$)/, // worklists, instance availability, UPS, machine verification
  /^1\.2\.840\.10008\.5\.1\.4\.37(\.|$)/, // relevant patient information
  /^1\.2\.840\.10008\.5\.1\.4\.(38|39|43|44|45)\.[234]$/, // hanging protocol, palette and implant query/retrieve
  /^1\.2\.840\.10008\.5\.1\.4\.4[12](\.|$)/, // product characteristics, substance approval
  /^1\.2\.840\.10008\.5\.1\.4\.201(\.|$)/, // inventory query/retrieve
];

/** In these the pixels stay with the sender (JPIP) or are a live stream: keeping the bytes would not keep the image. */
const withoutPixels = /^1\.2\.840\.10008\.1\.2\.(4\.(94|95|204|205)|7(\..*)?)$/;

/** The service we provide for an abstract syntax; whatever is not known to be something else is an object to keep. */
export function serviceOf(abstractSyntaxUid: string): ContextService | undefined {
  if (abstractSyntaxUid === verificationUid) return 'verification';
  if (abstractSyntaxUid === modalityWorklistFindUid) return 'worklist';
  if (!isUid(abstractSyntaxUid)) return undefined;
  if (!abstractSyntaxUid.startsWith(standardRoot) || storageExceptions.has(abstractSyntaxUid)) return 'storage';
  if (!abstractSyntaxUid.startsWith(`${standardRoot}5.1.4.`)) return undefined;
  return otherServices.some((other) => other.test(abstractSyntaxUid)) ? undefined : 'storage';
}

/** True for a transfer syntax whose bytes can be kept as they are: a standard one (1.2.840.10008.1.2…) or a private UID. */
export function canKeep(transferSyntaxUid: string): boolean {
  if (!isUid(transferSyntaxUid) || withoutPixels.test(transferSyntaxUid)) return false;
  if (!transferSyntaxUid.startsWith(standardRoot)) return true;
  return (
    transferSyntaxUid === implicitVrLittleEndianUid || transferSyntaxUid.startsWith(`${implicitVrLittleEndianUid}.`)
  );
}

/**
 * Answers each proposed context (PS3.8 7.1.1.13). Objects: the first proposed syntax that we can keep, the sender's own
 * preference, for nothing is re-encoded. The worklist: Implicit VR Little Endian only, which every peer must offer
 * (PS3.5 10.1) and which keeps the query reader small.
 */
export function negotiateContexts(proposed: ProposedContext[]): NegotiatedContext[] {
  return proposed.map(({ contextId, abstractSyntaxUid, transferSyntaxUids }) => {
    const service = serviceOf(abstractSyntaxUid);
    if (service === undefined) return { contextId, result: 3 };
    const takes = service === 'worklist' ? (uid: string) => uid === implicitVrLittleEndianUid : canKeep;
    const transferSyntaxUid = transferSyntaxUids.find(takes);
    if (transferSyntaxUid === undefined) return { contextId, result: 4 };
    return { contextId, result: 0, service, abstractSyntaxUid, transferSyntaxUid };
  });
}
