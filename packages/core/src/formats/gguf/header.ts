import type { Budget } from '../../bytes/budget.js';
import type { ByteRange, ByteSource } from '../../bytes/source.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import { MAX_GGUF_NESTING, MAX_TEMPLATE_LENGTH } from '../../model/limits.js';
import { Cursor } from './cursor.js';
import { sizeOfTensor } from './tensor-types.js';

/*
 * GGUF (docs/gguf.md of ggml; `gguf_init_from_file` of ggml/src/gguf.cpp; gguf-py's GGUFReader):
 *
 *   "GGUF" | u32 version | n tensors | n keys | key … | tensor info … | padding to the alignment | tensors
 *   key:          string name | u32 type | value
 *   string:       n length | bytes            n: u32 in version 1, u64 in 2 and 3
 *   array:        u32 type | n count | values
 *   tensor info:  string name | u32 dimensions | n each | u32 type | u64 offset behind the padding
 *
 * Files of version 3 may be big endian: then the low half of the version is 0 where it is read as little endian.
 */

/** Bytes of a value of each type; null for strings and arrays. */
const SIZES: readonly (number | null)[] = [1, 1, 2, 2, 4, 4, 4, 1, null, null, 8, 8, 8];
const UINT32 = 4;
const STRING = 8;
const ARRAY = 9;
const DEFAULT_ALIGNMENT = 32;
/** Bytes of a name: ggml takes 64 for a tensor, and the specification 65,535 for a key. */
const MAX_NAME = 65_535;
/** The key itself, and `tokenizer.chat_template.NAME`. */
const TEMPLATE = /^tokenizer\.chat_template(?:\.|$)/;

export interface GgufTemplate {
  readonly key: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface GgufHeader {
  readonly version: number;
  readonly tensors: number;
  readonly keys: number;
  readonly templates: readonly GgufTemplate[];
  /** Numbers that were jumped over. */
  readonly skipped: readonly ByteRange[];
  /** Where the tensors begin, and the end of the last one; null where the size of a type is not known. */
  readonly data: number;
  readonly end: number | null;
}

/** A tensor as the header describes it. */
export interface GgufTensor {
  readonly name: string;
  readonly type: number;
  /** The row first, as the file has them. */
  readonly dimensions: readonly number[];
  /** Null where the size of the type is not known. */
  readonly bytes: number | null;
  /** Behind the padding, which is where `data` of the header begins. */
  readonly offset: number;
}

/** The header alone. Throws InputError, UnsupportedError and LimitError. `onTensor` is called for each tensor. */
export function readGguf(
  source: ByteSource,
  budget: Budget,
  onTensor: (tensor: GgufTensor) => void = () => undefined,
): Promise<GgufHeader> {
  return new Reader(source, budget, onTensor).read();
}

class Reader {
  readonly #source: ByteSource;
  readonly #cursor: Cursor;
  readonly #onTensor: (tensor: GgufTensor) => void;
  readonly #templates: GgufTemplate[] = [];
  readonly #skipped: ByteRange[] = [];
  #alignment = DEFAULT_ALIGNMENT;
  /** Bytes of a count or length. */
  #wide = 8;

  constructor(source: ByteSource, budget: Budget, onTensor: (tensor: GgufTensor) => void) {
    this.#source = source;
    this.#onTensor = onTensor;
    this.#cursor = new Cursor(source, budget);
  }

  async read(): Promise<GgufHeader> {
    const cursor = this.#cursor;
    await cursor.need(8, 'the header');
    cursor.take(4);
    const version = this.#version();
    await cursor.need(2 * this.#wide, 'the header');
    const tensors = this.#count(this.#wide + 16, 'tensors');
    const keys = this.#count(this.#wide + 5, 'keys');
    for (let i = 0; i < keys; i += 1) await this.#key();
    const ends = await this.#tensors(tensors);
    const data = Math.ceil(cursor.offset / this.#alignment) * this.#alignment;
    const end = ends === null ? null : tensors === 0 ? cursor.offset : data + ends;
    if (end !== null && end > this.#source.size)
      throw new InputError(
        `truncated: the tensors end at byte ${end}, and the file at ${this.#source.size}`,
        cursor.offset,
        'truncated',
      );
    return { version, tensors, keys, templates: this.#templates, skipped: this.#skipped, data, end };
  }

  #version(): number {
    const cursor = this.#cursor;
    const at = cursor.offset;
    const word = cursor.u32();
    const isSwapped = (word & 0xffff) === 0 && word !== 0;
    cursor.littleEndian = !isSwapped;
    const version = isSwapped ? word >>> 24 : word;
    if ((isSwapped && (word & 0xffffff) !== 0) || version < 1 || version > 3)
      throw new UnsupportedError(`GGUF of version ${version} is not known`, at);
    if (version === 1) this.#wide = 4;
    return version;
  }

  #number(): number {
    return this.#wide === 4 ? this.#cursor.u32() : this.#cursor.u64();
  }

  /** A count of things that take at least so many bytes each. */
  #count(least: number, what: string): number {
    const at = this.#cursor.offset;
    const count = this.#number();
    if (count * least > this.#cursor.left)
      throw new InputError(`${count} ${what} are more than the file has room for`, at, 'corrupt');
    return count;
  }

  async #name(what: string): Promise<string> {
    await this.#cursor.need(this.#wide, what);
    const at = this.#cursor.offset;
    const length = this.#number();
    if (length > MAX_NAME) throw new InputError(`${what} of ${length} bytes`, at, 'corrupt');
    await this.#cursor.need(length, what);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#cursor.take(length));
  }

  async #key(): Promise<void> {
    const cursor = this.#cursor;
    const name = await this.#name('the name of a key');
    await cursor.need(4, `the type of ${name}`);
    const at = cursor.offset;
    const type = cursor.u32();
    if (name === 'general.alignment') return this.#readAlignment(type, at);
    await this.#value(type, at, TEMPLATE.test(name) ? name : null);
  }

  async #readAlignment(type: number, at: number): Promise<void> {
    if (type !== UINT32) throw new InputError('the alignment is no 32-bit number', at, 'corrupt');
    await this.#cursor.need(4, 'the alignment');
    const alignment = this.#cursor.u32();
    // `gguf_init_from_file` asks for a power of two.
    if (alignment === 0 || (alignment & (alignment - 1)) !== 0)
      throw new InputError(`an alignment of ${alignment} bytes`, at, 'corrupt');
    this.#alignment = alignment;
  }

  /** `key`: the name of a template, whose texts are kept. Arrays of arrays are read without recursion. */
  async #value(type: number, at: number, key: string | null): Promise<void> {
    const waiting = [{ type, count: 1 }];
    for (let values = waiting.pop(); values !== undefined; values = waiting.pop()) {
      const size = SIZES[values.type];
      if (size === undefined) throw new InputError(`a value of the unknown type ${values.type}`, at, 'corrupt');
      if (size !== null) this.#skipNumbers(values.count * size);
      else if (values.type === STRING) await this.#strings(values.count, key);
      else {
        if (values.count > 1) waiting.push({ type: ARRAY, count: values.count - 1 });
        if (values.count === 0) continue;
        if (waiting.length >= MAX_GGUF_NESTING)
          throw new LimitError('MAX_GGUF_NESTING', `arrays lie more than ${MAX_GGUF_NESTING} deep in each other`);
        waiting.push(await this.#array());
      }
    }
  }

  async #array(): Promise<{ readonly type: number; readonly count: number }> {
    await this.#cursor.need(4 + this.#wide, 'the head of an array');
    const type = this.#cursor.u32();
    const least = type === STRING ? this.#wide : type === ARRAY ? 4 + this.#wide : (SIZES[type] ?? 1);
    return { type, count: this.#count(least, 'values of an array') };
  }

  /** Bytes of numbers that are worth a jump. */
  static readonly #WORTH = 4096;

  #skipNumbers(length: number): void {
    const start = this.#cursor.offset;
    this.#cursor.skip(length, 'a number');
    if (length >= Reader.#WORTH) this.#skipped.push({ start, end: start + length });
  }

  /** Strings before their average length says how much the rest of them takes. */
  static readonly #SAMPLE = 64;
  /** Vocabularies begin with their short words. */
  static readonly #LONGER = 1.25;

  /** Each length says where the next one is, so that all of a vocabulary is read: about as much as it takes, and together. */
  async #strings(count: number, key: string | null): Promise<void> {
    const cursor = this.#cursor;
    const start = cursor.offset;
    for (let i = 0; i < count; i += 1) {
      const average = i < Reader.#SAMPLE ? null : (cursor.offset - start) / i;
      const likely = average === null ? null : Math.ceil(average * (count - i) * Reader.#LONGER);
      if (!cursor.has(this.#wide)) await cursor.need(this.#wide, 'the length of a string', likely);
      await this.#string(key);
    }
  }

  async #string(key: string | null): Promise<void> {
    const cursor = this.#cursor;
    const length = this.#number();
    if (key === null) return cursor.skip(length, 'a string');
    // Four bytes for each character: a longer text is refused by those who judge it.
    const kept = Math.min(length, 4 * MAX_TEMPLATE_LENGTH + 4);
    if (length > cursor.left) return cursor.skip(length, 'a chat template');
    await cursor.need(kept, 'a chat template');
    const { offset } = cursor;
    this.#templates.push({ key, offset, bytes: cursor.take(kept).slice() });
    cursor.skip(length - kept, 'a chat template');
  }

  /** How far the tensors reach behind the padding; null where the size of one is not known. */
  async #tensors(count: number): Promise<number | null> {
    const cursor = this.#cursor;
    let end: number | null = 0;
    for (let i = 0; i < count; i += 1) {
      const name = await this.#name('the name of a tensor');
      await cursor.need(4, `the dimensions of ${name}`);
      const at = cursor.offset;
      const dimensions = cursor.u32();
      // GGML_MAX_DIMS
      if (dimensions > 4) throw new InputError(`a tensor of ${dimensions} dimensions`, at, 'corrupt');
      await cursor.need(dimensions * this.#wide + 12, `the tensor ${name}`);
      const sizes: number[] = [];
      let elements = 1;
      let row = 1;
      for (let d = 0; d < dimensions; d += 1) {
        const size = this.#number();
        if (d === 0) row = size;
        elements *= size;
        sizes.push(size);
      }
      const type = cursor.u32();
      const size = sizeOfTensor(type, row, elements);
      const from = cursor.u64();
      if (from % this.#alignment !== 0) throw new InputError(`a tensor at the odd offset ${from}`, at, 'corrupt');
      if (from + (size ?? 0) > this.#source.size)
        throw new InputError(`truncated: the tensor ${name} lies outside of the file`, at, 'truncated');
      this.#onTensor({ name, type, dimensions: sizes, bytes: size, offset: from });
      end = end === null || size === null ? null : Math.max(end, from + size);
    }
    return end;
  }
}
