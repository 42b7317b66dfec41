/**
 * What a peer may cost us. Every number here is checked before the bytes it speaks of are kept or parsed; the values come
 * from trials (docs of the DICOM node, §6). Tests shorten the times through `createDoor({ limits })`.
 */
export type DoorLimits = typeof doorLimits;

/** The limits the product runs with. Lengths in bytes, times in milliseconds. */
export const doorLimits = {
  connections: 64,
  connectionsPerAddress: 16,
  /** Sockets over the limit that are kept just long enough to be told so (A-ASSOCIATE-RJ 2,3,2); more are cut at once. */
  surplusConnections: 32,
  associateRequestMs: 10_000,
  associateRequestBytes: 65_536,
  presentationContexts: 128,
  transferSyntaxesPerContext: 64,
  /** What we announce, and the longest P-DATA we take (DCMTK's own maximum). */
  receivePduBytes: 131_072,
  /** Below this a peer could make us send thousands of PDUs for one answer; DCMTK's least is 4096. 0 means no limit. */
  peerPduBytesMin: 1024,
  /** PS3.8 makes the length item mandatory; for a peer that leaves it out, the value most toolkits start from. */
  peerPduBytesAssumed: 16_384,
  commandBytes: 4096,
  queryBytes: 65_536,
  objectBytes: 4 * 1024 ** 3,
  /** Kept free for the store and the system: below it scanners are told to come back later (A700). */
  diskReserveBytes: 1024 ** 3,
  diskCheckEveryBytes: 16 * 1024 ** 2,
  idleMs: 60_000,
  messageMs: 600_000,
  /** After a reject or abort the peer gets this long to read it. */
  lingerMs: 200,
};
