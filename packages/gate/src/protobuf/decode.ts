import { WireType } from '@bufbuild/protobuf/wire';
import type { InspectionLimits } from '../model/limits.js';
import { refuse } from '../model/rules.js';
import { ProtobufReader, type WireField } from './reader.js';

/**
 * The fields of a message that is read. `packed`: a repeated number, as chunks of its packed form. `varint`, `bits32` and
 * `bits64` hold no text and are skipped.
 */
export type FieldKind =
  | 'string'
  | 'bytes'
  | 'varint'
  | 'bits32'
  | 'bits64'
  | 'packed-varint'
  | 'packed-bits32'
  | 'packed-bits64'
  | MessageShape;

export interface FieldShape {
  readonly name: string;
  readonly kind: FieldKind;
  readonly isRepeated?: true;
  /** Fields of a message of which only one may be set. */
  readonly oneof?: string;
}

/** A message of a published proto: its fields by number. Shapes do not contain themselves. */
export interface MessageShape {
  readonly name: string;
  readonly fields: Readonly<Record<number, FieldShape>>;
}

export type Value = string | Uint8Array | Message;

/** A message as it was read: the values of each field in their order, none where it is not set. */
export type Message = ReadonlyMap<string, readonly Value[]>;

/** What one message may still cost (CWE-770). */
export class Allowance {
  /** Values other than packed numbers: each takes some hundred bytes of memory. */
  #left: number;
  /** Bytes of numbers in memory: one byte on the wire may be eight of them. */
  #bytes: number;
  readonly #most: number;

  constructor({ leaves, decodedBytes }: Pick<InspectionLimits, 'leaves' | 'decodedBytes'>) {
    this.#left = leaves;
    this.#most = leaves;
    this.#bytes = decodedBytes;
  }

  takeBytes(bytes: number, path: string): void {
    this.#bytes -= bytes;
    if (this.#bytes < 0) refuse('GATE-BOMB', 'decoded-bytes', path, 'the message unpacks to more than is accepted');
  }

  take(path: string): void {
    this.#left -= 1;
    if (this.#left < 0) refuse('GATE-BOMB', 'fields', path, `more than ${this.#most} values in one message`);
  }
}

/**
 * Reads a message of a known shape. Refused is what readers could make different things of: fields that the shape does not
 * have or has with another wire type, a field twice that is not repeated, two fields of a oneof. Recursion: the depth of
 * the shape.
 */
export function decodeMessage(bytes: Uint8Array, shape: MessageShape, path: string, allowance: Allowance): Message {
  const reader = new ProtobufReader(bytes, path);
  const message = new Map<string, Value[]>();
  const chosen = new Set<string>();
  for (let field = reader.next(); field !== null; field = reader.next()) {
    const known = shape.fields[field.number];
    if (known === undefined || !fits(known.kind, field.type))
      refuse('GATE-SCHEMA', 'protobuf-field', path, `${shape.name} has no field ${field.number} of this wire type`);
    allowance.take(path);
    const values = message.get(known.name) ?? [];
    if (values.length > 0 && known.isRepeated !== true)
      refuse('GATE-MALFORMED', 'protobuf-repeated', path, `${shape.name}.${known.name} is there twice`);
    if (known.oneof !== undefined) {
      if (chosen.has(known.oneof))
        refuse('GATE-MALFORMED', 'protobuf-oneof', path, `${shape.name} has more than one ${known.oneof}`);
      chosen.add(known.oneof);
    }
    values.push(readValue(reader, field, known, path, allowance));
    message.set(known.name, values);
  }
  return message;
}

function readValue(
  reader: ProtobufReader,
  field: WireField,
  { kind, name }: FieldShape,
  path: string,
  allowance: Allowance,
): Value {
  if (kind === 'string') return reader.string();
  if (field.type !== WireType.LengthDelimited) return reader.skip(field);
  const bytes = reader.bytes();
  return typeof kind === 'string' ? bytes : decodeMessage(bytes, kind, `${path}>${name}`, allowance);
}

const NUMBERS: Readonly<Record<string, WireType>> = {
  varint: WireType.Varint,
  bits32: WireType.Bit32,
  bits64: WireType.Bit64,
};

/** Repeated numbers are packed, or one by one: proto3 readers take both. */
function fits(kind: FieldKind, type: WireType): boolean {
  if (typeof kind !== 'string' || kind === 'string' || kind === 'bytes') return type === WireType.LengthDelimited;
  const number = NUMBERS[kind.replace('packed-', '')];
  return type === number || (kind.startsWith('packed-') && type === WireType.LengthDelimited);
}

export function texts(message: Message, field: string): readonly string[] {
  return (message.get(field) ?? []).filter((value) => typeof value === 'string');
}

export function text(message: Message, field: string): string {
  return texts(message, field)[0] ?? '';
}

export function blobs(message: Message, field: string): readonly Uint8Array[] {
  return (message.get(field) ?? []).filter((value) => value instanceof Uint8Array);
}

export function messages(message: Message, field: string): readonly Message[] {
  return (message.get(field) ?? []).filter((value): value is Message => value instanceof Map);
}
