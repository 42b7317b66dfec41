import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** AES-256-GCM over one small secret; all parts as base64url. The key comes by HKDF-SHA-256 from `salt`. */
export type SealedBox = { salt: string; nonce: string; sealed: string };

/** Encrypts `plain`; `purpose` is bound in, so that a box cannot be passed off as another kind. */
export function seal(secret: Uint8Array, purpose: string, plain: Uint8Array): SealedBox {
  const [salt, nonce] = [randomBytes(32), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', boxKey(secret, salt, purpose), nonce);
  cipher.setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { salt: text(salt), nonce: text(nonce), sealed: text(sealed) };
}

/** The plain bytes, or undefined for another secret, another purpose or a changed box. */
export function unseal(secret: Uint8Array, purpose: string, box: SealedBox): Buffer | undefined {
  const [nonce, sealed] = [bytes(box.nonce), bytes(box.sealed)];
  if (nonce.length !== 12 || sealed.length < 16) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', boxKey(secret, bytes(box.salt), purpose), nonce, {
    authTagLength: 16,
  });
  decipher.setAAD(Buffer.from(purpose));
  decipher.setAuthTag(sealed.subarray(-16));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** A shared secret with the holder of `publicKey` (X25519, 32 raw bytes as base64url) and the ephemeral key that leads to it. */
export function agreeWith(publicKey: string): { secret: Buffer; ephemeralPublicKey: string } {
  const ephemeral = generateKeyPairSync('x25519');
  const secret = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: x25519Public(publicKey) });
  return { secret, ephemeralPublicKey: ephemeral.publicKey.export({ format: 'jwk' }).x ?? '' };
}

const x25519Public = (x: string): KeyObject =>
  createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'X25519', x } });
const boxKey = (secret: Uint8Array, salt: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32));
const text = (value: Buffer): string => value.toString('base64url');
const bytes = (value: string): Buffer => Buffer.from(value, 'base64url');
