import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Hex SHA-256 (FIPS 180-4) of bytes. */
export type Sha256 = (bytes: Uint8Array) => string;

/** SHA-256 of bytes that come in pieces. */
export interface Sha256Stream {
  update(bytes: Uint8Array): void;
  hex(): string;
}

/** In JavaScript: for short texts, and where the platform has nothing faster. */
export const sha256Hex: Sha256 = (bytes) => bytesToHex(sha256(bytes));

/** The same for bytes that come in pieces. */
export function sha256Stream(): Sha256Stream {
  const hash = sha256.create();
  return { update: (bytes) => void hash.update(bytes), hex: () => bytesToHex(hash.digest()) };
}
