import { describe, expect, test } from 'vitest';
import { SourceError } from '../model/source-error.js';
import { readBody } from './body.js';
import { HttpClient, type HttpClientOptions } from './client.js';
import { readRateLimit, readRetryAfter } from './rate-limit.js';
import type { Transport, TransportRequest } from './transport.js';

type Reply = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly text?: string };

/** A client over a table of answers, whose clock stands still but for its waits. */
function clientOf(
  answer: (request: TransportRequest, count: number) => Reply | Error,
  options: Partial<HttpClientOptions> = {},
) {
  const asked: TransportRequest[] = [];
  const waits: number[] = [];
  const lines: string[] = [];
  let time = 0;
  const transport: Transport = {
    async send(request) {
      asked.push(request);
      const reply = answer(request, asked.length);
      if (reply instanceof Error) throw reply;
      const { status, headers = {}, text = '' } = reply;
      return {
        status,
        header: (name) => headers[name] ?? null,
        body: (async function* body() {
          yield new TextEncoder().encode(text);
        })(),
        close: () => {},
      };
    },
  };
  const client = new HttpClient({
    transport,
    now: () => time,
    sleep: async (ms) => {
      waits.push(ms);
      time += ms;
    },
    onWait: (line) => lines.push(line),
    ...options,
  });
  const get = (address: string, more: object = {}): Promise<string> =>
    client.exchange(
      { url: new URL(address), ...more },
      async (reply) => `${reply.status} ${new TextDecoder().decode(await readBody(reply, 100))}`,
    );
  return { client, get, asked, waits, lines };
}

describe('redirects', () => {
  test('secrets are for one origin, and do not come back', async () => {
    const hops: Readonly<Record<string, string>> = {
      'https://a.example/1': 'https://a.example/2',
      'https://a.example/2': 'https://b.example/3',
      'https://b.example/3': 'https://a.example/4',
    };
    const { get, asked } = clientOf(({ url }) => {
      const location = hops[url.href];
      return location === undefined ? { status: 200, text: 'end' } : { status: 302, headers: { location } };
    });
    expect(await get('https://a.example/1', { secrets: { authorization: 'Bearer x' } })).toBe('200 end');
    expect(asked.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer x',
      'Bearer x',
      undefined,
      undefined,
    ]);
  });

  test.each([
    ['https://a.example/', 'http://a.example/', /a redirect from https to http:\/\/a\.example\//],
    ['https://a.example/', 'ftp://a.example/', /to the scheme ftp/],
    ['https://a.example/', 'http://[', /to what is no address/],
    ['http://a.example/', 'http://10.0.0.1/', /10\.0\.0\.1 is not an address of the public internet/],
    [
      'http://a.example/',
      'http://metadata.google.internal/',
      /^http:\/\/a\.example\/ redirects to http:\/\/metadata\.google\.internal\/: .*link-local or metadata/,
    ],
    ['http://a.example/', 'http://localhost:1/', /not an address of the public internet/],
    ['http://a.example/', 'http://[::ffff:10.0.0.1]/', /not an address of the public internet/],
    ['http://a.example/', 'http://2130706433/', /not an address of the public internet/],
  ])('from %s to %s is refused', async (from, location, words) => {
    const { get, asked } = clientOf(() => ({ status: 307, headers: { location } }));
    await expect(get(from)).rejects.toThrow(words);
    expect(asked).toHaveLength(1);
  });

  test('to a server that breaks are followed again, and the error is that of the server', async () => {
    const { get, asked } = clientOf(({ url }) =>
      url.host === 'a.example'
        ? { status: 302, headers: { location: 'https://b.example/' } }
        : new Error('socket hang up'),
    );
    await expect(get('https://a.example/')).rejects.toThrow(
      new SourceError('unreachable', 'https://b.example/: socket hang up'),
    );
    expect(asked).toHaveLength(8);
    const other = clientOf(({ url }) =>
      url.host === 'a.example'
        ? { status: 302, headers: { location: 'https://b.example/' } }
        : new SourceError('unreachable', 'no route'),
    );
    await expect(other.get('https://a.example/')).rejects.toThrow(
      new SourceError('unreachable', 'https://b.example/: no route'),
    );
  });

  test('ten are followed, and no more', async () => {
    const { get, asked } = clientOf((_request, count) => ({ status: 302, headers: { location: `/${count}` } }));
    await expect(get('https://a.example/')).rejects.toThrow(/more than 10 redirects/);
    expect(asked).toHaveLength(11);
  });
});

describe('another attempt', () => {
  test.each([408, 425, 500, 502, 503, 504])('after %i', async (status) => {
    const { get, waits } = clientOf((_request, count) => (count < 3 ? { status } : { status: 200, text: 'ok' }));
    expect(await get('https://a.example/')).toBe('200 ok');
    expect(waits).toHaveLength(2);
  });

  test('is the last one after three', async () => {
    const { get, asked } = clientOf(() => new Error('socket hang up'));
    await expect(get('https://a.example/x?signature=secret')).rejects.toThrow(
      /^https:\/\/a\.example\/x: socket hang up$/,
    );
    expect(asked).toHaveLength(4);
  });

  test('waits as long as the server asks', async () => {
    const { get, waits } = clientOf((_request, count) =>
      count === 1 ? { status: 503, headers: { 'retry-after': '7' } } : { status: 200 },
    );
    await get('https://a.example/');
    expect(waits).toEqual([7000]);
  });

  test('there is none after an error that would come again', async () => {
    for (const reply of [{ status: 404 }, { status: 403 }, { status: 416 }]) {
      const { get, asked } = clientOf(() => reply);
      expect(await get('https://a.example/')).toBe(`${reply.status} `);
      expect(asked).toHaveLength(1);
    }
    const refused = clientOf(() => new SourceError('unreachable', 'no connection: refused'));
    await expect(refused.get('https://a.example/')).rejects.toThrow('https://a.example/: no connection: refused');
    expect(refused.asked).toHaveLength(1);
  });
});

describe('rate limits', () => {
  test('let nobody wait before there is one', async () => {
    const { client, get } = clientOf(() => ({ status: 200 }), { now: () => 5_000 });
    expect(client.rateWaitMs).toBe(0);
    await get('https://a.example/');
    expect(client.rateWaitMs).toBe(0);
  });

  test('are waited for and said once, and no artifact is to blame', async () => {
    const { client, get, waits, lines } = clientOf((_request, count) =>
      count === 1 ? { status: 429, headers: { ratelimit: '"resolvers";r=0;t=42' } } : { status: 200, text: 'ok' },
    );
    expect(await get('https://a.example/', { bucket: 'resolvers' })).toBe('200 ok');
    expect(waits).toEqual([42_000]);
    expect(lines).toEqual(['a.example: the rate limit (resolvers) is reached; waiting 42 s']);
    expect(client.rateWaitMs).toBe(42_000);
  });

  test('that are reached by an answer hold the next request back', async () => {
    const { get, waits } = clientOf(() => ({ status: 200, headers: { ratelimit: '"api";r=0;t=5' } }));
    await get('https://a.example/', { bucket: 'api' });
    expect(waits).toEqual([]);
    await get('https://b.example/', { bucket: 'api' });
    await get('https://a.example/', { bucket: 'other' });
    expect(waits).toEqual([]);
    await get('https://a.example/', { bucket: 'api' });
    expect(waits).toEqual([5000]);
  });

  test.each([
    ['that never end', { 'retry-after': '3' }],
    ['that take too long', { 'retry-after': '100000' }],
    ['without a time', {}],
  ])('%s are an error', async (_what, headers) => {
    const { get } = clientOf(() => ({ status: 429, headers }));
    await expect(get('https://a.example/')).rejects.toMatchObject({ code: 'rate-limited', status: 429 });
  });

  test('without a time are waited for twice as long each time, three times', async () => {
    const { get, waits, asked, lines } = clientOf(() => ({ status: 429 }));
    await expect(get('https://a.example/')).rejects.toThrow('lets no more requests through for 8 s');
    expect(waits).toEqual([1000, 2000, 4000]);
    expect(lines.map((line) => line.split('; ')[1])).toEqual(['waiting 1 s', 'waiting 2 s', 'waiting 4 s']);
    expect(asked).toHaveLength(4);
  });

  test('are not waited for by who has given up', async () => {
    const controller = new AbortController();
    const { get, asked } = clientOf(() => ({ status: 200, headers: { ratelimit: '"";r=0;t=5' } }), {
      sleep: () => {
        controller.abort(new Error('given up'));
        return Promise.resolve();
      },
    });
    await get('https://a.example/');
    await expect(get('https://a.example/', { signal: controller.signal })).rejects.toMatchObject({
      code: 'aborted',
      message: 'given up',
    });
    expect(asked).toHaveLength(1);
  });

  test('headers', () => {
    expect(readRateLimit('"resolvers";r=12;t=300')).toEqual({ name: 'resolvers', left: 12, seconds: 300 });
    expect(readRateLimit('"a"; t=1; r=0, "b";r=3;t=9')).toEqual({ name: 'a', left: 0, seconds: 1 });
    for (const none of [null, '', '"a";r=x;t=1', '"a";r=1', 'r'.repeat(5000)]) expect(readRateLimit(none)).toBeNull();
    expect(readRetryAfter('12', 0)).toBe(12);
    expect(readRetryAfter('Thu, 01 Jan 1970 00:00:30 GMT', 10_000)).toBe(20);
    expect(readRetryAfter('soon', 0)).toBeNull();
  });
});

test('a body larger than it may be ends the request', async () => {
  const { get } = clientOf(() => ({ status: 200, text: 'x'.repeat(101) }));
  await expect(get('https://a.example/')).rejects.toMatchObject({ code: 'limit' });
});

test('a signal that is aborted ends waits and requests', async () => {
  const controller = new AbortController();
  const { get } = clientOf(
    () => {
      controller.abort(new Error('the time is over'));
      return { status: 503 };
    },
    { signal: controller.signal },
  );
  await expect(get('https://a.example/')).rejects.toMatchObject({ code: 'aborted', message: 'the time is over' });
});

test('so many requests at a time go to one host', async () => {
  let now = 0;
  let most = 0;
  const transport: Transport = {
    async send() {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 1));
      return {
        status: 200,
        header: () => null,
        body: (async function* none() {})(),
        close: () => {
          now -= 1;
        },
      };
    },
  };
  const client = new HttpClient({ transport, perHost: 3 });
  const all = Array.from({ length: 20 }, () =>
    client.exchange({ url: new URL('https://a.example/') }, async () => null),
  );
  await Promise.all(all);
  expect(most).toBe(3);
  expect(client.traffic.requests).toBe(20);
});
