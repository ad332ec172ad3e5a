import { InputError } from '../model/errors.js';

/** A decoding table of finite state entropy (RFC 8878, section 4.1.1); the index is the state. */
export interface FseTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  /** Bits to read for the next state. */
  readonly bits: Uint8Array;
  /** What they are added to. */
  readonly base: Uint16Array;
}

/** Builds the table from normalised counts, -1 for "less than one". */
export function fseTable(counts: Int16Array, symbolCount: number, log: number, offset: number): FseTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  const next = new Uint16Array(symbolCount);
  let top = size;
  for (let symbol = 0; symbol < symbolCount; symbol += 1) {
    if (counts[symbol] === -1) {
      top -= 1;
      symbols[top] = symbol;
      next[symbol] = 1;
    } else next[symbol] = counts[symbol]!;
  }
  const step = (size >>> 1) + (size >>> 3) + 3;
  let position = 0;
  for (let symbol = 0; symbol < symbolCount; symbol += 1) {
    for (let i = 0; i < counts[symbol]!; i += 1) {
      symbols[position] = symbol;
      do position = (position + step) & (size - 1);
      while (position >= top);
    }
  }
  if (position !== 0) throw new InputError('corrupt zstd block: a table of codes does not add up', offset);
  const bits = new Uint8Array(size);
  const base = new Uint16Array(size);
  for (let state = 0; state < size; state += 1) {
    const value = next[symbols[state]!]!++;
    const count = log - (31 - Math.clz32(value));
    bits[state] = count;
    base[state] = (value << count) - size;
  }
  return { log, symbols, bits, base };
}

/** A table of one symbol that takes no bits. */
export function fseSingle(symbol: number): FseTable {
  return { log: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), base: new Uint16Array(1) };
}

/** Reads a table's description at `at`, within `end`; returns where it ends. `offset` is where `bytes` lies. */
export function readFseTable(
  bytes: Uint8Array,
  at: number,
  end: number,
  maxLog: number,
  maxSymbol: number,
  offset: number,
): { readonly table: FseTable; readonly end: number } {
  const fail = (): InputError => new InputError('corrupt zstd block: the description of a table of codes', offset + at);
  let bit = at * 8;
  const peek = (count: number): number => {
    const index = bit >>> 3;
    const word = bytes[index]! | (bytes[index + 1]! << 8) | (bytes[index + 2]! << 16);
    return (word >>> (bit & 7)) & ((1 << count) - 1);
  };
  const log = peek(4) + 5;
  bit += 4;
  if (log > maxLog) throw fail();
  const counts = new Int16Array(maxSymbol + 1);
  let left = 1 << log;
  let symbol = 0;
  while (left > 0) {
    if (symbol > maxSymbol || bit > end * 8) throw fail();
    // A value up to left + 1: the lower ones take one bit less.
    const width = 32 - Math.clz32(left + 1);
    const short = (1 << width) - 2 - left;
    let value = peek(width);
    const low = value & ((1 << (width - 1)) - 1);
    if (low < short) {
      value = low;
      bit += width - 1;
    } else {
      if (value >= 1 << (width - 1)) value -= short;
      bit += width;
    }
    const count = value - 1;
    counts[symbol++] = count;
    left -= Math.abs(count);
    if (count === 0) {
      let repeat = 3;
      while (repeat === 3) {
        if (bit > end * 8) throw fail();
        repeat = peek(2);
        bit += 2;
        symbol += repeat;
      }
    }
  }
  const next = (bit + 7) >>> 3;
  if (left < 0 || symbol > maxSymbol + 1 || next > end) throw fail();
  return { table: fseTable(counts, symbol, log, offset + at), end: next };
}
