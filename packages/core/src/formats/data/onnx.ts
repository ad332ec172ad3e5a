// Recursion in this file: the tables of messages hold each other without a cycle, six deep.
import { HEAD_BYTES } from '../../model/format.js';
import type { FormatModule } from '../members/format.js';

/*
 * Messages of onnx.proto. Writers put fields in the order of their numbers; readers take any order, and skip what they do
 * not know.
 */

/** What a field holds. `numbers`, `floats`: one, or many that are packed; `name`: short text; `bytes`: a message that is not followed. */
type Field = 'number' | 'numbers' | 'float' | 'floats' | 'name' | 'text' | 'bytes' | Message;
type Message = ReadonlyMap<number, Field>;

const each = (field: Field, ...numbers: readonly number[]): [number, Field][] =>
  numbers.map((number) => [number, field]);

/** StringStringEntryProto: key, value. */
const ENTRY: Message = new Map(each('text', 1, 2));
/** TensorProto: dims, data_type, segment, values by type, name 8, raw_data 9, doc_string 12, external_data, data_location. */
const TENSOR: Message = new Map([
  ...each('numbers', 1, 5, 7, 11),
  ...each('number', 2, 14),
  ...each('floats', 4),
  ...each('bytes', 3, 6, 9, 10),
  ...each('text', 8, 12),
  ...each(ENTRY, 13, 16),
]);
/** AttributeProto: name, f, i, s, t, g, lists of them, doc_string 13, type 20, ref_attr_name 21. */
const ATTRIBUTE: Message = new Map([
  ...each('text', 1, 13, 21),
  ...each('float', 2),
  ...each('number', 3, 20),
  ...each('numbers', 8),
  ...each('floats', 7),
  ...each('bytes', 4, 6, 9, 11, 14, 15, 22, 23),
  ...each(TENSOR, 5, 10),
]);
/** NodeProto: input, output, name, op_type, attribute, doc_string, domain, overload, metadata_props, device_configurations. */
const NODE: Message = new Map([
  ...each('text', 1, 2, 3, 4, 6, 7, 8),
  ...each(ATTRIBUTE, 5),
  ...each(ENTRY, 9),
  ...each('bytes', 10),
]);
/** ValueInfoProto: name, type, doc_string, metadata_props. */
const VALUE: Message = new Map([...each('text', 1, 3), ...each('bytes', 2), ...each(ENTRY, 4)]);
/** TensorAnnotation: tensor_name, quant_parameter_tensor_names. */
const ANNOTATION: Message = new Map([...each('text', 1), ...each(ENTRY, 2)]);
/** SparseTensorProto: values, indices, dims. */
const SPARSE: Message = new Map([...each(TENSOR, 1, 2), ...each('numbers', 3)]);
/** GraphProto: node, name, initializer, doc_string, input, output, value_info, annotations, sparse ones, metadata_props. */
const GRAPH: Message = new Map([
  ...each(NODE, 1),
  ...each('text', 2, 10),
  ...each(TENSOR, 5),
  ...each(VALUE, 11, 12, 13),
  ...each(ANNOTATION, 14),
  ...each(SPARSE, 15),
  ...each(ENTRY, 16),
]);
/** OperatorSetIdProto: domain, version. */
const OPSET: Message = new Map([...each('text', 1), ...each('number', 2)]);

const IR_VERSION = 1;
const DESCRIPTION = 6;
const GRAPH_NUMBER = 7;
/** ModelProto: producer_name, producer_version, domain, model_version 5, doc_string 6, opset_import 8, metadata_props 14, … */
const MODEL: Message = new Map([
  ...each('number', IR_VERSION, 5),
  ...each('name', 2, 3, 4),
  ...each('text', DESCRIPTION),
  ...each(GRAPH, GRAPH_NUMBER),
  ...each(OPSET, 8),
  ...each(ENTRY, 14),
  ...each('bytes', 20, 25, 26),
]);

/** Version 13 is of 2025. */
const MAX_IR_VERSION = 31;
/** Bytes of the name of a producer, of its version, of a domain. */
const MAX_NAME_BYTES = 255;
/** Protocol Buffers has no larger messages. */
const MAX_MODEL_BYTES = 2 ** 31;
/** Fields of later versions have the next numbers. */
const MAX_LATER = 10;

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH = 2;
const FIXED_32 = 5;
const MAX_VARINT_BYTES = 10;

/** Takes the first bytes of a file apart as a model, as far as they go. */
class ModelHead {
  /** Numbers of the fields of the model itself. The last one may break off. */
  readonly fields = new Set<number>();
  /** The bytes end within the model. */
  isCut = false;
  readonly #head: Uint8Array;
  #at = 0;

  constructor(head: Uint8Array) {
    this.#head = head;
  }

  /** Whether the bytes up to `end` fit a message; Infinity where its end is not known. */
  fits(message: Message, end: number): boolean {
    while (this.#at < Math.min(end, this.#head.length)) if (!this.#fitsField(message, end)) return false;
    if (this.#at > end) return false;
    this.isCut ||= this.#at < end;
    return true;
  }

  #fitsField(message: Message, end: number): boolean {
    const tag = this.#varint();
    if (tag === null) return this.isCut;
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    const field = message.get(number);
    if (field === undefined) return isLater(message, number) && this.#skips(wire) && this.#at <= this.#head.length;
    if (message === MODEL && this.fields.has(number) && field === 'number') return false;
    if (field === 'float' || (field === 'floats' && wire === FIXED_32)) return wire === FIXED_32 && this.#skips(wire);
    if (field === 'number' || (field === 'numbers' && wire === VARINT)) {
      const value = wire === VARINT ? this.#varint() : null;
      if (value === null) return wire === VARINT && this.isCut;
      if (message === MODEL) this.fields.add(number);
      return message !== MODEL || number !== IR_VERSION || (value >= 1 && value <= MAX_IR_VERSION);
    }
    const length = wire === LENGTH ? this.#varint() : null;
    if (length === null) return wire === LENGTH && this.isCut;
    if (message === MODEL && length > 0) this.fields.add(number);
    const fieldEnd = this.#at + length;
    if (fieldEnd > Math.min(end, MAX_MODEL_BYTES)) return false;
    if (typeof field === 'object') return this.fits(field, fieldEnd);
    return this.#holds(field, fieldEnd);
  }

  #holds(field: 'numbers' | 'floats' | 'name' | 'text' | 'bytes', end: number): boolean {
    const value = this.#head.subarray(this.#at, end);
    const length = end - this.#at;
    this.#at = end;
    if (field === 'name') return length <= MAX_NAME_BYTES && isText(value, false);
    return field !== 'text' || isText(value, true);
  }

  #skips(wire: number): boolean {
    if (wire === VARINT) return this.#varint() !== null;
    if (wire === FIXED_32 || wire === FIXED_64) this.#at += wire === FIXED_32 ? 4 : 8;
    else if (wire === LENGTH) this.#at += this.#varint() ?? Infinity;
    else return false;
    return true;
  }

  /** Null where it has too many bytes, or breaks off with the head. Above 2^53 it is not exact. */
  #varint(): number | null {
    let value = 0;
    for (let i = 0; i < MAX_VARINT_BYTES; i += 1) {
      const byte = this.#head[this.#at];
      if (byte === undefined) {
        this.isCut = true;
        return null;
      }
      this.#at += 1;
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return value;
    }
    return null;
  }
}

function isLater(message: Message, number: number): boolean {
  let last = 0;
  for (const known of message.keys()) last = Math.max(last, known);
  return number > last && number <= last + MAX_LATER;
}

/** No control characters, but for ends of lines and tabs in text. */
function isText(characters: Uint8Array, hasLines: boolean): boolean {
  return characters.every(
    (byte) => (byte >= 0x20 && byte !== 0x7f) || (hasLines && (byte === 0x09 || byte === 0x0a || byte === 0x0d)),
  );
}

export const onnx: FormatModule = {
  title: 'ONNX',
  // Each field of a model with the type of its value.
  firstBytes: [0x08, 0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72, 0xa2, 0xca],
  /**
   * A message whose fields have the numbers and types of `ModelProto`, a graph among them. A description may fill the head
   * before the graph comes; then the version of the format before it has to do.
   */
  recognise: (head) => {
    const model = new ModelHead(head);
    const isWhole = head.length < HEAD_BYTES;
    if (!model.fits(MODEL, isWhole ? head.length : Infinity)) return false;
    const { fields, isCut } = model;
    if (isWhole) return !isCut && fields.has(GRAPH_NUMBER) && fields.size > 1;
    return fields.has(GRAPH_NUMBER) || (isCut && fields.has(IR_VERSION) && fields.has(DESCRIPTION));
  },
  promises: [['onnx', 'an ONNX model']],
  opaque:
    'A graph of operators. Custom operators in it come from libraries of their own, and tensors may lie in files that it names by a path. It is not analysed.',
};
