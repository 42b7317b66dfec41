/**
 * The dataset parser as a process of its own, which may be killed: whatever a received object does to it, the door, the store and
 * the window go on (design §8). Started by `pool.ts`.
 */
import { openObject } from '../vault/object-file.ts';
import { connectParent } from '../shell/parent-port.ts';
import { type OpenDataset, serveParser } from './serve-parser.ts';

const openDataset: OpenDataset = async (objectPath, key) => {
  const opened = await openObject(objectPath, key);
  if (!opened.ok) return undefined;
  const { object } = opened;
  return {
    length: object.length,
    async read(start, end) {
      const part = await object.read(start, end);
      return part.ok ? part.bytes : undefined;
    },
    close: () => object.close(),
  };
};

const parent = connectParent();
if (parent !== undefined) {
  serveParser(parent, openDataset);
  parent.onDisconnect(() => process.exit(0));
}
