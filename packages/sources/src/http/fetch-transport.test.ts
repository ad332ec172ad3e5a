import { expect, test } from 'vitest';
import { fetchTransport } from './fetch-transport.js';

const REQUEST = {
  url: new URL('https://a.example/x'),
  method: 'GET',
  headers: { 'accept-encoding': 'identity', 'user-agent': 'us', range: 'bytes=0-1' },
  addresses: 'any',
  signal: new AbortController().signal,
} as const;

/** A body of two chunks, and whether it was given up. */
function stream(): { readonly body: ReadableStream<Uint8Array>; readonly isGivenUp: () => boolean } {
  let isGivenUp = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array([1, 2]));
    },
    cancel() {
      isGivenUp = true;
    },
  });
  return { body, isGivenUp: () => isGivenUp };
}

test('a request goes out without what a browser sets by itself, and without credentials', async () => {
  const asked: RequestInit[] = [];
  const transport = fetchTransport(async (_url, init) => {
    asked.push(init ?? {});
    return new Response('ok', { status: 206, headers: { etag: '"1"' } });
  });
  const answer = await transport.send({ ...REQUEST, body: undefined });
  expect([answer.status, answer.header('etag'), answer.header('x')]).toEqual([206, '"1"', null]);
  expect(asked).toMatchObject([
    { headers: { range: 'bytes=0-1' }, redirect: 'follow', credentials: 'omit', referrerPolicy: 'no-referrer' },
  ]);
  expect(Object.keys(asked[0]?.headers ?? {})).toEqual(['range']);
  expect(asked[0]).not.toHaveProperty('body');
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('ok');
  await transport.send({ ...REQUEST, method: 'POST', body: new Uint8Array([7]) });
  expect(asked[1]?.body).toEqual(new Uint8Array([7]));
});

test('what nobody reads is given up when it is closed', async () => {
  const { body, isGivenUp } = stream();
  const answer = await fetchTransport(async () => new Response(body)).send({ ...REQUEST, body: undefined });
  answer.close();
  expect(isGivenUp()).toBe(true);
});

test('a reader that stops gives the rest up, and closing while it reads does nothing more', async () => {
  const { body, isGivenUp } = stream();
  const answer = await fetchTransport(async () => new Response(body)).send({ ...REQUEST, body: undefined });
  for await (const chunk of answer.body) {
    expect(chunk).toEqual(new Uint8Array([1, 2]));
    answer.close();
    expect(isGivenUp()).toBe(false);
    break;
  }
  expect(isGivenUp()).toBe(true);
});

test('an answer without a body has no bytes', async () => {
  const answer = await fetchTransport(async () => new Response(null, { status: 204 })).send({
    ...REQUEST,
    body: undefined,
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  expect(chunks).toEqual([]);
  answer.close();
});
