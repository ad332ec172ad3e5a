/** Writes GGUF headers by hand, in any version and byte order, well-formed or not. */

export type GgufValue =
  | { readonly type: number; readonly bytes: readonly number[] }
  | { readonly text: string }
  | { readonly array: readonly GgufValue[]; readonly of: number };

export interface GgufParts {
  readonly version?: number;
  readonly bigEndian?: boolean;
  readonly keys?: readonly (readonly [name: string, value: GgufValue])[];
  readonly tensors?: readonly {
    readonly name: string;
    readonly dimensions: readonly number[];
    readonly type: number;
    readonly offset: number;
  }[];
  /** Counts that the header gives, where they differ. */
  readonly counts?: { readonly tensors?: number; readonly keys?: number };
  readonly alignment?: number;
  /** Bytes behind the header and its padding. */
  readonly data?: number;
}

class Writer {
  readonly bytes: number[] = [];
  readonly #big: boolean;
  readonly #wide: number;

  constructor(big: boolean, wide: number) {
    this.#big = big;
    this.#wide = wide;
  }

  number(value: number, size: number): void {
    const own = Array.from({ length: size }, (_, i) => Math.floor(value / 2 ** (8 * i)) % 256);
    this.bytes.push(...(this.#big ? own.toReversed() : own));
  }

  count(value: number): void {
    this.number(value, this.#wide);
  }

  text(value: string): void {
    const own = new TextEncoder().encode(value);
    this.count(own.length);
    for (const byte of own) this.bytes.push(byte);
  }

  value(value: GgufValue): void {
    if ('text' in value) this.text(value.text);
    else if ('bytes' in value) this.bytes.push(...value.bytes);
    else {
      this.number(value.of, 4);
      this.count(value.array.length);
      for (const item of value.array) this.value(item);
    }
  }
}

export const typeOf = (value: GgufValue): number => ('text' in value ? 8 : 'array' in value ? 9 : value.type);
export const u32Value = (value: number): GgufValue => ({
  type: 4,
  bytes: [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24],
});
export const texts = (items: readonly string[]): GgufValue => ({ array: items.map((text) => ({ text })), of: 8 });

export function ggufOf({
  version = 3,
  bigEndian = false,
  keys = [],
  tensors = [],
  counts = {},
  alignment = 32,
  data = 0,
}: GgufParts): Uint8Array {
  const writer = new Writer(bigEndian, version === 1 ? 4 : 8);
  writer.bytes.push(0x47, 0x47, 0x55, 0x46);
  writer.number(version, 4);
  writer.count(counts.tensors ?? tensors.length);
  writer.count(counts.keys ?? keys.length);
  for (const [name, value] of keys) {
    writer.text(name);
    writer.number(typeOf(value), 4);
    writer.value(value);
  }
  for (const { name, dimensions, type, offset } of tensors) {
    writer.text(name);
    writer.number(dimensions.length, 4);
    for (const size of dimensions) writer.count(size);
    writer.number(type, 4);
    writer.number(offset, 8);
  }
  if (tensors.length > 0 || data > 0) while (writer.bytes.length % alignment !== 0) writer.bytes.push(0);
  const bytes = new Uint8Array(writer.bytes.length + data);
  bytes.set(writer.bytes);
  return bytes;
}
