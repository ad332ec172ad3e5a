import { EventEmitter } from 'node:events';
import { constants, type ClientHttp2Stream } from 'node:http2';
import { describe, expect, test } from 'vitest';
import { passAnswer, statusOfReset } from './answering.ts';
import type { ClientSide } from './client-side.ts';

const HEAD = { ':status': 200, 'content-type': 'application/grpc' };
const END = constants.NGHTTP2_FLAG_END_STREAM;
const MORE = constants.NGHTTP2_FLAG_END_HEADERS;

/** An upstream that is driven by hand, and what the client was given. `takes`: whether it takes more. */
function answering(takes = true) {
  const said: unknown[] = [];
  const upstream = Object.assign(new EventEmitter(), {
    rstCode: constants.NGHTTP2_NO_ERROR,
    pause: () => said.push('pause'),
    resume: () => said.push('resume'),
  });
  let onDrain = (): void => undefined;
  const client = {
    begin: (headers: object, isAll: boolean) => said.push(['begin', headers, isAll]),
    write: (chunk: Buffer, then: () => void) => {
      said.push(chunk.toString());
      onDrain = then;
      return takes;
    },
    end: (trailers: object) => said.push(['end', trailers]),
  } as unknown as ClientSide;
  const end = passAnswer(upstream as unknown as ClientHttp2Stream, client, () => said.push('head'));
  return { upstream, said, end, drain: () => onDrain() };
}

describe('an answer as it comes', () => {
  test('head, messages and trailers', async () => {
    const { upstream, said, end } = answering();
    upstream.emit('response', HEAD, MORE);
    upstream.emit('data', Buffer.from('a'));
    upstream.emit('trailers', { 'grpc-status': '0', connection: 'x' });
    upstream.emit('end');
    upstream.emit('close');
    expect(await end).toBe('answered');
    expect(said).toEqual(['head', ['begin', HEAD, false], 'a', ['end', { 'grpc-status': '0' }]]);
  });

  test('of trailers alone', async () => {
    const { upstream, said, end } = answering();
    upstream.emit('response', HEAD, MORE | END);
    upstream.emit('trailers', {});
    upstream.emit('end');
    upstream.emit('close');
    expect(await end).toBe('answered');
    expect(said).toEqual(['head', ['begin', HEAD, true]]);
  });

  test('a client that takes no more holds the upstream up until it does', () => {
    const slow = answering(false);
    slow.upstream.emit('data', Buffer.from('a'));
    expect(slow.said).toEqual(['a', 'pause']);
    slow.drain();
    expect(slow.said).toEqual(['a', 'pause', 'resume']);
  });

  test.each([
    ['without trailers', constants.NGHTTP2_NO_ERROR, 'broken'],
    ['with a reset', constants.NGHTTP2_INTERNAL_ERROR, 'broken'],
    ['refused', constants.NGHTTP2_REFUSED_STREAM, 'refused'],
  ])('that ends %s', async (_how, code, expected) => {
    const { upstream, said, end } = answering();
    upstream.emit('error', new Error('as the stream says'));
    upstream.emit('end');
    upstream.rstCode = code;
    upstream.emit('close');
    expect(await end).toBe(expected);
    expect(said).toEqual([]);
  });
});

// grpc/grpc, doc/PROTOCOL-HTTP2.md, "Errors".
test.each([
  [undefined, null],
  [constants.NGHTTP2_NO_ERROR, null],
  [constants.NGHTTP2_PROTOCOL_ERROR, null],
  [constants.NGHTTP2_REFUSED_STREAM, 14],
  [constants.NGHTTP2_CANCEL, 1],
  [constants.NGHTTP2_ENHANCE_YOUR_CALM, 8],
  [constants.NGHTTP2_INADEQUATE_SECURITY, 7],
])('the reset %s is status %s', (code, status) => {
  expect(statusOfReset(code)).toBe(status);
});
