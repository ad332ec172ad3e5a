import { constants, type ClientHttp2Stream } from 'node:http2';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Held } from '../proxy/body-reader.ts';
import type { Refusal } from '../model/rules.ts';
import type { ClientSide } from './client-side.ts';
import { framed } from './framing.ts';
import { passInspected } from './inspected-answer.ts';

const HEAD = { ':status': 200, 'content-type': 'application/grpc', 'grpc-encoding': 'gzip' };
const END = constants.NGHTTP2_FLAG_END_STREAM;
const MORE = constants.NGHTTP2_FLAG_END_HEADERS;
const frame = (text: string): Buffer => framed(Buffer.from(text));

/** An upstream that is driven by hand, and what became of its answer. `held`: bytes that may be held. */
function inspecting({ refused = '', limit = 100, held: most = 1_000, idleMs = 1_000 } = {}) {
  const said: unknown[] = [];
  const stream = new PassThrough();
  const upstream = Object.assign(stream, { rstCode: constants.NGHTTP2_NO_ERROR });
  const state = { isEnded: false };
  const client = {
    get isEnded() {
      return state.isEnded;
    },
    begin: (head: Record<string, unknown>, isAll: boolean) => said.push(['begin', head[':status'], isAll]),
    written: async (bytes: Buffer) => said.push(bytes.subarray(5).toString()),
    end: (trailers: object) => said.push(['end', trailers]),
  } as unknown as ClientSide;
  const held = new Held(most);
  const end = passInspected(upstream as unknown as ClientHttp2Stream, client, {
    options: { limit, idleMs, totalMs: 1_000, held },
    onHead: () => said.push('head'),
    mayPass: async ({ message }, encoding) => {
      said.push(`${message.toString()}? ${encoding}`);
      return message.toString() !== refused;
    },
    onFault: ({ rule, signal }: Refusal) => said.push(`${rule} ${signal}`),
  });
  const respond = (head: object = HEAD, flags = MORE): void => void stream.emit('response', head, flags);
  return { stream, upstream, said, end, held, state, respond };
}

describe('an answer that is inspected', () => {
  test('goes on message by message, with its trailers, and nothing of it is held', async () => {
    const { stream, said, end, held, respond } = inspecting();
    respond();
    stream.emit('trailers', { 'grpc-status': '0' });
    stream.end(Buffer.concat([frame('a'), frame('b')]));
    expect(await end).toBe('answered');
    expect(said).toEqual([
      'head',
      ['begin', 200, false],
      'a? gzip',
      'a',
      'b? gzip',
      'b',
      ['end', { 'grpc-status': '0' }],
    ]);
    expect(held.bytes).toBe(0);
  });

  test('ends with a message that is refused', async () => {
    const { stream, said, end, held, respond } = inspecting({ refused: 'b' });
    respond();
    stream.end(Buffer.concat([frame('a'), frame('b'), frame('c')]));
    expect(await end).toBe('broken');
    expect(said.slice(2)).toEqual(['a? gzip', 'a', 'b? gzip']);
    expect(held.bytes).toBe(0);
  });

  test('of trailers alone', async () => {
    const { stream, said, end, respond } = inspecting();
    respond({ ':status': 200, 'grpc-status': '9' }, MORE | END);
    stream.end();
    expect(await end).toBe('answered');
    expect(said).toEqual(['head', ['begin', 200, true]]);
  });

  test.each([
    ['application/grpc', 200, true],
    ['application/grpc+proto', 200, true],
    ['application/grpc;a=b', 200, true],
    ['application/grpc-web', 200, false],
    ['text/application/grpc+a', 200, false],
    [undefined, 200, false],
    ['application/grpc', 404, false],
  ])('of the type %s with status %i', async (type, status, isAnswer) => {
    const { stream, said, end, respond } = inspecting();
    respond({ ':status': status, 'content-type': type });
    stream.emit('trailers', {});
    stream.end();
    expect(await end).toBe(isAnswer ? 'answered' : 'broken');
    expect(said.slice(1)).toEqual(
      isAnswer
        ? [
            ['begin', status, false],
            ['end', {}],
          ]
        : [],
    );
    const { stream: other, said: seen, end: over, respond: begin } = inspecting();
    begin({ ':status': status, 'content-type': type });
    other.emit('trailers', {});
    other.end(frame('a'));
    expect(await over).toBe(isAnswer ? 'answered' : 'broken');
    expect(seen.includes('a? undefined')).toBe(isAnswer);
  });

  test('without trailers, or without a head', async () => {
    const { stream, end, respond } = inspecting();
    respond();
    stream.end(frame('a'));
    expect(await end).toBe('broken');
    const headless = inspecting();
    headless.stream.emit('trailers', {});
    headless.stream.end(frame('a'));
    expect(await headless.end).toBe('broken');
    expect(headless.said).toEqual([]);
  });

  test('of a call that is over is not read on', async () => {
    const { stream, said, end, state, respond } = inspecting();
    respond();
    state.isEnded = true;
    stream.emit('trailers', {});
    stream.end(frame('a'));
    expect(await end).toBe('broken');
    expect(said).toEqual(['head', ['begin', 200, false]]);
  });
});

describe('an answer that does not come whole is a fault of the server', () => {
  test.each([
    ['too large', { limit: 3 }, frame('abcd'), 'GATE-UPSTREAM answer'],
    ['more than is held', { held: 3 }, frame('abcd'), 'GATE-UPSTREAM answer'],
    ['too slow', { idleMs: 20 }, frame('abcd').subarray(0, 6), 'GATE-UPSTREAM-TIMEOUT answer-timeout'],
    ['no message', {}, Buffer.of(9, 0, 0, 0, 0), 'GATE-UPSTREAM grpc-flag'],
  ])('%s', async (_what, settings, bytes, fault) => {
    const { stream, said, end, respond } = inspecting(settings);
    respond();
    stream.write(bytes);
    expect(await end).toBe('broken');
    expect(said.slice(2)).toEqual([fault]);
  });

  test.each([
    [constants.NGHTTP2_INTERNAL_ERROR, 'broken'],
    [constants.NGHTTP2_REFUSED_STREAM, 'refused'],
  ])('reset with %i, which is reported by its status', async (code, expected) => {
    const { stream, upstream, said, end } = inspecting();
    upstream.rstCode = code;
    stream.destroy();
    expect(await end).toBe(expected);
    expect(said).toEqual([]);
  });
});
