import { InputError } from '../model/errors.js';
import { BackwardBits } from './backward-bits.js';
import type { History } from './history.js';
import { fseSingle, fseTable, readFseTable, type FseTable } from './zstd-fse.js';
import { decodeHuffman, readHuffmanTable, type HuffmanTable } from './zstd-huffman.js';

/** No block may hold more (RFC 8878, section 3.1.1.2.4). */
export const MAX_BLOCK_BYTES = 128 * 1024;

/** One of the three kinds of codes of a sequence (section 3.1.1.3.2.1). */
interface CodeKind {
  readonly maxLog: number;
  readonly maxSymbol: number;
  readonly predefined: FseTable;
}

function kind(maxLog: number, log: number, counts: readonly number[], maxSymbol = counts.length - 1): CodeKind {
  return { maxLog, maxSymbol, predefined: fseTable(Int16Array.from(counts), counts.length, log, 0) };
}

// Section 3.1.1.3.2.2, "Default Distributions".
// oxfmt-ignore: a table
const LITERAL_LENGTHS = kind(
  9,
  6,
  [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
);
// oxfmt-ignore: a table
const MATCH_LENGTHS = kind(
  9,
  6,
  [
    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
  ],
);
// oxfmt-ignore: a table
const OFFSETS = kind(
  8,
  5,
  [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
  31,
);

/** Extra bits by code (tables 15 and 16 of the RFC), and the base values that follow from them. */
const LITERAL_BITS = extraBits(16, [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const MATCH_BITS = extraBits(32, [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const LITERAL_BASE = bases(LITERAL_BITS, 0);
const MATCH_BASE = bases(MATCH_BITS, 3);

/** The first codes stand for themselves. */
function extraBits(plain: number, others: readonly number[]): Uint8Array {
  const bits = new Uint8Array(plain + others.length);
  bits.set(others, plain);
  return bits;
}

function bases(bits: Uint8Array, first: number): Int32Array {
  let base = first;
  return Int32Array.from(bits, (count) => {
    const start = base;
    base += 1 << count;
    return start;
  });
}

/** Decodes compressed blocks; tables and recent offsets live as long as their frame. */
export class ZstdBlocks {
  readonly #history: History;
  readonly #literals: Uint8Array;
  #huffman: HuffmanTable | null = null;
  #literalTable: FseTable | null = null;
  #offsetTable: FseTable | null = null;
  #matchTable: FseTable | null = null;
  #recent1 = 1;
  #recent2 = 4;
  #recent3 = 8;

  /** `literals`: room for those of one block, which the frames of one reader share: frames may be of ten bytes (CWE-405). */
  constructor(history: History, literals: Uint8Array) {
    this.#history = history;
    this.#literals = literals;
  }

  /**
   * Decodes the block in `bytes` from `at` to `end` into the history, at most `maxOutput` bytes, for which there is
   * room. `offset` is where `bytes` lies in the source. Returns the distance of a match that reaches further back than
   * the history holds, else 0.
   */
  decode(bytes: Uint8Array, at: number, end: number, maxOutput: number, offset: number): number {
    const section = this.#readLiterals(bytes, at, end, offset);
    return this.#runSequences(bytes, section.end, end, section.size, maxOutput, offset);
  }

  /** Section 3.1.1.3.1: type 2 bits, size format 2 bits, sizes, [Huffman table], [jump table 6], streams. */
  #readLiterals(bytes: Uint8Array, start: number, end: number, offset: number): { size: number; end: number } {
    const fail = (): InputError => new InputError('corrupt zstd block: the literals section', offset + start);
    const type = bytes[start]! & 3;
    const format = (bytes[start]! >>> 2) & 3;
    const word = bytes[start]! | (bytes[start + 1]! << 8) | (bytes[start + 2]! << 16) | (bytes[start + 3]! << 24);
    if (type < 2) {
      const header = format === 1 ? 2 : format === 3 ? 3 : 1;
      const size = format === 1 ? (word >>> 4) & 0xfff : format === 3 ? (word >>> 4) & 0xfffff : (word >>> 3) & 0x1f;
      const at = start + header;
      const next = at + (type === 0 ? size : 1);
      if (next > end || size > MAX_BLOCK_BYTES) throw fail();
      if (type === 0) this.#literals.set(bytes.subarray(at, next));
      else this.#literals.fill(bytes[at]!, 0, size);
      return { size, end: next };
    }
    const width = format < 2 ? 10 : format === 2 ? 14 : 18;
    const size = (word >>> 4) & ((1 << width) - 1);
    const packed =
      width < 18 ? (word >>> (4 + width)) & ((1 << width) - 1) : ((word >>> 22) & 0x3ff) | (bytes[start + 4]! << 10);
    let at = start + (format < 2 ? 3 : format === 2 ? 4 : 5);
    const next = at + packed;
    if (next > end || size > MAX_BLOCK_BYTES) throw fail();
    if (type === 2) ({ table: this.#huffman, end: at } = readHuffmanTable(bytes, at, next, offset));
    if (this.#huffman === null)
      throw new InputError('corrupt zstd block: literals without a Huffman table', offset + start);
    if (format === 0) decodeHuffman(this.#huffman, bytes, at, next, this.#literals, 0, size, offset, false);
    else this.#fourStreams(this.#huffman, bytes, at, next, size, offset);
    return { size, end: next };
  }

  #fourStreams(table: HuffmanTable, bytes: Uint8Array, start: number, end: number, size: number, offset: number): void {
    const quarter = (size + 3) >>> 2;
    let at = start + 6;
    for (let stream = 0; stream < 4; stream += 1) {
      const length = bytes[start + stream * 2]! | (bytes[start + stream * 2 + 1]! << 8);
      const next = stream === 3 ? end : at + length;
      if (next > end || at > end || quarter * 3 > size) {
        throw new InputError('corrupt zstd block: the streams of literals', offset + start);
      }
      const from = quarter * stream;
      decodeHuffman(table, bytes, at, next, this.#literals, from, stream === 3 ? size : from + quarter, offset, true);
      at = next;
    }
  }

  /** Reads which table a kind of code uses: mode 0 predefined, 1 one symbol, 2 described here, 3 the last one. */
  #codeTable(
    mode: number,
    codes: CodeKind,
    last: FseTable | null,
    bytes: Uint8Array,
    at: number,
    end: number,
    offset: number,
  ): { readonly table: FseTable; readonly end: number } {
    if (mode === 0) return { table: codes.predefined, end: at };
    if (mode === 2) return readFseTable(bytes, at, end, codes.maxLog, codes.maxSymbol, offset);
    const fail = (): InputError => new InputError('corrupt zstd block: a table of codes', offset + at);
    if (mode === 3) {
      if (last === null) throw fail();
      return { table: last, end: at };
    }
    if (at >= end || bytes[at]! > codes.maxSymbol) throw fail();
    return { table: fseSingle(bytes[at]!), end: at + 1 };
  }

  /** Section 3.1.1.3.2: number of sequences 1 to 3, modes 1, tables, bitstream read backwards. */
  #runSequences(
    bytes: Uint8Array,
    start: number,
    end: number,
    literalsSize: number,
    maxOutput: number,
    offset: number,
  ): number {
    const fail = (): InputError => new InputError('corrupt zstd block: the sequences section', offset + start);
    let at = start;
    if (at >= end) throw fail();
    let count = bytes[at++]!;
    if (count === 255) {
      count = 0x7f00 + (bytes[at]! | (bytes[at + 1]! << 8));
      at += 2;
    } else if (count > 127) count = ((count - 128) << 8) | bytes[at++]!;
    if (at > end || (count === 0 && at !== end)) throw fail();
    if (count === 0) {
      if (literalsSize > maxOutput) throw fail();
      this.#append(literalsSize, 0);
      return 0;
    }
    if (at >= end) throw fail();
    const modes = bytes[at++]!;
    if (modes & 3) throw fail();
    const literal = this.#codeTable(modes >>> 6, LITERAL_LENGTHS, this.#literalTable, bytes, at, end, offset);
    const offsets = this.#codeTable((modes >>> 4) & 3, OFFSETS, this.#offsetTable, bytes, literal.end, end, offset);
    const match = this.#codeTable((modes >>> 2) & 3, MATCH_LENGTHS, this.#matchTable, bytes, offsets.end, end, offset);
    this.#literalTable = literal.table;
    this.#offsetTable = offsets.table;
    this.#matchTable = match.table;
    const bits = new BackwardBits(bytes, match.end, end);
    if (bits.left < 0) throw fail();
    return this.#execute(bits, count, literalsSize, maxOutput, offset + start);
  }

  #append(literalsSize: number, from: number): void {
    const history = this.#history;
    history.bytes.set(this.#literals.subarray(from, literalsSize), history.pos);
    history.pos += literalsSize - from;
  }

  #execute(bits: BackwardBits, count: number, literalsSize: number, maxOutput: number, offset: number): number {
    const fail = (why: string): InputError => new InputError(`corrupt zstd block: ${why}`, offset);
    const history = this.#history;
    const output = history.bytes;
    const { origin, window } = history;
    const literals = this.#literals;
    const { symbols: literalSymbols, bits: literalBits, base: literalBase } = this.#literalTable!;
    const { symbols: offsetSymbols, bits: offsetBits, base: offsetBase } = this.#offsetTable!;
    const { symbols: matchSymbols, bits: matchBits, base: matchBase } = this.#matchTable!;
    const outputEnd = history.pos + maxOutput;
    let literalState = bits.read(this.#literalTable!.log);
    let offsetState = bits.read(this.#offsetTable!.log);
    let matchState = bits.read(this.#matchTable!.log);
    let recent1 = this.#recent1;
    let recent2 = this.#recent2;
    let recent3 = this.#recent3;
    let pos = history.pos;
    let literalAt = 0;

    for (let left = count; left > 0; left -= 1) {
      const offsetCode = offsetSymbols[offsetState]!;
      const matchCode = matchSymbols[matchState]!;
      const literalCode = literalSymbols[literalState]!;
      // Up to 31 bits of offset come in two reads.
      let distance =
        offsetCode > 16
          ? ((1 << offsetCode) >>> 0) + bits.read(offsetCode - 16) * 0x1_0000 + bits.read(16)
          : (1 << offsetCode) + bits.read(offsetCode);
      const matchLength = MATCH_BASE[matchCode]! + bits.read(MATCH_BITS[matchCode]!);
      const literalLength = LITERAL_BASE[literalCode]! + bits.read(LITERAL_BITS[literalCode]!);
      if (left > 1) {
        literalState = literalBase[literalState]! + bits.read(literalBits[literalState]!);
        matchState = matchBase[matchState]! + bits.read(matchBits[matchState]!);
        offsetState = offsetBase[offsetState]! + bits.read(offsetBits[offsetState]!);
      }
      if (bits.left < 0) throw fail('its sequences end too early');

      // Values 1 to 3 are recent offsets, one further on where no literal stands between two matches.
      if (distance > 3) {
        distance -= 3;
        recent3 = recent2;
        recent2 = recent1;
        recent1 = distance;
      } else {
        const recent = literalLength === 0 ? distance + 1 : distance;
        distance = recent === 1 ? recent1 : recent === 2 ? recent2 : recent === 3 ? recent3 : recent1 - 1;
        if (recent > 1) {
          if (recent > 2) recent3 = recent2;
          recent2 = recent1;
          recent1 = distance;
        }
      }

      const literalEnd = literalAt + literalLength;
      if (literalEnd > literalsSize) throw fail('its sequences take more literals than there are');
      if (pos + literalLength + matchLength > outputEnd) throw fail('it is larger than a block may be');
      if (literalLength > 32) {
        output.set(literals.subarray(literalAt, literalEnd), pos);
        pos += literalLength;
        literalAt = literalEnd;
      } else {
        while (literalAt < literalEnd) output[pos++] = literals[literalAt++]!;
      }
      if (distance === 0) throw fail('a match with the distance 0');
      if (distance > pos - origin || distance > window) {
        history.pos = pos;
        return distance;
      }
      let from = pos - distance;
      if (matchLength > 32 && distance >= matchLength) {
        output.copyWithin(pos, from, from + matchLength);
        pos += matchLength;
      } else {
        for (const end = pos + matchLength; pos < end; pos += 1, from += 1) output[pos] = output[from]!;
      }
    }
    if (bits.left !== 0) throw fail('its sequences do not end where they should');
    if (pos + literalsSize - literalAt > outputEnd) throw fail('it is larger than a block may be');
    history.pos = pos;
    this.#recent1 = recent1;
    this.#recent2 = recent2;
    this.#recent3 = recent3;
    this.#append(literalsSize, literalAt);
    return 0;
  }
}
