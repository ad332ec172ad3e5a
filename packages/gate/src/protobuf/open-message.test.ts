import { WireType } from '@bufbuild/protobuf/wire';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Held } from '../inspect/feed.ts';
import { inspectRequest } from '../inspect/walker.ts';
import { DEFAULT_INSPECTION_LIMITS } from '../model/limits.ts';
import type { InspectionJob, RoutePolicy } from '../model/route-policy.ts';
import type { Refusal } from '../model/rules.ts';
import {
  bytesContents,
  inferRequest,
  packed,
  rawElements,
  texts,
  type Infer,
  type Input,
} from '../../test/grpc-messages.ts';
import { GRPC_METHODS, MANAGEMENT_METHODS } from './methods.ts';
import { openMessage, pathInMessage } from './open-message.ts';

const LIMITS = DEFAULT_INSPECTION_LIMITS;
const POLICY: RoutePolicy = {
  id: 'grpc',
  protocol: 'v2-infer',
  contentTypes: ['*/*'],
  schema: null,
  schemaIsLight: true,
  limits: LIMITS,
};
const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
const INFER = '/inference.GRPCInferenceService/ModelInfer';

function jobOf(body: Uint8Array, method = INFER, coding: string | null = null): InspectionJob {
  return {
    route: 'grpc',
    contentType: null,
    contentEncoding: null,
    inferHeaderLength: null,
    query: '',
    head: [],
    body,
    grpc: { method, coding },
  };
}

/** As serve.ts does it. */
async function refusalOf(body: Uint8Array, method?: string, coding?: string): Promise<Refusal | null> {
  const opened = openMessage(jobOf(body, method, coding ?? null), LIMITS);
  if ('rule' in opened) return pathInMessage(opened);
  const { refusal } = await inspectRequest(opened, POLICY, null, new Held(Buffer.from(opened.body)));
  return refusal === null ? null : pathInMessage(refusal);
}

const told = async (infer: Infer): Promise<string | null> => {
  const refusal = await refusalOf(inferRequest(infer));
  return refusal === null ? null : `${refusal.rule} ${refusal.path}`;
};

const input = (one: Partial<Input>): Infer => ({ inputs: [{ datatype: 'BYTES', shape: [1], ...one }] });

describe('an infer request', () => {
  test.each<readonly [string, Infer]>([
    ['raw numbers', input({ datatype: 'FP32', shape: [2], raw: Buffer.alloc(8) })],
    ['raw FP16', input({ datatype: 'FP16', shape: [2, 2], raw: Buffer.alloc(8) })],
    ['raw texts', input({ shape: [2], raw: rawElements(Buffer.from('hello'), Buffer.from('déjà vu')) })],
    ['typed texts', input({ contents: bytesContents(Buffer.from('What is (a)?\n.')) })],
    [
      'a text with its length as the shape, as MLServer has it',
      input({ shape: [5], contents: bytesContents(Buffer.from('hello')) }),
    ],
    ['typed numbers', input({ datatype: 'INT64', shape: [2], contents: packed(3, (w) => w.int64(1).int64(-2)) })],
    [
      'fewer numbers than the shape says',
      input({ datatype: 'INT32', shape: [3], contents: packed(2, (w) => w.int32(1)) }),
    ],
    ['a shape of any size', input({ datatype: 'INT32', shape: [-1], contents: packed(2, (w) => w.int32(1)) })],
    ['no elements', input({ datatype: 'FP32', shape: [0] })],
    [
      'names, parameters and outputs',
      {
        model: 'resnet50',
        version: '1',
        id: 'b1946ac92492d2347c6235b4d2611184',
        parameters: { sequence_id: 7, sequence_start: true, priority: 'high', headers: '{"a": "b"}' },
        inputs: [
          { datatype: 'BYTES', shape: [1], raw: rawElements(Buffer.from('x')), parameters: { content_type: 'str' } },
        ],
        outputs: [{ name: 'y', parameters: { classification: '3' } }],
      },
    ],
    ['nothing', {}],
  ])('%s passes', async (_what, infer) => expect(await told(infer)).toBeNull());

  test.each<readonly [string, Infer, string]>([
    ['an element in the raw form', input({ raw: rawElements(PICKLE) }), 'GATE-PICKLE message>input 0@4'],
    [
      'a later element',
      input({ shape: [2], raw: rawElements(Buffer.from('ab'), PICKLE) }),
      'GATE-PICKLE message>input 0@10',
    ],
    ['a typed element', input({ contents: bytesContents(PICKLE) }), 'GATE-PICKLE message>input 0@4'],
    [
      'an element that is compressed',
      input({ raw: rawElements(gzipSync(PICKLE)) }),
      'GATE-PICKLE message>input 0@4>gzip',
    ],
    [
      'an element in base64',
      input({ raw: rawElements(Buffer.from(PICKLE.toString('base64'))) }),
      'GATE-PICKLE message>input 0@4>base64',
    ],
    ['raw bytes', input({ datatype: 'UINT8', shape: [PICKLE.length], raw: PICKLE }), 'GATE-PICKLE message>input 0'],
    [
      'bytes as typed numbers',
      input({
        datatype: 'UINT8',
        shape: [PICKLE.length],
        contents: packed(4, (w) => PICKLE.forEach((byte) => w.uint32(byte))),
      }),
      'GATE-PICKLE message>input 0',
    ],
    ['a parameter of the request', { parameters: { x: PICKLE.toString() } }, 'GATE-PICKLE message>parameter'],
    ['a key of a parameter', { parameters: { [PICKLE.toString()]: 'x' } }, 'GATE-PICKLE message>parameter'],
    [
      'a parameter of an input',
      input({ shape: [0], parameters: { x: PICKLE.toString() } }),
      'GATE-PICKLE message>input 0>parameter',
    ],
    [
      'a parameter of an output',
      { outputs: [{ name: 'y', parameters: { x: PICKLE.toString('base64') } }] },
      'GATE-PICKLE message>output 0>parameter>base64',
    ],
    ['the name of the model', { model: PICKLE.toString() }, 'GATE-PICKLE message>model_name'],
    ['the version', { version: PICKLE.toString() }, 'GATE-PICKLE message>model_version'],
    ['the id', { id: PICKLE.toString('base64') }, 'GATE-PICKLE message>id>base64'],
    ['the name of an input', input({ shape: [0], name: PICKLE.toString() }), 'GATE-PICKLE message>input 0'],
    ['the name of an output', { outputs: [{ name: PICKLE.toString() }] }, 'GATE-PICKLE message>output 0'],
  ])('a pickle is found in %s', async (_what, infer, refusal) => expect(await told(infer)).toBe(refusal));

  test.each<readonly [string, Infer, string]>([
    [
      'a codec that unpickles',
      input({ shape: [0], parameters: { content_type: 'pickle' } }),
      'GATE-PICKLE-TYPE message>input 0',
    ],
    ['the same for the request', { parameters: { content_type: 'pickle' } }, 'GATE-PICKLE-TYPE message>input 0'],
    ['shared memory', input({ parameters: { shared_memory_region: 'r' } }), 'GATE-TENSOR message'],
    [
      'a size that is not the shape',
      input({ datatype: 'FP32', shape: [3], raw: Buffer.alloc(8) }),
      'GATE-TENSOR message>input 0',
    ],
    [
      'more elements than the shape',
      input({ shape: [1], raw: rawElements(Buffer.from('a'), Buffer.from('b')) }),
      'GATE-TENSOR message>input 0',
    ],
    [
      'more numbers than the shape',
      input({ datatype: 'INT32', shape: [1], contents: packed(2, (w) => w.int32(1).int32(2)) }),
      'GATE-TENSOR message>input 0',
    ],
    ['an element that is cut', input({ raw: Buffer.from('\x09\0\0\0ab', 'latin1') }), 'GATE-TENSOR message>input 0'],
    [
      'raw and typed contents',
      input({ contents: bytesContents(Buffer.from('a')), raw: rawElements(Buffer.from('a')) }),
      'GATE-TENSOR message>input 0',
    ],
    [
      'raw contents without an input',
      { more: (w) => w.tag(7, WireType.LengthDelimited).bytes(PICKLE) },
      'GATE-TENSOR message',
    ],
    ['a datatype that is none', input({ datatype: 'OBJECT', raw: Buffer.alloc(8) }), 'GATE-TENSOR message>input 0'],
    ['an unknown field', { more: (w) => w.tag(99, WireType.LengthDelimited).bytes(PICKLE) }, 'GATE-SCHEMA message'],
    [
      'a parameter twice',
      {
        parameters: { x: '1' },
        more: (w) => w.tag(4, WireType.LengthDelimited).fork().tag(1, WireType.LengthDelimited).string('x').join(),
      },
      'GATE-MALFORMED message',
    ],
  ])('%s is refused', async (_what, infer, refusal) => expect(await told(infer)).toBe(refusal));

  test('in a coding', async () => {
    const bytes = inferRequest(input({ raw: rawElements(PICKLE) }));
    expect((await refusalOf(gzipSync(bytes), INFER, 'gzip'))?.rule).toBe('GATE-PICKLE');
    expect((await refusalOf(bytes, INFER, 'gzip'))?.rule).toBe('GATE-UNREADABLE');
    const honest = inferRequest(input({ raw: rawElements(Buffer.from('hello')) }));
    expect(await refusalOf(gzipSync(honest), INFER, 'gzip')).toBeNull();
  });

  test('any tensor reaches the inspection as its bytes are', () => {
    const one = fc.oneof(
      fc.uint8Array().map((raw): Input => ({ datatype: 'UINT8', shape: [raw.length], raw })),
      fc
        .array(fc.uint8Array())
        .map((all): Input => ({ datatype: 'BYTES', shape: [all.length], raw: rawElements(...all) })),
    );
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 4 }), (inputs) => {
        const opened = openMessage(jobOf(inferRequest({ inputs })), LIMITS);
        if ('rule' in opened) throw new Error(opened.detail);
        const length = Number(opened.inferHeaderLength);
        const header: unknown = JSON.parse(Buffer.from(opened.body).toString('utf8', 0, length));
        expect(header).toMatchObject({
          inputs: inputs.map(({ datatype, shape, raw }) => ({
            datatype,
            shape,
            parameters: { binary_data_size: raw?.length },
          })),
        });
        expect(Buffer.from(opened.body).subarray(length)).toEqual(
          Buffer.concat(inputs.map(({ raw }) => raw ?? Buffer.alloc(0))),
        );
      }),
    );
  });
});

describe('other requests', () => {
  const path = (name: string): string => `/inference.GRPCInferenceService/${name}`;

  test('their texts are inspected, and fields that they do not have are refused', async () => {
    expect(await refusalOf(texts({ 1: 'resnet50', 2: '1' }), path('ModelReady'))).toBeNull();
    expect(await refusalOf(texts({ 1: PICKLE.toString() }), path('ModelReady'))).toMatchObject({
      rule: 'GATE-PICKLE',
      path: 'message>name',
    });
    expect((await refusalOf(texts({ 1: 'x' }), path('ServerLive')))?.rule).toBe('GATE-SCHEMA');
    expect((await refusalOf(texts({ 1: PICKLE.toString() }), '/grpc.health.v1.Health/Check'))?.rule).toBe(
      'GATE-PICKLE',
    );
  });

  test('bytes of a model that is loaded are inspected', async () => {
    const load = (content: Buffer): Buffer => {
      const inner = Buffer.concat([Buffer.of(0x22, content.length), content]);
      const entry = Buffer.concat([texts({ 1: 'file:1/model.py' }), Buffer.of(0x12, inner.length), inner]);
      return Buffer.concat([texts({ 2: 'm' }), Buffer.of(0x1a, entry.length), entry]);
    };
    expect(await refusalOf(load(Buffer.from('a = 1')), path('RepositoryModelLoad'))).toBeNull();
    expect((await refusalOf(load(PICKLE), path('RepositoryModelLoad')))?.rule).toBe('GATE-PICKLE');
  });

  test('what changes the server is management', () => {
    expect(MANAGEMENT_METHODS).toEqual([
      'RepositoryModelLoad',
      'RepositoryModelUnload',
      'SystemSharedMemoryStatus',
      'SystemSharedMemoryRegister',
      'SystemSharedMemoryUnregister',
      'CudaSharedMemoryStatus',
      'CudaSharedMemoryRegister',
      'CudaSharedMemoryUnregister',
      'TraceSetting',
      'LogSettings',
    ]);
    expect([...GRPC_METHODS.keys()].filter((name) => !name.startsWith('/inference.'))).toEqual([
      '/grpc.health.v1.Health/Check',
      '/grpc.health.v1.Health/Watch',
    ]);
  });
});
