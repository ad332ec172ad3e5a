import { InputError } from '../model/errors.js';
import type { ByteSource } from './source.js';

/** Exactly `length` bytes at `offset`, copied (safe to keep), or an InputError that says what was expected there. */
export async function readExact(source: ByteSource, offset: number, length: number, what: string): Promise<Uint8Array> {
  const bytes = await source.read(offset, length);
  if (bytes.length < length) {
    throw new InputError(`truncated: ${what} needs ${length} bytes, ${bytes.length} are there`, offset);
  }
  return bytes.slice();
}

export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
}

/** A 64-bit little-endian number; above 2^53 it is rounded, which every caller treats as "beyond any file". */
export function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) + u32(bytes, at + 4) * 0x1_0000_0000;
}

/** One character for each byte: keeps bytes comparable and printable without guessing an encoding. */
export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  for (let i = start; i < end; i += 1) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}
