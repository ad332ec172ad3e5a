import { expect, test } from 'vitest';
import { SourceError } from '../model/source-error.js';
import { joined, readBody, refuseCoding } from './body.js';
import type { HttpAnswer } from './client.js';

function answer(chunks: readonly string[], headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return {
    status: 200,
    url: new URL('https://a.example/x?signature=secret'),
    header: (name) => headers[name] ?? null,
    body: (async function* body() {
      for (const chunk of chunks) yield new TextEncoder().encode(chunk);
    })(),
  };
}

test('a body is all of its chunks, and may be as large as it may be', async () => {
  const read = async (chunks: readonly string[], most: number): Promise<string> =>
    new TextDecoder().decode(await readBody(answer(chunks), most));
  expect(await read([], 0)).toBe('');
  expect(await read(['abc'], 3)).toBe('abc');
  expect(await read(['ab', '', 'cde', 'f'], 6)).toBe('abcdef');
  await expect(read(['ab', '', 'cde', 'f'], 5)).rejects.toThrow(
    new SourceError('limit', 'https://a.example/x: it answers with more than 5 bytes'),
  );
});

test('one chunk is taken as it is, without a copy', () => {
  const only = new Uint8Array([1, 2]);
  expect(joined([only], 2)).toBe(only);
  expect(joined([only, new Uint8Array([3])], 3)).toEqual(new Uint8Array([1, 2, 3]));
});

test('a coding is refused, for its bytes are not those that are stored', () => {
  for (const coding of ['gzip', 'br', 'identity, gzip'])
    expect(() => refuseCoding(answer([], { 'content-encoding': coding }))).toThrow(
      `it answers in the coding ${coding}`,
    );
  for (const coding of ['', 'identity', ' Identity ']) refuseCoding(answer([], { 'content-encoding': coding }));
  refuseCoding(answer([]));
});
