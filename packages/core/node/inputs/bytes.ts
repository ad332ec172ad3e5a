import { memorySource } from '@artifact-sentinel/core';
import type { ScanInput } from '@artifact-sentinel/core/internal';
import { nativeSha256Stream } from '../native-sha256.js';
import type { BytesInput } from './input.js';

/** Hex SHA-256 of bytes at hand, which is their identity too. */
export function sha256OfBytes({ bytes }: BytesInput): string {
  const hash = nativeSha256Stream();
  hash.update(bytes);
  return hash.hex();
}

export function openBytes(input: BytesInput): ScanInput {
  return {
    path: input.name,
    source: memorySource(input.bytes),
    size: input.bytes.length,
    get identity() {
      return sha256OfBytes(input);
    },
  };
}
