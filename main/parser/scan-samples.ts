/** How the samples of a grey picture are stored (PS3.5 8.1.1). */
export type SampleForm = { bitsAllocated: number; bitsStored: number; isSigned: boolean; isLittleEndian: boolean };

/**
 * Bits above the stored ones; where values are signed, with the sign bit whose copies they have to be.
 */
export function bitsToHold({ bitsAllocated, bitsStored, isSigned }: SampleForm): number {
  const cell = 2 ** bitsAllocated - 1;
  const above = (cell << bitsStored) & cell;
  return isSigned ? above | (1 << (bitsStored - 1)) : above;
}

/**
 * Whether bits above the stored ones are set that are no copies of the sign: an overlay hidden there, or samples that are not as the
 * header says. `bytes` are whole samples of 8 or 16 bits.
 */
export function hasBitsAbove(bytes: Uint8Array, form: SampleForm): boolean {
  const { bitsAllocated, isSigned, isLittleEndian } = form;
  const mask = bitsToHold(form);
  // A copy, so that it begins where words begin.
  const own = Buffer.from(bytes);
  if (bitsAllocated === 16 && !isLittleEndian) own.swap16();
  const samples = bitsAllocated === 16 ? new Uint16Array(own.buffer, own.byteOffset, Math.floor(own.length / 2)) : own;
  for (const sample of samples) {
    const held = sample & mask;
    if (held !== 0 && !(isSigned && held === mask)) return true;
  }
  return false;
}
