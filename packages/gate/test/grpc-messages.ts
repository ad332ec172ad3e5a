import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** Messages of the Open Inference Protocol, written by hand for the tests. */

const LENGTH = WireType.LengthDelimited;

export type Contents = (writer: BinaryWriter) => void;

/** The contents of a typed tensor: a field of InferTensorContents with packed numbers, or the elements of BYTES. */
export function packed(field: number, write: Contents): Contents {
  return (writer) => {
    writer.tag(field, LENGTH).fork();
    write(writer);
    writer.join();
  };
}

export function bytesContents(...elements: readonly Uint8Array[]): Contents {
  return (writer) => {
    for (const element of elements) writer.tag(8, LENGTH).bytes(element);
  };
}

export interface Input {
  readonly name?: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly contents?: Contents;
  readonly raw?: Uint8Array;
}

export interface Infer {
  readonly model?: string;
  readonly version?: string;
  readonly id?: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly inputs?: readonly Input[];
  readonly outputs?: readonly { readonly name: string; readonly parameters?: Readonly<Record<string, string>> }[];
  /** Written behind the rest, as it is. */
  readonly more?: Contents;
}

function writeParameters(
  writer: BinaryWriter,
  field: number,
  parameters: Readonly<Record<string, string | number | boolean>> = {},
): void {
  for (const [key, value] of Object.entries(parameters)) {
    writer.tag(field, LENGTH).fork().tag(1, LENGTH).string(key).tag(2, LENGTH).fork();
    if (typeof value === 'string') writer.tag(3, LENGTH).string(value);
    else if (typeof value === 'boolean') writer.tag(1, WireType.Varint).bool(value);
    else writer.tag(2, WireType.Varint).int64(value);
    writer.join().join();
  }
}

export function inferRequest({ model = 'm', version, id, parameters, inputs = [], outputs = [], more }: Infer): Buffer {
  const writer = new BinaryWriter().tag(1, LENGTH).string(model);
  if (version !== undefined) writer.tag(2, LENGTH).string(version);
  if (id !== undefined) writer.tag(3, LENGTH).string(id);
  writeParameters(writer, 4, parameters);
  for (const input of inputs) {
    writer.tag(5, LENGTH).fork();
    writer.tag(1, LENGTH).string(input.name ?? 'x');
    writer.tag(2, LENGTH).string(input.datatype);
    writer.tag(3, LENGTH).fork();
    for (const size of input.shape) writer.int64(size);
    writer.join();
    writeParameters(writer, 4, input.parameters);
    if (input.contents !== undefined) {
      writer.tag(5, LENGTH).fork();
      input.contents(writer);
      writer.join();
    }
    writer.join();
  }
  for (const { name, parameters: own } of outputs) {
    writer.tag(6, LENGTH).fork().tag(1, LENGTH).string(name);
    writeParameters(writer, 2, own);
    writer.join();
  }
  for (const { raw } of inputs) if (raw !== undefined) writer.tag(7, LENGTH).bytes(raw);
  more?.(writer);
  return Buffer.from(writer.finish());
}

/** Elements of BYTES in the raw form: 32 bits of length, little endian, and the content. */
export function rawElements(...elements: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    elements.flatMap((element) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(element.length);
      return [length, Buffer.from(element)];
    }),
  );
}

/** A message without tensors: strings by field number. */
export function texts(fields: Readonly<Record<number, string>>): Buffer {
  const writer = new BinaryWriter();
  for (const [field, text] of Object.entries(fields)) writer.tag(Number(field), LENGTH).string(text);
  return Buffer.from(writer.finish());
}

export interface Output {
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly contents?: Contents;
  readonly raw?: Uint8Array;
}

/** An answer of ModelInfer. */
export function inferResponse(outputs: readonly Output[], more?: Contents): Buffer {
  const writer = new BinaryWriter().tag(1, LENGTH).string('m');
  for (const output of outputs) {
    writer.tag(5, LENGTH).fork().tag(1, LENGTH).string('y').tag(2, LENGTH).string(output.datatype);
    writer.tag(3, LENGTH).fork();
    for (const size of output.shape) writer.int64(size);
    writer.join();
    writeParameters(writer, 4, output.parameters);
    if (output.contents !== undefined) {
      writer.tag(5, LENGTH).fork();
      output.contents(writer);
      writer.join();
    }
    writer.join();
  }
  for (const { raw } of outputs) if (raw !== undefined) writer.tag(6, LENGTH).bytes(raw);
  more?.(writer);
  return Buffer.from(writer.finish());
}

/** An answer of ModelStreamInfer. */
export function streamResponse(answer: Uint8Array | null, error = ''): Buffer {
  const writer = new BinaryWriter();
  if (error !== '') writer.tag(1, LENGTH).string(error);
  if (answer !== null) writer.tag(2, LENGTH).bytes(answer);
  return Buffer.from(writer.finish());
}
