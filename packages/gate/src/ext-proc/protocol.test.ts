import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { expect, test } from 'vitest';
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
