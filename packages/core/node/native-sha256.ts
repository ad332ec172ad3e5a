import { sha256Hex, type Sha256, type Sha256Stream } from '@artifact-sentinel/core/internal';

/** So many bytes cost less in JavaScript than loading OpenSSL does. */
const PORTABLE_BYTES = 2048;

/** OpenSSL's SHA-256, where there is more than a little to hash: short scans end before it is loaded. */
export const nativeSha256: Sha256 = (bytes) =>
  bytes.length <= PORTABLE_BYTES
    ? sha256Hex(bytes)
    : process.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest('hex');

/** The same for what comes in pieces, a file of gigabytes among them. */
export function nativeSha256Stream(): Sha256Stream {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
}
