import { latin1 } from '../../../bytes/read.js';

/** `surrogates`: as Python's "surrogatepass". */
export function isUtf8(bytes: Uint8Array, surrogates: boolean): boolean {
  if (bytes.every((byte) => byte < 0x80) || utf8(bytes) !== null) return true;
  if (!surrogates) return false;
  // A surrogate is three bytes, ED A0..BF 80..BF; without them the rest has to be UTF-8.
  return (
    utf8(Uint8Array.from(latin1(bytes).replaceAll(/\xed[\xa0-\xbf][\x80-\xbf]/g, ''), (char) => char.charCodeAt(0))) !==
    null
  );
}

/** A little-endian number in two's complement. */
export function longValue(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return BigInt.asIntN(bytes.length * 8, value);
}

export function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return null;
  }
}
