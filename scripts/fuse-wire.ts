import { readFileSync, writeFileSync } from 'node:fs';

/** Marks the fuse wire inside an Electron binary; behind it: version byte, length byte, one state character per fuse. */
export const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** The nine fuses of wire version 1, in wire order, as they must stand in a package of ours. */
export const wantedFuses = [
  ['runAsNode', false],
  ['cookieEncryption', true],
  ['nodeOptions', false],
  ['nodeCliInspect', false],
  ['embeddedAsarIntegrityValidation', true],
  ['onlyLoadAppFromAsar', true],
  ['loadBrowserProcessSpecificV8Snapshot', false],
  ['grantFileProtocolExtraPrivileges', false],
  ['wasmTrapHandlers', true],
] as const;

const wireStart = (binary: Buffer): number => {
  const at = binary.indexOf(fuseSentinel);
  if (at < 0) throw new Error('No fuse wire in this binary');
  return at + fuseSentinel.length;
};

/** States of all fuses of a binary, in wire order: `1` on, `0` off, `r` removed. Throws where there is no wire of version 1. */
export const readFuseWire = (file: string): string => {
  const binary = readFileSync(file);
  const start = wireStart(binary);
  if (binary[start] !== 1) throw new Error(`Fuse wire has version ${binary[start]}, expected 1`);
  return binary.subarray(start + 2, start + 2 + (binary[start + 1] ?? 0)).toString('latin1');
};

/** Sets one fuse by name; throws for a wire too short to have it. For what electron-builder's own list does not know. */
export const setFuse = (file: string, name: (typeof wantedFuses)[number][0], on: boolean): void => {
  const index = wantedFuses.findIndex(([known]) => known === name);
  if (index >= readFuseWire(file).length) throw new Error(`This Electron has no fuse ${name}`);
  const binary = readFileSync(file);
  binary.write(on ? '1' : '0', wireStart(binary) + 2 + index, 'latin1');
  writeFileSync(file, binary);
};

/** Names of the fuses that do not stand as wanted, a fuse that we do not know included. */
export const wrongFuses = (states: string): string[] => {
  const wrong = wantedFuses.filter(([, on], index) => states[index] !== (on ? '1' : '0')).map(([name]) => name);
  const unknown = Array.from(
    states.slice(wantedFuses.length),
    (_, index) => `unknown fuse ${wantedFuses.length + index}`,
  );
  return [...wrong, ...unknown];
};
