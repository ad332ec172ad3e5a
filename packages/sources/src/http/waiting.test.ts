import { describe, expect, test } from 'vitest';
import { SourceError } from '../model/source-error.js';
import { HttpClient, type HttpClientOptions } from './client.js';
import { readContentRange } from './content-range.js';
import { RateGate } from './rate-limit.js';
import { statusError } from './status-error.js';
import type { Transport, TransportAnswer } from './transport.js';
import { isSameState, validatorOf } from './validator.js';

const A = new URL('https://a.example/x?signature=secret');

/** A client over one transport that does not wait between attempts, but notes for how long it should. */
function clientOf(send: Transport['send'], options: Partial<HttpClientOptions> = {}) {
  const waits: number[] = [];
  const client = new HttpClient({
    transport: { send },
    sleep: async (ms) => void waits.push(ms),
    ...options,
  });
  return { client, waits };
}

function reply(status: number, body: AsyncIterable<Uint8Array>, headers: Record<string, string> = {}): TransportAnswer {
  return { status, header: (name) => headers[name] ?? null, body, close: () => undefined };
}

async function* chunks(count: number, size: number, onChunk: () => void = () => undefined): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i += 1) {
    onChunk();
    yield new Uint8Array(size);
  }
}

/** Ends with the request, by its signal only. */
const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('given up')), { once: true });
  });

test('the waits between attempts double, spread by a quarter', async () => {
  const { client, waits } = clientOf(async () => reply(503, chunks(0, 0)), { backOffMs: 1000 });
  await client.exchange({ url: A }, async () => null);
  expect(waits).toHaveLength(3);
  for (const [index, ms] of waits.entries()) {
    expect(ms).toBeGreaterThanOrEqual(750 * 2 ** index);
    expect(ms).toBeLessThanOrEqual(1250 * 2 ** index);
  }
});

test('an answer that stays an error comes to the caller', async () => {
  const { client } = clientOf(async () => reply(503, chunks(0, 0)));
  expect(await client.exchange({ url: A }, async ({ status }) => status)).toBe(503);
});

test('of the body of a redirect no more is read than lets the connection be used again', async () => {
  for (const [count, read] of [
    [3, 3],
    [16, 16],
    [100, 17],
  ] as const) {
    let taken = 0;
    let isFirst = true;
    const { client } = clientOf(async () => {
      if (!isFirst) return reply(200, chunks(0, 0));
      isFirst = false;
      return reply(
        302,
        chunks(count, 1024, () => (taken += 1)),
        { location: '/y' },
      );
    });
    await client.exchange({ url: A }, async () => null);
    expect([count, taken]).toEqual([count, read]);
  }
});

describe('times', () => {
  test('a server that does not answer is asked again, and then said to be silent', async () => {
    let asked = 0;
    const { client } = clientOf(
      ({ signal }) => {
        asked += 1;
        return never(signal);
      },
      { idleMs: 5 },
    );
    await expect(client.exchange({ url: A }, async () => null)).rejects.toThrow(
      new SourceError('timeout', 'https://a.example/x: it does not answer'),
    );
    expect(asked).toBe(4);
  });

  test('an answer that stops in its midst is silent as well', async () => {
    let asked = 0;
    const { client } = clientOf(
      async ({ signal }) => {
        asked += 1;
        return reply(
          200,
          (async function* body() {
            yield new Uint8Array(1);
            await never(signal);
          })(),
        );
      },
      { idleMs: 5 },
    );
    const all = client.exchange({ url: A }, async ({ body }) => {
      for await (const chunk of body) expect(chunk.length).toBe(1);
    });
    await expect(all).rejects.toMatchObject({ code: 'timeout', message: 'https://a.example/x: it does not answer' });
    expect(asked).toBe(4);
    expect(client.traffic).toEqual({ requests: 4, bytes: 4 });
  });

  test('one that drips for ever ends, and is not asked again', async () => {
    let asked = 0;
    const { client } = clientOf(
      async ({ signal }) => {
        asked += 1;
        return reply(
          200,
          (async function* body() {
            while (!signal.aborted) {
              await new Promise((resolve) => setTimeout(resolve, 1));
              yield new Uint8Array(1);
            }
          })(),
        );
      },
      { idleMs: 60_000, requestMs: 20 },
    );
    const all = client.exchange({ url: A }, async ({ body }) => {
      for await (const chunk of body) expect(chunk.length).toBe(1);
    });
    await expect(all).rejects.toThrow(
      new SourceError('timeout', 'https://a.example/x: its answer does not end in reasonable time'),
    );
    expect(asked).toBe(1);
  });
});

test('errors of a transport keep their code, and name the address once', async () => {
  for (const [error, message] of [
    [new SourceError('unreachable', 'no route'), 'https://a.example/x: no route'],
    [new SourceError('unreachable', 'https://a.example/x2 lost'), 'https://a.example/x: https://a.example/x2 lost'],
    [new SourceError('private-address', 'it is one'), 'https://a.example/x: it is one'],
    [new SourceError('bad-answer', 'as it is'), 'as it is'],
  ] as const) {
    const { client } = clientOf(async () => {
      throw error;
    });
    await expect(client.exchange({ url: A }, async () => null)).rejects.toThrow(new SourceError(error.code, message));
  }
});

test('a limit of rates is the longer of two, and goes by host and name', () => {
  const gate = new RateGate();
  gate.close('a', 'api', 100);
  gate.close('a', 'api', 50);
  expect([gate.waitFor('a', 'api', 30), gate.waitFor('a', 'api', 100), gate.waitFor('a', 'api', 200)]).toEqual([
    70, 0, 0,
  ]);
  expect([gate.waitFor('a', 'x', 30), gate.waitFor('b', 'api', 30)]).toEqual([0, 0]);
});

test.each([
  [401, 'unauthorized', 'it asks for credentials (401)'],
  [403, 'unauthorized', 'access is forbidden (403)'],
  [404, 'not-found', 'it does not exist (404)'],
  [410, 'not-found', 'it is gone (410)'],
  [451, 'disabled', 'it is not available for legal reasons (451)'],
  [418, 'status', 'the server answers with status 418'],
] as const)('status %i is %s', (status, code, words) => {
  expect(statusError('here', { status })).toMatchObject({ code, status, message: `here: ${words}` });
});

test('ranges of an answer', () => {
  expect(readContentRange('bytes 0-0/1')).toEqual({ first: 0, last: 0, size: 1 });
  expect(readContentRange(' BYTES 5-9/* ')).toEqual({ first: 5, last: 9, size: null });
  expect(readContentRange('bytes */12')).toEqual({ first: null, last: null, size: 12 });
  for (const none of [null, '', 'bytes 5-4/9', 'bytes 5-/9', 'bits 0-1/2']) expect(readContentRange(none)).toBeNull();
});

describe('states of a file', () => {
  const of = (headers: Readonly<Record<string, string>>) => validatorOf({ header: (name) => headers[name] ?? null });
  const DATE = 'Mon, 23 Nov 2026 00:00:00 GMT';

  test('a weak ETag and what is no date let nothing be asked for', () => {
    expect(of({ etag: '"a"', 'last-modified': DATE }).ifRange).toBe('"a"');
    expect(of({ etag: 'W/"a"', 'last-modified': DATE }).ifRange).toBeNull();
    expect(of({ 'last-modified': DATE }).ifRange).toBe(DATE);
    expect(of({ 'last-modified': 'yesterday' }).ifRange).toBeNull();
    expect(of({}).ifRange).toBeNull();
  });

  test('are told apart by the ETag, or else by the date', () => {
    expect(isSameState(of({ etag: '"a"' }), of({ etag: 'W/"a"', 'last-modified': DATE }))).toBe(true);
    expect(isSameState(of({ etag: '"a"' }), of({ etag: '"b"' }))).toBe(false);
    expect(isSameState(of({ 'last-modified': DATE }), of({ 'last-modified': DATE }))).toBe(true);
    expect(isSameState(of({ 'last-modified': DATE }), of({ 'last-modified': 'later', etag: '"a"' }))).toBe(false);
    expect(isSameState(of({ etag: '"a"' }), of({ 'last-modified': DATE }))).toBe(true);
    expect(isSameState(of({ 'last-modified': DATE }), of({}))).toBe(true);
  });
});
