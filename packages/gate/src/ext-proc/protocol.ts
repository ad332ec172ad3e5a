import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { ProtobufReader, type WireField } from '../protobuf/reader.js';

/**
 * The messages of Envoy's external processing that the gate reads and writes: fields as they are published in Envoy's API
 * (envoy/service/ext_proc/v3/external_processor.proto, envoy/config/core/v3/base.proto,
 * envoy/extensions/filters/http/ext_proc/v3/processing_mode.proto). Fields that are not listed are skipped: Envoy is the
 * operator's, and new ones are added to its API.
 */

export const PROCESS_PATH = '/envoy.service.ext_proc.v3.ExternalProcessor/Process';

/** `ProcessingMode.BodySendMode.BUFFERED`, the only one that holds a request back until its verdict. */
export const BUFFERED = 2;

export type EnvoyPart =
  | { readonly kind: 'request_headers'; readonly headers: readonly Header[]; readonly isEnd: boolean }
  | { readonly kind: 'request_body'; readonly body: Uint8Array; readonly isEnd: boolean }
  | { readonly kind: 'request_trailers'; readonly headers: readonly Header[] }
  | { readonly kind: 'response_headers' | 'response_body' | 'response_trailers' };

export type Header = readonly [name: string, value: string];

/** A `ProcessingRequest`. */
export interface EnvoyMessage {
  /** Null where none of the parts is there. */
  readonly part: EnvoyPart | null;
  /** Envoy does not wait for an answer, and does nothing with one. */
  readonly isObserving: boolean;
  /** How bodies of requests are sent; in the first message of newer Envoys only. */
  readonly bodyMode: number | null;
}

const PARTS: Readonly<Record<number, EnvoyPart['kind']>> = {
  2: 'request_headers',
  3: 'response_headers',
  4: 'request_body',
  5: 'response_body',
  6: 'request_trailers',
  7: 'response_trailers',
};
const ASYNC_MODE = 1;
const OBSERVABILITY_MODE = 10;
const PROTOCOL_CONFIG = 11;

/** Throws a refusal where the bytes are no message. */
export function readMessage(bytes: Uint8Array): EnvoyMessage {
  let part: EnvoyPart | null = null;
  let isObserving = false;
  let bodyMode: number | null = null;
  eachField(bytes, (field, reader) => {
    const kind = PARTS[field.number];
    if (kind !== undefined && field.type === WireType.LengthDelimited) part = partOf(kind, reader.bytes());
    else if ((field.number === OBSERVABILITY_MODE || field.number === ASYNC_MODE) && field.type === WireType.Varint)
      isObserving = reader.bool();
    else if (field.number === PROTOCOL_CONFIG && field.type === WireType.LengthDelimited)
      bodyMode = bodyModeOf(reader.bytes());
    else reader.skip(field);
  });
  return { part, isObserving, bodyMode };
}

function partOf(kind: EnvoyPart['kind'], bytes: Uint8Array): EnvoyPart {
  switch (kind) {
    case 'request_headers': {
      let isEnd = false;
      const headers: Header[] = [];
      eachField(bytes, (field, reader) => {
        if (field.number === 1 && field.type === WireType.LengthDelimited) readHeaders(reader.bytes(), headers);
        else if (field.number === 3 && field.type === WireType.Varint) isEnd = reader.bool();
        else reader.skip(field);
      });
      return { kind, headers, isEnd };
    }
    case 'request_body': {
      let body: Uint8Array = new Uint8Array(0);
      let isEnd = false;
      eachField(bytes, (field, reader) => {
        if (field.number === 1 && field.type === WireType.LengthDelimited) body = reader.bytes();
        else if (field.number === 2 && field.type === WireType.Varint) isEnd = reader.bool();
        else reader.skip(field);
      });
      return { kind, body, isEnd };
    }
    case 'request_trailers': {
      const headers: Header[] = [];
      eachField(bytes, (field, reader) => {
        if (field.number === 1 && field.type === WireType.LengthDelimited) readHeaders(reader.bytes(), headers);
        else reader.skip(field);
      });
      return { kind, headers };
    }
    default:
      return { kind };
  }
}

/** A `HeaderMap`. Values are bytes (`raw_value`), of older Envoys text (`value`); both as Latin-1, as Node has headers. */
function readHeaders(bytes: Uint8Array, into: Header[]): void {
  eachField(bytes, (field, reader) => {
    if (field.number !== 1 || field.type !== WireType.LengthDelimited) {
      reader.skip(field);
      return;
    }
    let name = '';
    let value = '';
    eachField(reader.bytes(), (inner, header) => {
      if (inner.type !== WireType.LengthDelimited) header.skip(inner);
      else {
        const text = Buffer.from(header.bytes()).toString('latin1');
        if (inner.number === 1) name = text.toLowerCase();
        else if ((inner.number === 2 || inner.number === 3) && text !== '') value = text;
      }
    });
    into.push([name, value]);
  });
}

/** `ProtocolConfiguration.request_body_mode`. */
function bodyModeOf(bytes: Uint8Array): number {
  let mode = 0;
  eachField(bytes, (field, reader) => {
    if (field.number === 1 && field.type === WireType.Varint) mode = reader.int32();
    else reader.skip(field);
  });
  return mode;
}

function eachField(bytes: Uint8Array, read: (field: WireField, reader: ProtobufReader) => void): void {
  const reader = new ProtobufReader(bytes, 'ext_proc');
  for (let field = reader.next(); field !== null; field = reader.next()) read(field, reader);
}

/** Fields of `ProcessingResponse`, by the part that they answer. */
const ANSWERS: Readonly<Record<EnvoyPart['kind'], number>> = {
  request_headers: 1,
  response_headers: 2,
  request_body: 3,
  response_body: 4,
  request_trailers: 5,
  response_trailers: 6,
};

/** A `ProcessingResponse` that changes nothing: go on. */
export function goOn(kind: EnvoyPart['kind']): Uint8Array {
  const writer = new BinaryWriter().tag(ANSWERS[kind], WireType.LengthDelimited).fork();
  // HeadersResponse and BodyResponse have a CommonResponse in field 1, of which CONTINUE is the default.
  if (!kind.endsWith('trailers')) writer.tag(1, WireType.LengthDelimited).fork().join();
  return writer.join().finish();
}

export interface Immediate {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  /** Of a call of gRPC. */
  readonly grpcStatus: number | null;
  /** For Envoy's access log. */
  readonly details: string;
}

const IMMEDIATE_RESPONSE = 7;
/** `HeaderValueOption.HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD`. */
const OVERWRITE = 2;

/** A `ProcessingResponse` with which Envoy answers by itself: the server behind it sees nothing of the request. */
export function immediate({ status, headers, body, grpcStatus, details }: Immediate): Uint8Array {
  const writer = new BinaryWriter().tag(IMMEDIATE_RESPONSE, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.LengthDelimited).fork().tag(1, WireType.Varint).int32(status).join();
  writer.tag(2, WireType.LengthDelimited).fork();
  for (const [name, value] of headers) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(name);
    writer.tag(3, WireType.LengthDelimited).bytes(Buffer.from(value, 'latin1'));
    writer.join();
    writer.tag(3, WireType.Varint).int32(OVERWRITE).join();
  }
  writer.join();
  writer.tag(3, WireType.LengthDelimited).bytes(body);
  if (grpcStatus !== null)
    writer.tag(4, WireType.LengthDelimited).fork().tag(1, WireType.Varint).uint32(grpcStatus).join();
  writer.tag(5, WireType.LengthDelimited).string(details);
  return writer.join().finish();
}
