import type { Budget } from '../../bytes/budget.js';
import type { ByteSource } from '../../bytes/source.js';
import { BLOCK_BYTES, isTarHeader } from './header.js';
import { TAR_HEADER_SEARCH_BYTES, ZERO_BYTES } from '../../model/limits.js';

/** Bytes read at a time; a multiple of the block. */
const STEP_BYTES = 128 * BLOCK_BYTES;

export interface Found {
  /** Offset of the block, or null where the source ends first. */
  readonly at: number | null;
  /** The limit that ended the search, for people. */
  readonly cut: string | null;
}

/** The first block from `start` on that is not all zeros. */
export async function skipZeros(source: ByteSource, start: number, budget: Budget): Promise<Found> {
  for (let at = start; at - start < ZERO_BYTES; at += STEP_BYTES) {
    budget.checkTime();
    const bytes = await source.read(at, STEP_BYTES);
    const index = bytes.findIndex((byte) => byte !== 0);
    if (index !== -1) return { at: at + index - (index % BLOCK_BYTES), cut: null };
    if (bytes.length < STEP_BYTES) return { at: null, cut: null };
  }
  return { at: null, cut: `only the first ${ZERO_BYTES} zeros behind the tar were skipped` };
}

/** The first header in the blocks behind the one at `start`. */
export async function nextHeader(source: ByteSource, start: number, budget: Budget): Promise<Found> {
  for (let at = start + BLOCK_BYTES; at - start < TAR_HEADER_SEARCH_BYTES; at += STEP_BYTES) {
    budget.checkTime();
    const bytes = await source.read(at, STEP_BYTES);
    for (let i = 0; i + BLOCK_BYTES <= bytes.length; i += BLOCK_BYTES) {
      if (isTarHeader(bytes.subarray(i, i + BLOCK_BYTES))) return { at: at + i, cut: null };
    }
    if (bytes.length < STEP_BYTES) return { at: null, cut: null };
  }
  return { at: null, cut: `a tar header was searched for in ${TAR_HEADER_SEARCH_BYTES} bytes only` };
}
