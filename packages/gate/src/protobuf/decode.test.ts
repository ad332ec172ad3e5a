import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_INSPECTION_LIMITS } from '../model/limits.ts';
import { Refused } from '../model/rules.ts';
import { Allowance, blobs, decodeMessage, messages, text, texts, type MessageShape } from './decode.ts';
import { MODEL_INFER_REQUEST, OTHER_REQUESTS } from './shapes.ts';

const INNER: MessageShape = { name: 'Inner', fields: { 1: { name: 'text', kind: 'string' } } };
const OUTER: MessageShape = {
  name: 'Outer',
  fields: {
    1: { name: 'text', kind: 'string' },
    2: { name: 'numbers', kind: 'packed-varint', isRepeated: true },
    3: { name: 'inner', kind: INNER, isRepeated: true },
    4: { name: 'a', kind: 'varint', oneof: 'choice' },
    5: { name: 'b', kind: 'bits64', oneof: 'choice' },
    6: { name: 'blob', kind: 'bytes' },
  },
};

function decode(bytes: Uint8Array, leaves = 1_000, shape = OUTER) {
  return decodeMessage(bytes, shape, 'message', new Allowance({ ...DEFAULT_INSPECTION_LIMITS, leaves }));
}

function signalOf(bytes: Uint8Array, leaves?: number): string {
  try {
    decode(bytes, leaves);
  } catch (error) {
    if (error instanceof Refused) return `${error.refusal.rule} ${error.refusal.signal}`;
    throw error;
  }
  return 'read';
}

const write = (...steps: readonly ((writer: BinaryWriter) => unknown)[]): Uint8Array => {
  const writer = new BinaryWriter();
  for (const step of steps) step(writer);
  return writer.finish();
};
const tag = (field: number, type: WireType) => (writer: BinaryWriter) => writer.tag(field, type);
const { LengthDelimited, Varint, Bit64, Bit32, StartGroup, EndGroup } = WireType;

describe('a message of a known shape', () => {
  test('gives what was written, whatever it is', () => {
    const value = fc.record({
      text: fc.string({ unit: 'grapheme', minLength: 1 }),
      numbers: fc.array(fc.integer()),
      inner: fc.array(fc.string({ minLength: 1 })),
      blob: fc.uint8Array({ minLength: 1 }),
      isPacked: fc.boolean(),
    });
    fc.assert(
      fc.property(value, ({ text: written, numbers, inner, blob, isPacked }) => {
        const bytes = write(
          (w) => w.tag(1, LengthDelimited).string(written),
          (w) => {
            if (isPacked) {
              w.tag(2, LengthDelimited).fork();
              for (const number of numbers) w.int32(number);
              w.join();
            } else for (const number of numbers) w.tag(2, Varint).int32(number);
          },
          (w) => inner.forEach((one) => w.tag(3, LengthDelimited).fork().tag(1, LengthDelimited).string(one).join()),
          (w) => w.tag(6, LengthDelimited).bytes(blob),
        );
        const message = decode(bytes);
        expect(text(message, 'text')).toBe(written);
        expect(messages(message, 'inner').map((one) => text(one, 'text'))).toEqual(inner);
        expect(blobs(message, 'blob').map((one) => [...one])).toEqual([[...blob]]);
        // Packed or not, the chunks together are the packed form.
        const packed = write((w) => numbers.forEach((number) => w.int32(number)));
        expect(Buffer.concat(blobs(message, 'numbers'))).toEqual(Buffer.from(packed));
        expect(texts(message, 'none')).toEqual([]);
      }),
    );
  });

  test.each<readonly [string, Uint8Array, string]>([
    ['an unknown field', write(tag(7, Varint), (w) => w.int32(1)), 'GATE-SCHEMA protobuf-field'],
    ['a known field of another type', write(tag(1, Varint), (w) => w.int32(1)), 'GATE-SCHEMA protobuf-field'],
    [
      'a packed form of what is not repeated',
      write(tag(4, LengthDelimited), (w) => w.bytes(Buffer.of(1))),
      'GATE-SCHEMA protobuf-field',
    ],
    ['a group', write(tag(1, StartGroup), tag(1, EndGroup)), 'GATE-MALFORMED protobuf'],
    ['the end of a group', write(tag(1, EndGroup)), 'GATE-MALFORMED protobuf'],
    ['field 0', Buffer.of(0), 'GATE-MALFORMED protobuf'],
    ['a wire type that is none', Buffer.of(0x0e), 'GATE-MALFORMED protobuf'],
    ['a length beyond the end', Buffer.of(0x0a, 5, 0x61), 'GATE-MALFORMED protobuf'],
    ['a length of four gigabytes', Buffer.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f), 'GATE-MALFORMED protobuf'],
    ['a varint that is cut', Buffer.of(0x20, 0x80), 'GATE-MALFORMED protobuf'],
    ['a fixed number that is cut', write(tag(5, Bit64), (w) => w.raw(Buffer.of(1))), 'GATE-MALFORMED protobuf'],
    ['a field number of 32 bits and more', Buffer.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x01), 'GATE-MALFORMED protobuf'],
    [
      'text that is not UTF-8',
      write(tag(1, LengthDelimited), (w) => w.bytes(Buffer.of(0x61, 0xff))),
      'GATE-MALFORMED protobuf',
    ],
    [
      'a field twice',
      write((w) => w.tag(1, LengthDelimited).string('a').tag(1, LengthDelimited).string('b')),
      'GATE-MALFORMED protobuf-repeated',
    ],
    [
      'two of a oneof',
      write((w) => w.tag(4, Varint).int32(1).tag(5, Bit64).double(1)),
      'GATE-MALFORMED protobuf-oneof',
    ],
    ['a 32-bit number of another width', write((w) => w.tag(5, Bit32).float(1)), 'GATE-SCHEMA protobuf-field'],
  ])('%s is refused', (_what, bytes, signal) => expect(signalOf(bytes)).toBe(signal));

  test('values are counted', () => {
    const bytes = write((w) => {
      for (let i = 0; i < 10; i += 1) w.tag(3, LengthDelimited).fork().join();
    });
    expect([signalOf(bytes, 10), signalOf(bytes, 9)]).toEqual(['read', 'GATE-BOMB fields']);
  });
});

test.each([MODEL_INFER_REQUEST, ...Object.values(OTHER_REQUESTS)])('any bytes for $name: read or refused', (shape) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        decode(bytes, 100, shape);
      } catch (error) {
        expect(error).toBeInstanceOf(Refused);
      }
    }),
  );
});

test('shapes do not contain themselves', () => {
  const visit = (shape: MessageShape, above: readonly MessageShape[]): void => {
    expect(above).not.toContain(shape);
    for (const { kind } of Object.values(shape.fields)) if (typeof kind !== 'string') visit(kind, [...above, shape]);
  };
  for (const shape of [MODEL_INFER_REQUEST, ...Object.values(OTHER_REQUESTS)]) visit(shape, []);
});
