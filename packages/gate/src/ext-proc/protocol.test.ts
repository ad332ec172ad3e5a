import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '../model/rules.ts';
import { goOn, immediate, readMessage } from './protocol.ts';
import { bodyPart, headersPart } from '../../test/envoy-messages.ts';

const LENGTH = WireType.LengthDelimited;

test('headers, with raw values or text, and how bodies are sent', () => {
  const headers = [
    [':path', '/a'],
    ['x-a', 'd\xe9j\xe0'],
  ] as const;
  expect(readMessage(headersPart(headers, { isEnd: true, bodyMode: 2 }))).toEqual({
    part: { kind: 'request_headers', headers, isEnd: true },
    isObserving: false,
    bodyMode: 2,
  });
  const text = new BinaryWriter().tag(2, LENGTH).fork().tag(1, LENGTH).fork().tag(1, LENGTH).fork();
  text.tag(1, LENGTH).string('A').tag(2, LENGTH).string('b').join().join().join();
  expect(readMessage(text.finish()).part).toEqual({ kind: 'request_headers', headers: [['a', 'b']], isEnd: false });
});

test('bodies, and parts of answers', () => {
  expect(readMessage(bodyPart(Buffer.from('abc'), true)).part).toEqual({
    kind: 'request_body',
    body: new Uint8Array(Buffer.from('abc')),
    isEnd: true,
  });
  const part = (field: number): Uint8Array => new BinaryWriter().tag(field, LENGTH).fork().join().finish();
  expect([3, 5, 6, 7].map((field) => readMessage(part(field)).part?.kind)).toEqual([
    'response_headers',
    'response_body',
    'request_trailers',
    'response_trailers',
  ]);
});

test('unknown fields are skipped, and observing is noticed', () => {
  const writer = new BinaryWriter().tag(8, LENGTH).string('metadata').tag(10, WireType.Varint).bool(true);
  expect(readMessage(writer.tag(99, WireType.Bit32).fixed32(1).finish())).toEqual({
    part: null,
    isObserving: true,
    bodyMode: null,
  });
});

test('any bytes are a message or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom(null, 2, 4, 6, 11), (random, field) => {
      const bytes = field === null ? random : new BinaryWriter().tag(field, LENGTH).bytes(random).finish();
      try {
        readMessage(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(Refused);
      }
    }),
  );
});

test('answers on the wire', () => {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  // Field 1 with a HeadersResponse, of which field 1 is an empty CommonResponse; field 5 with an empty TrailersResponse.
  expect(hex(goOn('request_headers'))).toBe('0a020a00');
  expect(hex(goOn('request_body'))).toBe('1a020a00');
  expect(hex(goOn('request_trailers'))).toBe('2a00');
  const answer = immediate({ status: 400, headers: [['a', 'b']], body: Buffer.from('x'), grpcStatus: 3, details: 'd' });
  expect(hex(answer)).toBe(
    // 7: { 1: {1: 400}, 2: {1: {1: {1: "a", 3: "b"}, 3: 2}}, 3: "x", 4: {1: 3}, 5: "d" }
    ['3a1d', '0a03089003', '120c0a0a', '0a060a01611a0162', '1802', '1a0178', '22020803', '2a0164'].join(''),
  );
});

const varint = (field: number, value: number): Uint8Array =>
  new BinaryWriter().tag(field, WireType.Varint).int32(value).finish();
const nested = (field: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  new BinaryWriter().tag(field, LENGTH).bytes(Buffer.concat(parts)).finish();
const text = (field: number, value: string): Uint8Array => nested(field, Buffer.from(value, 'latin1'));
/** A field with the bytes of one header, in a head. */
const headed = (...parts: readonly Uint8Array[]): ReturnType<typeof readMessage>['part'] =>
  readMessage(nested(2, ...parts)).part;
const NOTHING = { part: null, isObserving: false, bodyMode: null };

describe('fields of a ProcessingRequest', () => {
  test.each([
    ['nothing', Buffer.alloc(0), NOTHING],
    ['a part that is a number', varint(2, 1), NOTHING],
    ['an unknown part', nested(9, nested(1)), NOTHING],
    ['observing', varint(10, 1), { ...NOTHING, isObserving: true }],
    ['the asynchronous mode of older Envoys', varint(1, 1), { ...NOTHING, isObserving: true }],
    ['observing that is not so', varint(10, 0), NOTHING],
    ['observing that is no number', text(10, 'a'), NOTHING],
    ['the asynchronous mode that is no number', text(1, 'a'), NOTHING],
    ['another number', varint(9, 1), NOTHING],
    ['the mode of bodies, which is NONE by default', nested(11), { ...NOTHING, bodyMode: 0 }],
    ['the mode of bodies', nested(11, varint(1, 2)), { ...NOTHING, bodyMode: 2 }],
    ['the mode of other bodies', nested(11, varint(2, 2)), { ...NOTHING, bodyMode: 0 }],
    ['the mode of bodies that is no number', nested(11, text(1, 'a')), { ...NOTHING, bodyMode: 0 }],
    ['a configuration that is no message', varint(11, 2), NOTHING],
  ])('%s', (_what, bytes, expected) => {
    expect(readMessage(bytes)).toEqual(expected);
  });
});

describe('fields of a head', () => {
  const header = nested(1, text(1, 'a'), text(3, 'b'));
  test.each<readonly [string, readonly Uint8Array[], readonly (readonly [string, string])[], boolean]>([
    ['nothing', [], [], false],
    ['its end', [varint(3, 1)], [], true],
    ['another number', [varint(2, 1)], [], false],
    ['an end that is no number', [text(3, 'a')], [], false],
    [
      'headers',
      [nested(1, header, header)],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
      false,
    ],
    ['headers in another field', [nested(2, header)], [], false],
    ['headers that are a number', [varint(1, 1)], [], false],
    ['another field of the map', [nested(1, nested(2, text(1, 'a')))], [], false],
    ['a header that is a number', [nested(1, varint(1, 1))], [], false],
    ['a header of nothing', [nested(1, nested(1))], [['', '']], false],
    ['a name in capitals', [nested(1, nested(1, text(1, 'X-A'), text(3, 'B')))], [['x-a', 'B']], false],
    ['text of an older Envoy', [nested(1, nested(1, text(1, 'a'), text(2, 'b')))], [['a', 'b']], false],
    [
      'text that is empty beside bytes',
      [nested(1, nested(1, text(1, 'a'), text(3, 'b'), text(2, '')))],
      [['a', 'b']],
      false,
    ],
    ['a field that is unknown', [nested(1, nested(1, text(1, 'a'), text(3, 'b'), text(4, 'c')))], [['a', 'b']], false],
    ['a value that is a number', [nested(1, nested(1, text(1, 'a'), varint(3, 1)))], [['a', '']], false],
  ])('%s', (_what, parts, headers, isEnd) => {
    expect(headed(...parts)).toEqual({ kind: 'request_headers', headers, isEnd });
  });

  test.each<readonly [string, Uint8Array, readonly (readonly [string, string])[]]>([
    ['headers', nested(1, header), [['a', 'b']]],
    ['headers in another field', nested(2, header), []],
    ['headers that are a number', varint(1, 1), []],
  ])('trailers: %s', (_what, bytes, headers) => {
    expect(readMessage(nested(6, bytes)).part).toEqual({ kind: 'request_trailers', headers });
  });
});

describe('fields of a body', () => {
  test.each([
    ['nothing', [], '', false],
    ['bytes', [text(1, 'abc')], 'abc', false],
    ['bytes in another field', [text(2, 'abc')], '', false],
    ['bytes that are a number', [varint(1, 1)], '', false],
    ['its end', [varint(2, 1)], '', true],
    ['another number', [varint(3, 1)], '', false],
  ])('%s', (_what, parts, body, isEnd) => {
    expect(readMessage(nested(4, ...parts)).part).toEqual({
      kind: 'request_body',
      body: new Uint8Array(Buffer.from(body)),
      isEnd,
    });
  });
});
