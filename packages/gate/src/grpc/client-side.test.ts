import { EventEmitter } from 'node:events';
import { constants, type Http2Stream, type ServerHttp2Stream } from 'node:http2';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClientSide, drained } from './client-side.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A stream of Node that says what is done with it. */
function made() {
  const said: unknown[] = [];
  const stream = Object.assign(new EventEmitter(), {
    destroyed: false,
    closed: false,
    headersSent: false,
    takes: true,
    respond: (headers: object, options: object) => {
      said.push(['respond', headers, options]);
      stream.headersSent = true;
    },
    sendTrailers: (trailers: object) => said.push(['trailers', trailers]),
    write: (chunk: Buffer) => {
      said.push(chunk.toString());
      return stream.takes;
    },
    end: (body?: Buffer) => said.push(['end', body?.toString()]),
    resume: () => said.push('resume'),
    close: (code: number) => said.push(['close', code]),
  });
  return { stream, said, client: new ClientSide(stream as unknown as ServerHttp2Stream) };
}

const HEAD = { ':status': 200 };

describe('an answer', () => {
  test('begins once, goes on, and ends with its trailers', () => {
    const { stream, said, client } = made();
    client.begin(HEAD, false);
    client.begin(HEAD, false);
    expect(client.write(Buffer.from('a'), () => undefined)).toBe(true);
    client.end({ 'grpc-status': '0' });
    stream.emit('wantTrailers');
    expect(client.isEnded).toBe(true);
    client.end({ 'grpc-status': '1' });
    client.begin(HEAD, true);
    client.status(1, 'late', 'r');
    client.http(200, {}, Buffer.from('late'));
    expect(client.write(Buffer.from('late'), () => undefined)).toBe(true);
    expect(said).toEqual([
      ['respond', HEAD, { endStream: false, waitForTrailers: true, sendDate: false }],
      'a',
      ['end', undefined],
      'resume',
      ['trailers', { 'grpc-status': '0' }],
    ]);
  });

  test('of a head alone is over with it', () => {
    const { said, client } = made();
    client.begin(HEAD, true);
    expect(said).toEqual([['respond', HEAD, { endStream: true, waitForTrailers: false, sendDate: false }], 'resume']);
    expect(client.isEnded).toBe(true);
  });

  test('has no date of the gate where it is one of HTTP', () => {
    const { said, client } = made();
    client.http(415, { 'x-a': 'b' }, Buffer.from('body'));
    client.http(415, {}, Buffer.from('again'));
    expect(said).toEqual([['respond', { ':status': 415, 'x-a': 'b' }, { sendDate: false }], ['end', 'body'], 'resume']);
    const begun = made();
    begun.client.begin(HEAD, false);
    begun.client.http(415, {}, Buffer.from('late'));
    expect(begun.said).toHaveLength(1);
  });

  test.each(['destroyed', 'closed'] as const)('nothing of it is sent to a stream that is %s', (how) => {
    const { stream, said, client } = made();
    expect(client.isEnded).toBe(false);
    stream[how] = true;
    expect(client.isEnded).toBe(true);
    client.begin(HEAD, false);
    client.status(1, 'x', 'r');
    client.http(400, {}, Buffer.from('x'));
    client.end({});
    expect(said).toEqual([]);
  });
});

describe('a status', () => {
  const trailers = { 'grpc-status': '8', 'grpc-message': 'a%25', 'x-request-id': 'r' };

  test('by itself', () => {
    const { said, client } = made();
    client.status(8, 'a%', 'r');
    client.status(9, 'again', 'r');
    expect(said).toEqual([
      [
        'respond',
        {
          ':status': 200,
          'content-type': 'application/grpc',
          'grpc-accept-encoding': 'identity,deflate,gzip',
          ...trailers,
        },
        { endStream: true, waitForTrailers: false, sendDate: false },
      ],
      'resume',
    ]);
  });

  test('behind what was sent', () => {
    const { stream, said, client } = made();
    client.begin(HEAD, false);
    client.status(8, 'a%', 'r');
    stream.emit('wantTrailers');
    expect(said.slice(1)).toEqual([['end', undefined], 'resume', ['trailers', trailers]]);
  });
});

describe('a client that takes no more', () => {
  test('is written to again when it does', () => {
    const { stream, client } = made();
    let drains = 0;
    stream.takes = false;
    expect(client.write(Buffer.from('a'), () => (drains += 1))).toBe(false);
    expect(drains).toBe(0);
    stream.emit('drain');
    stream.emit('drain');
    expect(drains).toBe(1);
  });

  test.each(['drain', 'close'])('is waited for until %s', async (event) => {
    const { stream, client } = made();
    await client.written(Buffer.from('a'));
    stream.takes = false;
    let isDone = false;
    const written = client.written(Buffer.from('b')).then(() => (isDone = true));
    await Promise.resolve();
    expect(isDone).toBe(false);
    stream.emit(event);
    await written;
    expect([stream.listenerCount('drain'), stream.listenerCount('close')]).toEqual([0, 0]);
  });

  test('is not waited for when it is over', async () => {
    const { stream, said, client } = made();
    stream.takes = false;
    stream.closed = true;
    await client.written(Buffer.from('a'));
    expect(said).toEqual([]);
    const other = drained(stream as unknown as Http2Stream);
    stream.emit('close');
    await other;
  });
});

test('what comes behind the end is thrown away for a second, then the stream is closed', () => {
  const { said, client } = made();
  client.begin(HEAD, true);
  vi.advanceTimersByTime(999);
  expect(said.at(-1)).toBe('resume');
  vi.advanceTimersByTime(1);
  expect(said.at(-1)).toEqual(['close', constants.NGHTTP2_NO_ERROR]);
  const gone = made();
  gone.client.begin(HEAD, true);
  gone.stream.emit('close');
  expect(vi.getTimerCount()).toBe(0);
});
