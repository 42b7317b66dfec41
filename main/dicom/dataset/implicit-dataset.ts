/** One element of an Implicit VR Little Endian dataset: raw value bytes, or the items of a sequence. */
export type ImplicitElement = { tag: number; bytes: Uint8Array } | { tag: number; items: ImplicitDataset[] };

/** Elements by tag number, in the order read or to be sorted on writing. */
export type ImplicitDataset = Map<number, ImplicitElement>;

export const itemTag = 0xfffee000;
export const itemEndTag = 0xfffee00d;
export const sequenceEndTag = 0xfffee0dd;
export const undefinedLength = 0xffffffff;
