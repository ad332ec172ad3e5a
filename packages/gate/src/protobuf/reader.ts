import { isUtf8 } from 'node:buffer';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { refuse } from '../model/rules.js';

/** A field as it lies on the wire. */
export interface WireField {
  readonly number: number;
  readonly type: WireType;
}

/**
 * Reads the wire format of protobuf field by field, and refuses what is none. What the library throws at malformed bytes
 * becomes a refusal here, so that no error of the library leaves this class.
 */
export class ProtobufReader {
  readonly #reader: BinaryReader;
  readonly #path: string;

  constructor(bytes: Uint8Array, path: string) {
    this.#reader = new BinaryReader(bytes);
    this.#path = path;
  }

  /** The next field, or null at the end of the message. Groups, which proto3 does not have, are refused. */
  next(): WireField | null {
    if (this.#reader.pos >= this.#reader.len) return null;
    const [number, type] = this.#read((reader) => reader.tag());
    if (type === WireType.StartGroup || type === WireType.EndGroup)
      this.#malformed('a group, which proto3 does not have');
    return { number, type };
  }

  bytes(): Uint8Array {
    return this.#read((reader) => reader.bytes());
  }

  /** proto3 strings are UTF-8 (protobuf.dev, "Scalar Value Types"); servers refuse others, and so does this. */
  string(): string {
    const bytes = this.bytes();
    if (!isUtf8(bytes)) this.#malformed('a string that is not UTF-8');
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  }

  bool(): boolean {
    return this.#read((reader) => reader.bool());
  }

  /** An int32, uint32 or enum: the low 32 bits, as protobuf's own readers take them. */
  int32(): number {
    return this.#read((reader) => reader.int32());
  }

  int64(): bigint {
    return BigInt(this.#read((reader) => reader.int64()));
  }

  /** The bytes of one value that is not read, without its tag. */
  skip({ number, type }: WireField): Uint8Array {
    return this.#read((reader) => reader.skip(type, number));
  }

  get isAtEnd(): boolean {
    return this.#reader.pos >= this.#reader.len;
  }

  #read<T>(read: (reader: BinaryReader) => T): T {
    try {
      return read(this.#reader);
    } catch (error) {
      // The library throws plain errors and RangeErrors.
      if (!(error instanceof Error)) throw error;
      this.#malformed('bytes that are no protobuf message');
    }
  }

  #malformed(detail: string): never {
    refuse('GATE-MALFORMED', 'protobuf', this.#path, detail, { offset: Math.min(this.#reader.pos, this.#reader.len) });
  }
}
