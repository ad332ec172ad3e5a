import { Adler32 } from './adler32.js';
import { pakoEngine } from './inflate-engine.js';

const HEADER_BYTES = 2;

/**
 * Whether bytes behind the two of a zlib header may be zlib data, by the first of them: false where zlib would find a fault within
 * `head`, the wrong checksum of data that end there included. Noise has one within some dozen bytes: no deflate block goes on as
 * noise does. The header's own bits are not looked at (RFC 1950, RFC 1951).
 */
export function mayBeginZlib(head: Uint8Array): boolean {
  const { error, done, consumed, output } = pakoEngine().push(head.subarray(HEADER_BYTES));
  if (error !== undefined) return false;
  const end = HEADER_BYTES + consumed;
  if (!done || end + 4 > head.length) return true;
  const adler = new Adler32();
  adler.update(output);
  return adler.value === new DataView(head.buffer, head.byteOffset + end).getUint32(0);
}
