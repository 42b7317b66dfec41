/** The UIDs the door itself speaks, and the form of a UID (PS3.5 9.1). */

export const applicationContextUid = '1.2.840.10008.3.1.1.1';
export const verificationUid = '1.2.840.10008.1.1';
export const modalityWorklistFindUid = '1.2.840.10008.5.1.4.31';
export const implicitVrLittleEndianUid = '1.2.840.10008.1.2';

/** Names this implementation to peers and in file meta groups (PS3.7 D.3.3.2); UUID-derived, so it needs no registered root. */
export const implementationClassUid = '2.25.237201353684679159826661302842440378919';
/** At most 16 characters (PS3.7 D.3.3.2.3). */
export const implementationVersionName = 'PRAXIS_1';

/**
 * True for digits in dot-separated components, 64 characters at most. Leading zeros are let pass: scanners send them, and a UID
 * is only ever compared and hashed here, never used in a path.
 */
export function isUid(text: string): boolean {
  return text.length <= 64 && /^[0-9]+(\.[0-9]+)*$/.test(text);
}

/** Text of a UI or AE field without its padding (NUL or blanks, PS3.5 6.2), leading blanks included. */
export function trimPadding(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[ \0]+$/, '')
    .trimStart();
}
