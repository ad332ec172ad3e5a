/** Fields that say whether a file is whole: wrong ones end most decoders before a change elsewhere is seen. */

const BLOCK = 512;

/** The checksum of each block of a tar that looks like a header. */
export function withChecksums(bytes: Uint8Array): Uint8Array {
  for (let at = 0; at + BLOCK <= bytes.length; at += BLOCK) {
    if (String.fromCharCode(...bytes.subarray(at + 257, at + 262)) !== 'ustar') continue;
    let sum = 8 * 0x20;
    for (let i = 0; i < BLOCK; i += 1) if (i < 148 || i >= 156) sum += bytes[at + i] ?? 0;
    bytes.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), at + 148);
  }
  return bytes;
}

const NEWLINE = 10;

/** The length of an npy header: up to the first line break. */
export function withHeaderLength(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(NEWLINE) + 1;
  const start = bytes[6] === 1 ? 10 : 12;
  if (end <= start || bytes[0] !== 0x93) return bytes;
  bytes[8] = (end - start) & 0xff;
  bytes[9] = (end - start) >>> 8;
  return bytes;
}
