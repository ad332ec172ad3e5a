import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refused } from '../model/rules.ts';
import { FrameAssembler, framed } from './framing.ts';

/** The bytes in chunks that end at these offsets. */
function chunksOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const ends = [...cuts.map((cut) => Math.min(cut, bytes.length)).toSorted((a, b) => a - b), bytes.length];
  return ends.map((end, i) => bytes.subarray(i === 0 ? 0 : ends[i - 1], end));
}

test('messages arrive whole and in order, however they are cut', () => {
  const message = fc.record({ content: fc.uint8Array({ maxLength: 20 }), isCoded: fc.boolean() });
  fc.assert(
    fc.property(fc.array(message), fc.array(fc.nat(200)), (messages, cuts) => {
      const frames = messages.map(({ content, isCoded }) => {
        const bytes = framed(content);
        bytes[0] = isCoded ? 1 : 0;
        return bytes;
      });
      const assembler = new FrameAssembler(20);
      const found = chunksOf(Buffer.concat(frames), cuts).flatMap((chunk) => {
        assembler.push(chunk);
        return [...assembler.takeAll()];
      });
      expect(found.map(({ isCoded, message: content }) => ({ isCoded, content: new Uint8Array(content) }))).toEqual(
        messages.map(({ isCoded, content }) => ({ isCoded, content })),
      );
      expect(found.map(({ bytes }) => bytes)).toEqual(frames);
      expect(assembler.isWithin).toBe(false);
    }),
  );
});

test('a message that has begun is not whole', () => {
  const assembler = new FrameAssembler(20);
  assembler.push(Buffer.of(0, 0));
  expect(assembler.take()).toBeNull();
  expect(assembler.isWithin).toBe(true);
});

function refusalOf(chunk: Buffer): string {
  try {
    const assembler = new FrameAssembler(20);
    assembler.push(chunk);
    assembler.take();
  } catch (error) {
    if (error instanceof Refused) return `${error.refusal.rule} ${error.refusal.signal}`;
    throw error;
  }
  return 'read';
}

test('flags other than 0 and 1, and lengths beyond the limit, before any of the message has come', () => {
  expect(refusalOf(Buffer.of(2, 0, 0, 0, 0))).toBe('GATE-HTTP grpc-flag');
  expect(refusalOf(Buffer.of(0, 0, 0, 0, 20))).toBe('read');
  expect(refusalOf(Buffer.of(0, 0, 0, 0, 21))).toBe('GATE-SIZE message');
  expect(refusalOf(Buffer.of(0, 255, 255, 255, 255))).toBe('GATE-SIZE message');
});

test('many small messages in one chunk are not copied for each of them', () => {
  const assembler = new FrameAssembler(20);
  assembler.push(Buffer.alloc(5 * 200_000));
  expect([...assembler.takeAll()]).toHaveLength(200_000);
}, 5_000);

test('what is there is counted to the byte, and nothing is nothing', () => {
  const assembler = new FrameAssembler(20);
  assembler.push(Buffer.alloc(0));
  expect(assembler.isWithin).toBe(false);
  assembler.push(Buffer.of(1, 0, 0, 0));
  expect([assembler.take(), assembler.isWithin]).toEqual([null, true]);
  assembler.push(Buffer.of(1));
  expect(assembler.take()).toBeNull();
  assembler.push(Buffer.of(7, 0));
  expect(assembler.take()).toEqual({ isCoded: true, message: Buffer.of(7), bytes: Buffer.of(1, 0, 0, 0, 1, 7) });
  expect(assembler.isWithin).toBe(true);
  assembler.push(Buffer.of(0, 0, 0, 0));
  expect(assembler.take()).toEqual({ isCoded: false, message: Buffer.alloc(0), bytes: Buffer.alloc(5) });
  expect(assembler.isWithin).toBe(false);
});
