import { fetchTransport, HttpClient, type SourceErrorCode } from '@artifact-sentinel/sources';
import { describe, expect, test } from 'vitest';
import { pageTransport } from './page-transport.js';

/** A client of a page over answers made here, and how often it asked. */
function client(answer: () => Promise<Response>, most = 1_000) {
  let asked = 0;
  const pieces: number[] = [];
  const fetcher = (): Promise<Response> => {
    asked += 1;
    return answer();
  };
  const transport = pageTransport(fetchTransport(fetcher), { most, onBytes: (bytes) => pieces.push(bytes) });
  const http = new HttpClient({ transport, addresses: 'any', sleep: async () => undefined });
  const get = (path = '/x'): Promise<number> =>
    http.exchange({ url: new URL(path, 'https://hub.example') }, async ({ body }) => {
      let size = 0;
      for await (const chunk of body) size += chunk.length;
      return size;
    });
  return { get, asked: () => asked, pieces };
}

describe('what was agreed to', () => {
  test('is received, and not a request more is made', async () => {
    const { get, asked, pieces } = client(async () => new Response(new Uint8Array(600)));
    expect(await get()).toBe(600);
    await expect(get()).rejects.toMatchObject({ code: 'limit' satisfies SourceErrorCode });
    await expect(get()).rejects.toMatchObject({ code: 'limit' });
    expect(asked()).toBe(2);
    expect(pieces).toEqual([600, 600]);
  });
  test('may be used up to its last byte', async () => {
    const { get } = client(async () => new Response(new Uint8Array(500)));
    expect([await get(), await get()]).toEqual([500, 500]);
    await expect(get()).rejects.toThrow(/nothing more is asked for/);
  });
});

test('what a browser only calls a failure has words, and the host', async () => {
  const { get } = client(() => Promise.reject(new TypeError('Failed to fetch')));
  await expect(get()).rejects.toThrow(/no answer of hub\.example.*CORS/);
});

test('a range that a page may not read is none; it is not asked for again', async () => {
  const { get, asked } = client(async () => new Response('ab', { status: 206 }));
  await expect(get()).rejects.toThrow(/Content-Range is not exposed/);
  expect(asked()).toBe(1);
});

test('a listing has to show whether it goes on', async () => {
  const path = '/api/models/org/m/tree/main';
  await expect(client(async () => new Response('[]')).get(path)).rejects.toThrow(/Link is not exposed/);
  for (const headers of [{ link: '</next>; rel="next"' }, { 'x-request-id': '1' }])
    expect(await client(async () => new Response('[]', { headers })).get(path)).toBe(2);
});
