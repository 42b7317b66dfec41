/** What a person at the terminal reads for a code of the store. */
export const failureLines: Record<string, string> = {
  'wrong-key': 'the key does not open this data',
  'in-use': 'this data folder is in use by another workstation process',
  'read-only': 'the data folder cannot be written',
  'disk-full': 'the disk is full',
  corrupt: 'the store file is damaged; restore it from a backup',
  'not-found': 'there is no store in this data folder',
  'newer-program': 'this data was written by a newer Praxis',
  io: 'the data folder cannot be read or written',
};

/** One clear line, and no half-started program. */
export function die(line: string): never {
  process.stderr.write(`praxis: workstation: ${line}\n`);
  process.exit(1);
}
