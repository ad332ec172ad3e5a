import { InputError } from '../model/errors.js';
import type { BitReader } from './bit-reader.js';
import { RANDOM_DISTANCES } from './bzip2-random.js';

/** Symbols coded with one Huffman table before the selector moves on. */
const GROUP_SYMBOLS = 50;
/** The longest step of `decodeGroups`: a group of codes of 20 bits each, and a byte begun. */
const GROUP_BYTES = (GROUP_SYMBOLS * 20) / 8 + 1;
const MAX_CODE_BITS = 20;
/** More selectors than any block of 900,000 symbols can use are read and dropped, as libbzip2 1.0.8 does. */
const MAX_SELECTORS = 18_002;
const FAST_BITS = 10;

interface HuffmanTable {
  /** By the next FAST_BITS bits: symbol * 32 + length, or 0 where the code is longer. */
  readonly fast: Uint16Array;
  /** By length: the first code behind those of that length, shifted to MAX_CODE_BITS. */
  readonly limit: Int32Array;
  /** By length: what to add to a code for its index in `sorted`. */
  readonly base: Int32Array;
  readonly sorted: Uint16Array;
}

function huffmanTable(lengths: Uint8Array): HuffmanTable {
  const fast = new Uint16Array(1 << FAST_BITS);
  const limit = new Int32Array(MAX_CODE_BITS + 2);
  const base = new Int32Array(MAX_CODE_BITS + 2);
  const sorted = new Uint16Array(lengths.length);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= MAX_CODE_BITS; length += 1) {
    base[length] = index - code;
    for (let symbol = 0; symbol < lengths.length; symbol += 1) {
      if (lengths[symbol] !== length) continue;
      sorted[index] = symbol;
      if (length <= FAST_BITS) {
        const first = code << (FAST_BITS - length);
        fast.fill((symbol << 5) | length, first, first + (1 << (FAST_BITS - length)));
      }
      index += 1;
      code += 1;
    }
    // An over-full table (only in crafted data) runs past its width; the codes beyond it can never be read.
    limit[length] = Math.min(code << (MAX_CODE_BITS - length), 1 << MAX_CODE_BITS);
    code = Math.min(code << 1, 1 << MAX_CODE_BITS);
  }
  return { fast, limit, base, sorted };
}

/**
 * One block: Huffman codes, move to front, then the inverse Burrows-Wheeler transform and the run lengths undone.
 *
 *   magic 48 and CRC 32 (read by the caller), randomised 1, origin 24, used 16 + up to 16 * 16, tables 3,
 *   selectors 15, selectors in unary, code lengths, codes
 */
export class Bzip2Block {
  /** The lower 8 bits: bytes in coded order; after `transform` the upper 24 link each to the next one. */
  readonly #links: Uint32Array;
  readonly #selectors = new Uint8Array(MAX_SELECTORS);
  readonly #front = new Uint8Array(256);
  #selectorCount = 0;
  #selector = 0;
  #tables: HuffmanTable[] = [];
  #endSymbol = 0;
  #randomised = false;
  #origin = 0;
  #length = 0;
  #run = 0;
  #runBit = 1;
  /** Where `write` goes on. */
  #position = 0;
  #left = 0;
  /** How often the last byte came in a row; after four of them a count follows. */
  #same = 0;
  #last = -1;
  #repeat = 0;
  #randomAt = 0;
  #untilFlip = 0;

  constructor(capacity: number) {
    this.#links = new Uint32Array(capacity);
  }

  async decode(bits: BitReader): Promise<void> {
    await bits.refill();
    this.#randomised = bits.read(1) === 1;
    this.#origin = bits.read(24);
    const used = this.#readUsed(bits);
    await this.#readSelectors(bits);
    for (let i = 0; i < this.#tables.length; i += 1) this.#tables[i] = await this.#readTable(bits, used + 2);
    this.#endSymbol = used + 1;
    this.#length = 0;
    this.#selector = 0;
    this.#run = 0;
    this.#runBit = 1;
    do await bits.refill();
    while (!this.#decodeGroups(bits));
    if (this.#origin >= this.#length) throw corrupt(bits, 'its origin lies outside it');
    this.#transform();
  }

  #readUsed(bits: BitReader): number {
    const groups = bits.read(16);
    let count = 0;
    for (let high = 0; high < 16; high += 1) {
      if (!((groups >>> (15 - high)) & 1)) continue;
      const members = bits.read(16);
      for (let low = 0; low < 16; low += 1) {
        if ((members >>> (15 - low)) & 1) this.#front[count++] = high * 16 + low;
      }
    }
    if (count === 0) throw corrupt(bits, 'it uses no byte at all');
    return count;
  }

  async #readSelectors(bits: BitReader): Promise<void> {
    await bits.refill();
    const tables = bits.read(3);
    const selectors = bits.read(15);
    if (tables < 2 || tables > 6) throw corrupt(bits, `${tables} Huffman tables, 2 to 6 are allowed`);
    if (selectors === 0) throw corrupt(bits, 'it has no selectors');
    this.#tables.length = tables;
    const order = Array.from({ length: tables }, (_, i) => i);
    for (let i = 0; i < selectors; i += 1) {
      if (bits.low) await bits.refill();
      let position = 0;
      while (bits.read(1)) {
        position += 1;
        if (position >= tables) throw corrupt(bits, 'a selector names a table that does not exist');
      }
      const [table = 0] = order.splice(position, 1);
      order.unshift(table);
      if (i < MAX_SELECTORS) this.#selectors[i] = table;
    }
    this.#selectorCount = Math.min(selectors, MAX_SELECTORS);
  }

  async #readTable(bits: BitReader, symbols: number): Promise<HuffmanTable> {
    const lengths = new Uint8Array(symbols);
    await bits.refill();
    let length = bits.read(5);
    for (let symbol = 0; symbol < symbols; symbol += 1) {
      for (;;) {
        if (bits.low) await bits.refill();
        if (length < 1 || length > MAX_CODE_BITS) throw corrupt(bits, `a code of ${length} bits, 1 to 20 are allowed`);
        if (!bits.read(1)) break;
        length += bits.read(1) ? -1 : 1;
      }
      lengths[symbol] = length;
    }
    return huffmanTable(lengths);
  }

  /** Decodes groups of 50 codes as long as input is at hand; true when the block's end code was seen. */
  #decodeGroups(bits: BitReader): boolean {
    const reader = bits.bytes;
    const input = reader.bytes;
    const links = this.#links;
    const front = this.#front;
    let { bits: pending, count } = bits;
    let { at } = reader;
    let length = this.#length;
    let run = this.#run;
    let runBit = this.#runBit;
    const lastStart = reader.ended ? reader.end : reader.end - GROUP_BYTES;
    let done = false;
    while (!done && at <= lastStart) {
      if (this.#selector >= this.#selectorCount) throw corrupt(bits, 'its selectors end before its data', at);
      const { fast, limit, base, sorted } = this.#tables[this.#selectors[this.#selector++]!]!;
      for (let i = 0; i < GROUP_SYMBOLS; i += 1) {
        while (count < MAX_CODE_BITS) {
          pending = (pending << 8) | input[at++]!;
          count += 8;
        }
        const next = (pending >>> (count - MAX_CODE_BITS)) & 0xfffff;
        const entry = fast[next >>> (MAX_CODE_BITS - FAST_BITS)]!;
        let symbol: number;
        if (entry !== 0) {
          count -= entry & 31;
          symbol = entry >>> 5;
        } else {
          let size = FAST_BITS + 1;
          while (size <= MAX_CODE_BITS && next >= limit[size]!) size += 1;
          if (size > MAX_CODE_BITS) throw corrupt(bits, 'a code that its table does not have', at);
          count -= size;
          symbol = sorted[(next >>> (MAX_CODE_BITS - size)) + base[size]!] ?? -1;
          if (symbol < 0) throw corrupt(bits, 'a code that its table does not have', at);
        }
        if (symbol <= 1) {
          // Runs of the front byte in bijective base 2: RUNA is digit 1, RUNB is digit 2.
          run += runBit << symbol;
          runBit <<= 1;
          if (run > links.length) throw corrupt(bits, 'it is longer than its level allows', at);
          continue;
        }
        if (run > 0) {
          if (length + run > links.length) throw corrupt(bits, 'it is longer than its level allows', at);
          links.fill(front[0]!, length, length + run);
          length += run;
          run = 0;
          runBit = 1;
        }
        if (symbol === this.#endSymbol) {
          done = true;
          break;
        }
        if (length >= links.length) throw corrupt(bits, 'it is longer than its level allows', at);
        const position = symbol - 1;
        const byte = front[position]!;
        if (position < 16) for (let k = position; k > 0; k -= 1) front[k] = front[k - 1]!;
        else front.copyWithin(1, 0, position);
        front[0] = byte;
        links[length++] = byte;
      }
    }
    at -= count >>> 3;
    if (at > reader.end) throw bits.truncated();
    bits.count = count & 7;
    bits.bits = pending >>> (count & ~7);
    reader.at = at;
    this.#length = length;
    this.#run = run;
    this.#runBit = runBit;
    return done;
  }

  /** Inverse Burrows-Wheeler transform: links each byte to the one that follows it in the text. */
  #transform(): void {
    const links = this.#links;
    const length = this.#length;
    const next = new Int32Array(256);
    for (let i = 0; i < length; i += 1) next[links[i]! & 0xff]! += 1;
    for (let byte = 0, sum = 0; byte < 256; byte += 1) {
      const count = next[byte]!;
      next[byte] = sum;
      sum += count;
    }
    for (let i = 0; i < length; i += 1) {
      const byte = links[i]! & 0xff;
      const position = next[byte]!;
      next[byte] = position + 1;
      links[position] = (links[position]! & 0xff) | (i << 8);
    }
    this.#position = links[this.#origin]! >>> 8;
    this.#left = length;
    this.#same = 0;
    this.#last = -1;
    this.#repeat = 0;
    this.#randomAt = 0;
    this.#untilFlip = 0;
  }

  /** Writes text into `chunk` and returns how much; less than its length only at the end of the block. */
  write(chunk: Uint8Array): number {
    const links = this.#links;
    let position = this.#position;
    let left = this.#left;
    let same = this.#same;
    let last = this.#last;
    let repeat = this.#repeat;
    let at = 0;
    while (at < chunk.length) {
      if (repeat > 0) {
        const until = Math.min(at + repeat, chunk.length);
        chunk.fill(last, at, until);
        repeat -= until - at;
        at = until;
        continue;
      }
      if (left === 0) break;
      left -= 1;
      const link = links[position]!;
      position = link >>> 8;
      let byte = link & 0xff;
      if (this.#randomised) byte ^= this.#flip();
      if (same === 4) {
        // Counting starts afresh behind a run, even where the same byte goes on.
        repeat = byte;
        same = 0;
        continue;
      }
      same = byte === last ? same + 1 : 1;
      last = byte;
      chunk[at++] = byte;
    }
    this.#position = position;
    this.#left = left;
    this.#same = same;
    this.#last = last;
    this.#repeat = repeat;
    return at;
  }

  /** libbzip2's BZ_RAND_UPD_MASK: 1 where the encoder has flipped the lowest bit of a byte. */
  #flip(): number {
    if (this.#untilFlip === 0) {
      this.#untilFlip = RANDOM_DISTANCES[this.#randomAt]!;
      this.#randomAt = (this.#randomAt + 1) % RANDOM_DISTANCES.length;
    }
    this.#untilFlip -= 1;
    return this.#untilFlip === 1 ? 1 : 0;
  }
}

function corrupt(bits: BitReader, why: string, at = bits.bytes.at): InputError {
  // Codes made of the zero bytes behind the end say nothing.
  if (at > bits.bytes.end) return bits.truncated();
  return new InputError(`corrupt bzip2 block: ${why}`, bits.bytes.offset + at - bits.bytes.at);
}
