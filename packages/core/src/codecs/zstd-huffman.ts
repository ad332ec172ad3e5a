import { InputError } from '../model/errors.js';
import { BackwardBits } from './backward-bits.js';
import { readFseTable } from './zstd-fse.js';

const MAX_BITS = 11;
const MAX_WEIGHT_LOG = 6;
const MAX_SYMBOLS = 256;

/** By the next `bits` bits: symbol * 16 + how many of them its code takes. */
export interface HuffmanTable {
  readonly bits: number;
  readonly entries: Uint16Array;
}

/**
 * Reads a table at `at` (RFC 8878, section 4.2.1). The weight of the last symbol is not stored: it makes the sum a
 * power of two.
 *
 *   below 128: size 1, weights as an FSE bitstream; else 127 + number of weights 1, weights of 4 bits
 */
export function readHuffmanTable(
  bytes: Uint8Array,
  at: number,
  limit: number,
  offset: number,
): { table: HuffmanTable; end: number } {
  const fail = (): InputError => new InputError('corrupt zstd block: the weights of the Huffman table', offset + at);
  if (at >= limit) throw fail();
  const header = bytes[at]!;
  const weights = new Uint8Array(MAX_SYMBOLS);
  const end = at + 1 + (header < 128 ? header : (header - 126) >>> 1);
  if (end > limit) throw fail();
  let count: number;
  if (header < 128) {
    count = readWeights(bytes, at + 1, end, weights, offset);
  } else {
    count = header - 127;
    for (let i = 0; i < count; i += 1) {
      const pair = bytes[at + 1 + (i >>> 1)]!;
      weights[i] = i & 1 ? pair & 15 : pair >>> 4;
    }
  }
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    if (weights[i]! > MAX_BITS) throw fail();
    if (weights[i]! > 0) sum += 1 << (weights[i]! - 1);
  }
  if (sum === 0 || count >= MAX_SYMBOLS) throw fail();
  const bits = 32 - Math.clz32(sum);
  const rest = (1 << bits) - sum;
  if (bits > MAX_BITS || (rest & (rest - 1)) !== 0) throw fail();
  weights[count] = 32 - Math.clz32(rest);
  return { table: buildTable(weights, count + 1, bits), end };
}

function buildTable(weights: Uint8Array, count: number, bits: number): HuffmanTable {
  const entries = new Uint16Array(1 << bits);
  let at = 0;
  for (let weight = 1; weight <= bits; weight += 1) {
    const span = 1 << (weight - 1);
    for (let symbol = 0; symbol < count; symbol += 1) {
      if (weights[symbol] !== weight) continue;
      entries.fill((symbol << 4) | (bits + 1 - weight), at, at + span);
      at += span;
    }
  }
  return { bits, entries };
}

/** Two states take turns until the bits of one have run out; then the other one's symbol is the last. */
function readWeights(bytes: Uint8Array, at: number, end: number, weights: Uint8Array, offset: number): number {
  const { table, end: start } = readFseTable(bytes, at, end, MAX_WEIGHT_LOG, MAX_BITS + 1, offset);
  const bits = new BackwardBits(bytes, start, end);
  let state = bits.read(table.log);
  let other = bits.read(table.log);
  if (bits.left < 0) throw new InputError('corrupt zstd block: the weights of the Huffman table', offset + at);
  let count = 0;
  for (;;) {
    if (count >= MAX_SYMBOLS - 2)
      throw new InputError('corrupt zstd block: too many weights in the Huffman table', offset + at);
    weights[count++] = table.symbols[state]!;
    const next = table.base[state]! + bits.read(table.bits[state]!);
    if (bits.left < 0) {
      weights[count++] = table.symbols[other]!;
      return count;
    }
    state = other;
    other = next;
  }
}

/**
 * Decodes one stream into `output` from `from` to `to`. Where `mayLeaveBits`, bits may be left over: the reference
 * decoder's fast loop for four streams does not look at them, and what it reads must be seen here.
 */
export function decodeHuffman(
  table: HuffmanTable,
  bytes: Uint8Array,
  start: number,
  end: number,
  output: Uint8Array,
  from: number,
  to: number,
  offset: number,
  mayLeaveBits: boolean,
): void {
  const { bits, entries } = table;
  const mask = (1 << bits) - 1;
  let { left } = new BackwardBits(bytes, start, end);
  let pos = from;
  // Two codes for each look at the input: 22 bits and the 7 before them fit into a word.
  while (left >= 24 && pos + 2 <= to) {
    const low = left - 24;
    const at = start + (low >>> 3);
    const word = (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> (low & 7);
    const first = entries[(word >>> (24 - bits)) & mask]!;
    const second = entries[(word >>> (24 - bits - (first & 15))) & mask]!;
    output[pos] = first >>> 4;
    output[pos + 1] = second >>> 4;
    pos += 2;
    left -= (first & 15) + (second & 15);
  }
  for (; pos < to && left > 0; pos += 1) {
    const low = left - bits;
    const at = start + (Math.max(low, 0) >>> 3);
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
    const entry = entries[(low >= 0 ? word >>> (low & 7) : word << -low) & mask]!;
    output[pos] = entry >>> 4;
    left -= entry & 15;
  }
  if (pos !== to || left < 0 || (left > 0 && !mayLeaveBits)) {
    throw new InputError('corrupt zstd block: a stream of literals does not end where it should', offset + start);
  }
}
