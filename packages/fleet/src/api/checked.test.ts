import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { checked } from './checked.js';

const PARTS = ['one', 'two', 'three'].map((text) => Buffer.from(text));
const SHA256 = createHash('sha256').update(Buffer.concat(PARTS)).digest('hex');

async function given(parts: readonly Buffer[]): Promise<string> {
  let text = '';
  try {
    for await (const chunk of checked(Readable.from(parts), SHA256)) text += String(chunk);
  } catch (error) {
    return `${text}, then ${error instanceof Error ? error.message.slice(0, 25) : ''}`;
  }
  return text;
}

test('bytes of the hash go out whole', async () => {
  expect(await given(PARTS)).toBe('onetwothree');
});

test.each([
  [['one', 'two', 'three!'], 'onetwo, then the store has other bytes'],
  [['one', 'twO', 'three'], 'onetwO, then the store has other bytes'],
  [['one'], ', then the store has other bytes'],
  [[], ', then the store has other bytes'],
])('of %j the last part stays', async (parts, shown) => {
  expect(await given(parts.map((text) => Buffer.from(text)))).toBe(shown);
});
