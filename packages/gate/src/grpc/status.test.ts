import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GATE_RULES, type GateRule } from '../model/rules.ts';
import { headRefusal } from '../proxy/problem.ts';
import { encodedMessage, GRPC_STATUS, messageOf, statusOf, timeoutMs, timeoutText } from './status.ts';

test.each<readonly [GateRule, number]>([
  ['GATE-PICKLE', 3],
  ['GATE-PICKLE-TYPE', 3],
  ['GATE-TENSOR', 3],
  ['GATE-SCHEMA', 3],
  ['GATE-CRASH', 3],
  ['GATE-METHOD', 7],
  ['GATE-SIZE', 8],
  ['GATE-BOMB', 8],
  ['GATE-HEADERS', 8],
  ['GATE-ROUTE', 12],
  ['GATE-CODING', 12],
  ['GATE-BUSY', 14],
  ['GATE-UPSTREAM', 14],
  ['GATE-UPSTREAM-TIMEOUT', 4],
])('%s is status %i', (rule, status) => expect(statusOf(headRefusal(rule, 'x', 'x'))).toBe(status));

test('every rule has a status of its own kind, and none passes', () => {
  for (const rule of Object.keys(GATE_RULES) as GateRule[]) {
    const status = statusOf(headRefusal(rule, 'x', 'x'));
    expect(status).toBeGreaterThan(0);
    expect(status, rule).not.toBe(13);
  }
});

test('messages are percent-encoded, and can be decoded', () => {
  expect(encodedMessage('100 % déjà\n')).toBe('100 %25 d%C3%A9j%C3%A0%0A');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const encoded = encodedMessage(text);
      expect(encoded).toMatch(/^[\x20-\x7e]*$/);
      expect(decodeURIComponent(encoded)).toBe(Buffer.from(text).toString());
    }),
  );
  expect(messageOf(headRefusal('GATE-SIZE', 'x', 'why'), 'id')).toBe(
    'The content is too large: why (urn:sentinel:gate:GATE-SIZE, request id)',
  );
});

test('timeouts', () => {
  expect(['1H', '2M', '3S', '4m', '5000u', '6000000n', '99999999H'].map(timeoutMs)).toEqual([
    3_600_000, 120_000, 3_000, 4, 5, 6, 359_999_996_400_000,
  ]);
  expect(['', 'S', '1', '1s', '-1S', '1.5S', '123456789S', ' 1S', '1S '].map(timeoutMs)).toEqual(
    Array.from({ length: 9 }, () => null),
  );
  expect([0, -5, 1.2, 99_999_999, 1e8, 359_999_996_400_000].map(timeoutText)).toEqual([
    '1m',
    '1m',
    '2m',
    '99999999m',
    '100000S',
    '99999999S',
  ]);
});

test.each<readonly [GateRule, number]>([
  ['GATE-RATE', 8],
  ['GATE-SLOW', 4],
  ['GATE-UPGRADE', 7],
  ['GATE-MALFORMED', 3],
  ['GATE-MEDIA-TYPE', 3],
])('%s is status %i as well', (rule, status) => expect(statusOf(headRefusal(rule, 'x', 'x'))).toBe(status));

test('the codes are those of gRPC', () => {
  // grpc/grpc, doc/statuscodes.md.
  expect(GRPC_STATUS).toEqual({
    cancelled: 1,
    invalidArgument: 3,
    deadlineExceeded: 4,
    permissionDenied: 7,
    resourceExhausted: 8,
    unimplemented: 12,
    internal: 13,
    unavailable: 14,
  });
});

test.each([
  ['\x1f', '%1F'],
  [' ', ' '],
  ['~', '~'],
  ['\x7f', '%7F'],
  ['$%&', '$%25&'],
  ['\x05', '%05'],
])('the text %j as a message', (text, expected) => expect(encodedMessage(text)).toBe(expected));

test.each([
  ['1000u', 1],
  ['1u', 0.001],
  ['1000000n', 1],
  ['0m', 0],
])('the timeout %s', (text, ms) => expect(timeoutMs(text)).toBeCloseTo(ms, 9));
