import type { Sha256Choice, Sha256Stream } from '@sentinel/core';

/** So many bytes cost less than loading OpenSSL does. */
const PORTABLE_BYTES = 4096;

/** OpenSSL's SHA-256, once there is something to hash: short scans end before the portable one is compiled. */
export const nativeSha256: Sha256Choice = (portable) => {
  let left = PORTABLE_BYTES;
  return (bytes) => {
    left -= bytes.length;
    if (left > 0) return portable(bytes);
    return process.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest('hex');
  };
};

/** The same for what comes in pieces, a file of gigabytes among them. */
export function nativeSha256Stream(): Sha256Stream {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
}
