import type { ClientHttp2Stream } from 'node:http2';
import { WireType } from '@bufbuild/protobuf/wire';
import { PROCESS_PATH } from '../src/ext-proc/protocol.ts';
import { FrameAssembler, framed } from '../src/grpc/framing.ts';
import { ProtobufReader } from '../src/protobuf/reader.ts';
import { answerOf, until, type Client } from './grpc-kit.ts';

/** What the gate answers: the field of a ProcessingResponse that is set, and of an immediate one what it says. */
export interface Said {
  readonly field: number;
  readonly status?: number;
  readonly grpcStatus?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Fields by number; nested messages are read by the caller. */
function fieldsOf(bytes: Uint8Array): Map<number, (Uint8Array | number)[]> {
  const reader = new ProtobufReader(bytes, 'test');
  const fields = new Map<number, (Uint8Array | number)[]>();
  for (let field = reader.next(); field !== null; field = reader.next()) {
    const value = field.type === WireType.Varint ? reader.int32() : reader.bytes();
    fields.set(field.number, [...(fields.get(field.number) ?? []), value]);
  }
  return fields;
}

function nested(fields: Map<number, (Uint8Array | number)[]>, number: number): Map<number, (Uint8Array | number)[]> {
  const [value] = fields.get(number) ?? [];
  return value instanceof Uint8Array ? fieldsOf(value) : new Map<number, (Uint8Array | number)[]>();
}

function saidOf(message: Uint8Array): Said {
  const fields = fieldsOf(message);
  const [field = 0] = fields.keys();
  if (field !== 7) return { field };
  const immediate = nested(fields, 7);
  const [status] = nested(immediate, 1).get(1) ?? [];
  const [grpcStatus] = nested(immediate, 4).get(1) ?? [];
  const [body] = immediate.get(3) ?? [];
  const text = (value: unknown): string => (value instanceof Uint8Array ? Buffer.from(value).toString() : '');
  const headers = (nested(immediate, 2).get(1) ?? []).map((option) => {
    const header = nested(fieldsOf(option as Uint8Array), 1);
    return [text(header.get(1)?.[0]), text(header.get(3)?.[0])] as const;
  });
  return {
    field,
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof grpcStatus === 'number' ? { grpcStatus } : {}),
    headers: Object.fromEntries(headers),
    body: text(body),
  };
}

/** A conversation about one request, as Envoy has it. */
export class Conversation {
  readonly stream: ClientHttp2Stream;
  readonly said: Said[] = [];
  readonly end: ReturnType<typeof answerOf>;

  constructor(client: Client) {
    this.stream = client.open(PROCESS_PATH);
    const assembler = new FrameAssembler(2 ** 20);
    this.stream.on('data', (chunk: Buffer) => {
      assembler.push(chunk);
      for (const { message } of assembler.takeAll()) this.said.push(saidOf(message));
    });
    this.end = answerOf(this.stream);
  }

  /** Sends a part; what is answered to it. */
  async say(part: Uint8Array): Promise<Said> {
    const count = this.said.length + 1;
    this.stream.write(framed(part));
    await until(() => this.said.length === count);
    const last = this.said.at(-1);
    if (last === undefined || this.said.length !== count) throw new Error('no answer');
    return last;
  }
}
