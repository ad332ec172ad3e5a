import { expect, test } from 'vitest';
import { goOn, immediate } from './protocol.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('each part is answered in its field, trailers without a CommonResponse', () => {
  const kinds = [
    'request_headers',
    'response_headers',
    'request_body',
    'response_body',
    'request_trailers',
    'response_trailers',
  ] as const;
  expect(kinds.map((kind) => hex(goOn(kind)))).toEqual([
    '0a020a00',
    '12020a00',
    '1a020a00',
    '22020a00',
    '2a00',
    '3200',
  ]);
});

test('an answer to HTTP has no status of gRPC', () => {
  const answer = immediate({ status: 503, headers: [], body: Buffer.alloc(0), grpcStatus: null, details: '' });
  // 7: { 1: {1: 503}, 2: {}, 3: "", 5: "" }
  expect(hex(answer)).toBe(['3a0b', '0a0308f703', '1200', '1a00', '2a00'].join(''));
});
