import { connect, createServer, type Server } from 'node:net';
import { sha256 } from './door-fixture.ts';

/**
 * A relay between a sender and the door that keeps what the sender sent. DCMTK rewrites files on sending (padding, lengths,
 * uncompressed syntaxes), so its files are no measure of "bit for bit": the wire is.
 */
export async function openWireTap(
  doorPort: number,
): Promise<{ port: number; datasetHashes(): string[]; close(): void }> {
  const streams: Buffer[][] = [];
  const server: Server = createServer({ noDelay: true }, (sender) => {
    const kept: Buffer[] = [];
    streams.push(kept);
    const door = connect({ port: doorPort, host: '127.0.0.1', noDelay: true });
    sender.on('data', (bytes) => kept.push(bytes));
    for (const socket of [sender, door]) socket.on('error', () => socket.destroy());
    sender.pipe(door).pipe(sender);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    datasetHashes: () => streams.flatMap((kept) => datasetsOf(Buffer.concat(kept)).map(sha256)),
    close: () => void server.close(),
  };
}

/** The datasets in one direction of an association: data fragments up to each one marked last (PS3.8 annex E). */
function datasetsOf(stream: Buffer): Buffer[] {
  const datasets: Buffer[] = [];
  let fragments: Buffer[] = [];
  for (let at = 0; at + 6 <= stream.length; at += 6 + stream.readUInt32BE(at + 2)) {
    if (stream[at] !== 4) continue;
    const end = at + 6 + stream.readUInt32BE(at + 2);
    for (let pdv = at + 6; pdv < end; pdv += 4 + stream.readUInt32BE(pdv)) {
      const flags = stream.readUInt8(pdv + 5);
      if ((flags & 1) === 1) continue;
      fragments.push(stream.subarray(pdv + 6, pdv + 4 + stream.readUInt32BE(pdv)));
      if ((flags & 2) === 0) continue;
      datasets.push(Buffer.concat(fragments));
      fragments = [];
    }
  }
  return datasets;
}
