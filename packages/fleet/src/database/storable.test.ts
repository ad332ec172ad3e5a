import { expect, test } from 'vitest';
import { isStorable, storableJson, storableText } from './storable.js';

test.each([
  ['a\0b', 'a\ufffdb'],
  ['a\ud800', 'a\ufffd'],
  ['\udc00\ud800', '\ufffd\ufffd'],
])('%j is held as %j', (text, held) => {
  expect(storableText(text)).toBe(held);
  expect(isStorable(text)).toBe(false);
  expect(JSON.parse(storableJson({ a: [text] }))).toEqual({ a: [held] });
});

test.each(['', 'a\\u0000b', '\\ud800', '\u{1f600}', '\u202e', '\ufffd'])('%j is held as it is', (text) => {
  expect(isStorable(text)).toBe(true);
  expect(JSON.parse(storableJson([text, 1, null]))).toEqual([text, 1, null]);
});
