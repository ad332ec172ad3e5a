import { crc32 } from '../../packages/core/src/codecs/crc32.js';
import { concatAll, fields } from '../../packages/core/test/zip-builder.js';

/*
 * A gzip file that unpacks to itself, after Russ Cox, "Zip Files All The Way Down" (2010). Every instruction takes five
 * bytes: a stored block's header, or a block that copies the last 20 bytes. With a head and a tail of 15 bytes each no
 * other copy is needed.
 */

/** A stored block of `units` times five bytes. */
const stored = (units: number): Uint8Array => fields([0, 1], [units * 5, 2], [(units * 5) ^ 0xffff, 2]);

/** Twice "10 bytes from 20 back" in fixed Huffman codes: 3 + 2 * (7 + 5 + 3) + 7 bits are five bytes. */
function copyOf20(isLast: boolean): Uint8Array {
  const bits: number[] = [isLast ? 1 : 0, 1, 0];
  for (let part = 0; part < 2; part += 1) {
    bits.push(0, 0, 0, 1, 0, 0, 0); // length 10: code 264
    bits.push(0, 1, 0, 0, 0); // distance 17 to 24: code 8
    bits.push(1, 1, 0); // and 3, lowest bit first
  }
  bits.push(0, 0, 0, 0, 0, 0, 0); // end of block: code 256
  return Uint8Array.from({ length: 5 }, (_, i) =>
    bits.slice(i * 8, i * 8 + 8).reduce((byte, bit, at) => byte | (bit << at), 0),
  );
}

const LENGTH = 42 * 5;

function fileWith(name: string, crc: number): Uint8Array {
  const head = concatAll([Uint8Array.of(0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 2, 3), new TextEncoder().encode(`${name}\0`)]);
  const tail = concatAll([fields([crc, 4], [LENGTH, 4]), new Uint8Array(7)]);
  const [none, one, four, again, last] = [stored(0), stored(1), stored(4), copyOf20(false), copyOf20(true)];
  const text = [head, four, head, four, again, one, again, one, one, four, again, one, one, four, again].concat(
    [four, again, four, again, four, again, four, again, none, none, four, again, none, none],
    [four, last, tail, last, tail],
  );
  return concatAll(text);
}

/** The file whose own checksum stands in it: CRC-32 is linear, so that 32 equations give it. */
export function gzipQuine(): Uint8Array {
  for (let letter = 0x61; letter <= 0x7a; letter += 1) {
    const name = `${String.fromCharCode(letter)}pkl`;
    const constant = crc32(fileWith(name, 0));
    // Rows: what bit i of the field changes in checksum and field, with the bits that were put together.
    let wanted = constant;
    let chosen = 0;
    const rows = Array.from({ length: 32 }, (_, i) => {
      const bit = (1 << i) >>> 0;
      return { change: (crc32(fileWith(name, bit)) ^ constant ^ bit) >>> 0, bits: bit };
    });
    for (let i = 31; i >= 0; i -= 1) {
      const mask = (1 << i) >>> 0;
      const pivot = rows.findIndex(({ change }) => (change & mask) !== 0 && change >>> 0 < mask * 2);
      if (pivot < 0) continue;
      const [row] = rows.splice(pivot, 1);
      if (row === undefined) continue;
      for (const other of rows) {
        if ((other.change & mask) === 0) continue;
        other.change = (other.change ^ row.change) >>> 0;
        other.bits = (other.bits ^ row.bits) >>> 0;
      }
      if ((wanted & mask) !== 0) {
        wanted = (wanted ^ row.change) >>> 0;
        chosen = (chosen ^ row.bits) >>> 0;
      }
    }
    if (wanted === 0) return fileWith(name, chosen);
  }
  throw new Error('no name gives a checksum that fits');
}
