import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Form of an encrypted object file, version 1: a header, then chunks of 64 KiB (the last one shorter, and empty only if the
 * object is), each AES-256-GCM with its 16-byte tag. The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the
 * nonce is the chunk's number and whether it is the last one, so a chunk left out, swapped, repeated or a cut end is found. The
 * key is HKDF-SHA-256 of the object key and the file's random salt, so that no two files share nonces.
 *
 *   'PRXO' | version 1 | three zero bytes | salt (32)
 */
export const objectHeaderBytes = 40;
export const chunkBytes = 65_536;
const tagBytes = 16;
const sealedChunkBytes = chunkBytes + tagBytes;
const magic = Buffer.from('PRXO\x01\0\0\0', 'latin1');
const algorithm = 'aes-256-gcm';
/** A longer object would need a second counter word; our own limit lies far below (256 TiB). */
const chunksMax = 2 ** 32;

export type ObjectEncryptor = {
  /** The header; has to be written before any chunk. */
  header: Buffer;
  /** Takes plain bytes (copied) and returns the sealed chunks that they complete. */
  push(bytes: Uint8Array): Buffer[];
  /** Seals the last chunk. */
  end(): Buffer;
};

function fileKey(key: Uint8Array, header: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', key, header.subarray(magic.length), 'praxis dicom object v1', 32));
}

function nonceOf(chunk: number, isLast: boolean): Buffer {
  if (chunk >= chunksMax) throw new RangeError('object too long');
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(chunk, 7);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Seals one object. `key` is the station's 32-byte object key. */
export function createObjectEncryptor(key: Uint8Array): ObjectEncryptor {
  const header = Buffer.concat([magic, randomBytes(32)]);
  const derived = fileKey(key, header);
  const held = Buffer.allocUnsafe(chunkBytes);
  let heldBytes = 0;
  let chunk = 0;
  const seal = (isLast: boolean): Buffer => {
    const cipher = createCipheriv(algorithm, derived, nonceOf(chunk, isLast));
    cipher.setAAD(header);
    const sealed = Buffer.concat([cipher.update(held.subarray(0, heldBytes)), cipher.final(), cipher.getAuthTag()]);
    chunk += 1;
    heldBytes = 0;
    return sealed;
  };
  return {
    header,
    push(bytes) {
      const sealed: Buffer[] = [];
      let at = 0;
      while (at < bytes.length) {
        // A full chunk is only sealed when more comes: until then it might be the last.
        if (heldBytes === chunkBytes) sealed.push(seal(false));
        const part = bytes.subarray(at, at + chunkBytes - heldBytes);
        held.set(part, heldBytes);
        heldBytes += part.length;
        at += part.length;
      }
      return sealed;
    },
    end: () => seal(true),
  };
}

/** Length of the object in a file of `fileBytes`, and its chunks; undefined where no object has such a file. */
export function objectLayout(fileBytes: number): { length: number; chunks: number } | undefined {
  const sealed = fileBytes - objectHeaderBytes;
  if (sealed < tagBytes) return undefined;
  const chunks = Math.ceil(sealed / sealedChunkBytes);
  const lastBytes = sealed - (chunks - 1) * sealedChunkBytes - tagBytes;
  if (lastBytes < 0 || (lastBytes === 0 && chunks > 1)) return undefined;
  return { length: sealed - chunks * tagBytes, chunks };
}

/** Where the sealed chunks `first` to `last` lie in the file (end exclusive, may pass the end of the file). */
export function sealedRange(first: number, last: number): { start: number; end: number } {
  return {
    start: objectHeaderBytes + first * sealedChunkBytes,
    end: objectHeaderBytes + (last + 1) * sealedChunkBytes,
  };
}

/** Opens chunks of one file. `open` takes whole sealed chunks from number `first` on; undefined means they are not what was sealed. */
export function createObjectDecryptor(
  key: Uint8Array,
  header: Uint8Array,
  chunks: number,
): { open(sealed: Uint8Array, first: number): Buffer | undefined } | undefined {
  if (header.length !== objectHeaderBytes || !magic.equals(header.subarray(0, magic.length))) return undefined;
  const derived = fileKey(key, header);
  const openChunk = (sealed: Uint8Array, chunk: number): Buffer | undefined => {
    if (sealed.length < tagBytes) return undefined;
    const decipher = createDecipheriv(algorithm, derived, nonceOf(chunk, chunk === chunks - 1), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(header);
    decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagBytes)), decipher.final()]);
    } catch {
      return undefined;
    }
  };
  return {
    open(sealed, first) {
      const plain: Buffer[] = [];
      for (let at = 0; at < sealed.length; at += sealedChunkBytes) {
        const chunk = openChunk(sealed.subarray(at, at + sealedChunkBytes), first + at / sealedChunkBytes);
        if (chunk === undefined) return undefined;
        plain.push(chunk);
      }
      return Buffer.concat(plain);
    },
  };
}
