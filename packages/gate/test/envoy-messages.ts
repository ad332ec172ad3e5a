import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** ProcessingRequests as Envoy writes them. */

const LENGTH = WireType.LengthDelimited;

export type Headers = readonly (readonly [name: string, value: string])[];

function writeHeaders(writer: BinaryWriter, headers: Headers): void {
  writer.tag(1, LENGTH).fork();
  for (const [name, value] of headers) {
    writer.tag(1, LENGTH).fork().tag(1, LENGTH).string(name);
    writer.tag(3, LENGTH).bytes(Buffer.from(value, 'latin1')).join();
  }
  writer.join();
}

export function headersPart(
  headers: Headers,
  { isEnd = false, bodyMode, isObserving }: { isEnd?: boolean; bodyMode?: number; isObserving?: true } = {},
): Uint8Array {
  const writer = new BinaryWriter().tag(2, LENGTH).fork();
  writeHeaders(writer, headers);
  if (isEnd) writer.tag(3, WireType.Varint).bool(true);
  writer.join();
  if (isObserving === true) writer.tag(10, WireType.Varint).bool(true);
  if (bodyMode !== undefined) writer.tag(11, LENGTH).fork().tag(1, WireType.Varint).int32(bodyMode).join();
  return writer.finish();
}

export function bodyPart(body: Uint8Array, isEnd: boolean): Uint8Array {
  const writer = new BinaryWriter().tag(4, LENGTH).fork().tag(1, LENGTH).bytes(body);
  if (isEnd) writer.tag(2, WireType.Varint).bool(true);
  return writer.join().finish();
}

export function trailersPart(headers: Headers): Uint8Array {
  const writer = new BinaryWriter().tag(6, LENGTH).fork();
  writeHeaders(writer, headers);
  return writer.join().finish();
}

/** The head of an answer of the server behind Envoy. */
export function answerPart(): Uint8Array {
  const writer = new BinaryWriter().tag(3, LENGTH).fork();
  writeHeaders(writer, [[':status', '200']]);
  return writer.join().finish();
}
