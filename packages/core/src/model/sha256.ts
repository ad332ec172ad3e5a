import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Hex SHA-256 (FIPS 180-4) of bytes. */
export type Sha256 = (bytes: Uint8Array) => string;
/** SHA-256 of bytes that come in pieces. */
export interface Sha256Stream {
  update(bytes: Uint8Array): void;
  hex(): string;
}
/** Given the portable engine, the one to use. */
export type Sha256Choice = (portable: Sha256) => Sha256;

/** In JavaScript: runs everywhere. */
export const portableSha256: Sha256 = (bytes) => bytesToHex(sha256(bytes));

let engine = portableSha256;

function portableStream(): Sha256Stream {
  const hash = sha256.create();
  return { update: (bytes) => void hash.update(bytes), hex: () => bytesToHex(hash.digest()) };
}

let stream: () => Sha256Stream = portableStream;

/** Lets a platform's own SHA-256 stand in for the portable one. */
export function setSha256(choice: Sha256Choice, pieces: () => Sha256Stream = portableStream): void {
  engine = choice(portableSha256);
  stream = pieces;
}

/** SHA-256 of bytes that come in pieces. */
export function sha256Stream(): Sha256Stream {
  return stream();
}

/** Hex SHA-256 of bytes. */
export function sha256Hex(bytes: Uint8Array): string {
  return engine(bytes);
}
