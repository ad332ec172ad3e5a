import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_JSON } from '../model/limits.ts';
import { frame, FrameReader } from './frames.ts';

/** What a reader gives of bytes that come in chunks. */
function read(bytes: Buffer, cuts: readonly number[]): [unknown, number[]][] {
  const found: [unknown, number[]][] = [];
  const reader = new FrameReader((message, body) => found.push([message, [...body]]));
  let from = 0;
  for (const cut of [...cuts].toSorted((a, b) => a - b)) {
    const to = Math.min(Math.max(cut, from), bytes.length);
    reader.push(bytes.subarray(from, to));
    from = to;
  }
  reader.push(bytes.subarray(from));
  return found;
}

test('a frame is the lengths, the JSON and announces a body that follows', () => {
  const json = Buffer.from('{"a":1}');
  expect(frame({ a: 1 }, null)).toEqual(Buffer.concat([Buffer.from([7, 0, 0, 0, 0, 0, 0, 0]), json]));
  expect(frame({ a: 1 }, Buffer.alloc(258))).toEqual(Buffer.concat([Buffer.from([7, 0, 0, 0, 2, 1, 0, 0]), json]));
});

test('messages arrive whole and in order, however they are cut', () => {
  const message = fc.record({ text: fc.string({ maxLength: 9 }), body: fc.uint8Array({ maxLength: 9 }) });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 6 }), fc.array(fc.nat(200), { maxLength: 20 }), (messages, cuts) => {
      const bytes = Buffer.concat(
        messages.flatMap(({ text, body }) => [frame({ text }, body.length === 0 ? null : body), Buffer.from(body)]),
      );
      expect(read(bytes, cuts)).toEqual(messages.map(({ text, body }) => [{ text }, [...body]]));
    }),
  );
});

test('a body is a copy', () => {
  const bytes = Buffer.concat([frame({}, Buffer.from('ab')), Buffer.from('ab')]);
  let given: Uint8Array = new Uint8Array(0);
  new FrameReader((_message, body) => (given = body)).push(bytes);
  bytes.fill(0);
  expect([...given]).toEqual([0x61, 0x62]);
});

test('a message that is too long, or no JSON, is an error of its own', () => {
  const head = (json: number): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE(json, 0);
    return bytes;
  };
  expect(() => read(head(MAX_JSON + 1), [])).toThrow(RangeError);
  expect(read(head(MAX_JSON), [])).toEqual([]);
  expect(() => read(Buffer.concat([head(1), Buffer.from('{')]), [])).toThrow(SyntaxError);
});
