import type { ByteSource } from '../bytes/source.js';
import type { Platform } from '../platform.js';
import { MAX_HASHED } from '../model/limits.js';

/** A stream that was mostly jumped over is not read for its hash alone: bytes for each opcode run. */
const BYTES_PER_STEP = 64;

/** Hex SHA-256 of a stream, or null where that would read what the analysis did not. */
export async function sha256Of(
  source: ByteSource,
  offset: number,
  length: number,
  steps: number,
  { sha256 }: Pick<Platform, 'sha256'>,
): Promise<string | null> {
  if (length <= 0 || length > MAX_HASHED || length > 4096 + steps * BYTES_PER_STEP) return null;
  const bytes = await source.read(offset, length);
  return bytes.length < length ? null : sha256(bytes);
}
