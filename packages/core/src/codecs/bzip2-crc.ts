/** The polynomial of ISO 3309 taken from the most significant bit, as bzip2 does. */
const POLYNOMIAL = 0x04c11db7;

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value < 0 ? (value << 1) ^ POLYNOMIAL : value << 1;
  return value;
});

/** Advances the CRC of a bzip2 block (start with -1, invert at the end). */
export function bzip2Crc(crc: number, bytes: Uint8Array, length: number): number {
  const table = TABLE;
  for (let i = 0; i < length; i += 1) crc = (crc << 8) ^ table[(crc >>> 24) ^ bytes[i]!]!;
  return crc;
}
