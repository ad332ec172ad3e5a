import { InputError } from '../model/errors.js';
import type { ByteSource } from './source.js';

/** Exactly `length` bytes at `offset`, copied (safe to keep), or an InputError that says what was expected there. */
export async function readExact(source: ByteSource, offset: number, length: number, what: string): Promise<Uint8Array> {
  const bytes = await source.read(offset, length);
  if (bytes.length < length) {
    throw new InputError(`truncated: ${what} needs ${length} bytes, ${bytes.length} are there`, offset, 'truncated');
  }
  return bytes.slice();
}

/** The first bytes of a source that never has to be waited for; null of any other, and where they cannot be read. */
export function bytesAtHand(source: ByteSource, length: number): Uint8Array | null {
  if (source.immediate !== true) return null;
  try {
    const bytes = source.read(0, length);
    return bytes instanceof Promise ? null : bytes;
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0
  );
}

/** A 64-bit little-endian number; above 2^53 it is rounded, which every caller treats as "beyond any file". */
export function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) + u32(bytes, at + 4) * 0x1_0000_0000;
}

/** One character for each byte: keeps bytes comparable and printable without guessing an encoding. */
export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return textOfUnits(bytes.subarray(start, end));
}

/** Arguments of one call. */
const UNITS = 4096;

/**
 * A string of these character codes. Added one by one, each character would cost the engine a node of 32 bytes, which a
 * name of some megabytes keeps for as long as it lives (CWE-770).
 */
export function textOfUnits(units: Uint8Array | Uint16Array): string {
  if (units.length <= UNITS) return fromUnits(units);
  const parts: string[] = [];
  for (let i = 0; i < units.length; i += UNITS) parts.push(fromUnits(units.subarray(i, i + UNITS)));
  return parts.join('');
}

function fromUnits(units: Uint8Array | Uint16Array): string {
  // Spread, they would go through an iterator one by one. `apply` takes any object with a length.
  return Reflect.apply(String.fromCharCode, null, units as ArrayLike<number> as readonly number[]);
}
