import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_INSPECTION_LIMITS } from '../model/limits.ts';
import { Refused } from '../model/rules.ts';
import { decodedMessage } from './message-coding.ts';

const LIMITS = DEFAULT_INSPECTION_LIMITS;

function outcome(bytes: Uint8Array, coding: string, limits = LIMITS): string {
  try {
    return Buffer.from(decodedMessage(bytes, coding, limits)).toString('latin1');
  } catch (error) {
    if (error instanceof Refused) return `${error.refusal.rule} ${error.refusal.signal}`;
    throw error;
  }
}

test('what was coded comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
      const text = Buffer.from(bytes).toString('latin1');
      expect(outcome(gzipSync(bytes), 'gzip')).toBe(text);
      expect(outcome(deflateSync(bytes), 'deflate')).toBe(text);
    }),
  );
});

/** A member with everything that RFC 1952 lets stand in its head. */
function withHead(flags: number, more: Buffer): Buffer {
  const plain = gzipSync('abc');
  return Buffer.concat([plain.subarray(0, 3), Buffer.of(flags), plain.subarray(4, 10), more, plain.subarray(10)]);
}

test('heads of gzip', () => {
  expect(outcome(withHead(8, Buffer.from('name\0')), 'gzip')).toBe('abc');
  expect(outcome(withHead(4 + 8 + 16 + 2, Buffer.from('\x02\0xxname\0text\0hh', 'latin1')), 'gzip')).toBe('abc');
  expect(outcome(withHead(32, Buffer.alloc(0)), 'gzip')).toBe('GATE-UNREADABLE message-coding');
  expect(outcome(withHead(8, Buffer.from('name')), 'gzip')).toMatch(/^GATE-UNREADABLE/);
});

const UNREADABLE = 'GATE-UNREADABLE message-coding';
const MEMBER = gzipSync('abc');
const damaged = (at: number): Buffer => {
  const copy = Buffer.from(MEMBER);
  copy[copy.length + at] = (copy[copy.length + at] ?? 0) ^ 1;
  return copy;
};

test.each<readonly [string, Buffer, string]>([
  ['a second member', Buffer.concat([MEMBER, gzipSync('def')]), 'gzip'],
  ['a byte behind the member', Buffer.concat([MEMBER, Buffer.of(0)]), 'gzip'],
  ['a byte behind zlib data', Buffer.concat([deflateSync('abc'), Buffer.of(0)]), 'deflate'],
  ['deflate without its head', deflateRawSync('abc'.repeat(100)), 'deflate'],
  ['a wrong check sum', damaged(-8), 'gzip'],
  ['a wrong size', damaged(-4), 'gzip'],
  ['what is cut in the data', MEMBER.subarray(0, 12), 'gzip'],
  ['what is cut in the tail', MEMBER.subarray(0, -1), 'gzip'],
  ['nothing', Buffer.alloc(0), 'gzip'],
  ['what is none', Buffer.from('0123456789abcdefghij'), 'gzip'],
])('%s is refused', (_what, bytes, coding) => expect(outcome(bytes, coding)).toBe(UNREADABLE));

test('bombs, and codings that are not read', () => {
  const bomb = gzipSync(Buffer.alloc(8 * 2 ** 20));
  expect(outcome(bomb, 'gzip')).toBe('GATE-BOMB decoded-bytes');
  expect(outcome(bomb, 'gzip', { ...LIMITS, ratio: 2_000 })).toHaveLength(8 * 2 ** 20);
  expect(outcome(bomb, 'gzip', { ...LIMITS, ratio: 2_000, decodedBytes: 2 ** 22 })).toBe('GATE-BOMB decoded-bytes');
  expect(outcome(Buffer.from('x'), 'snappy')).toBe('GATE-CODING grpc-encoding');
});

test('any bytes are decoded or refused', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 100 }),
      fc.constantFrom('gzip', 'deflate'),
      fc.boolean(),
      (bytes, coding, hasHead) => {
        outcome(hasHead ? Buffer.concat([MEMBER.subarray(0, 10), bytes]) : bytes, coding);
      },
    ),
  );
});
