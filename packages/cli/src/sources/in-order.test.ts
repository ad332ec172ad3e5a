import { notCollected, type Collected } from '@artifact-sentinel/core/internal';
import type { Input } from '@artifact-sentinel/core/node/internal';
import { expect, test } from 'vitest';
import type { InputTurn } from '../artifact/input-turn.js';
import { inOrder } from './in-order.js';

const SMALL = 256 * 1024;
const found = ({ name }: Input): Collected => notCollected(name, 0, { cause: 'unreadable', reason: 'not opened' });

/** Files of these sizes, and how many of them were asked for. */
class Files {
  asked = 0;
  readonly #sizes: readonly number[];

  constructor(sizes: readonly number[]) {
    this.#sizes = sizes;
  }

  async *inputs(): AsyncGenerator<Input> {
    for (const [i, size] of this.#sizes.entries()) {
      this.asked += 1;
      yield { kind: 'bytes', name: String(i), size, bytes: new Uint8Array() };
    }
  }
}

const times = (count: number, size: number): number[] => Array.from({ length: count }, () => size);
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('turns come in the order of the files, whichever is collected first', async () => {
  const files = new Files(times(200, 1));
  const names: string[] = [];
  const collect = async (input: Input): Promise<Collected> => {
    if (Number(input.name) % 3 === 0) await quiet();
    return found(input);
  };
  for await (const { path, collected } of inOrder(files.inputs(), collect)) {
    expect((await collected()).path).toBe(path);
    names.push(path);
  }
  expect(names).toEqual(times(200, 0).map((_, i) => String(i)));
});

test.each([
  ['small', 1, 24],
  ['just small', SMALL, 24],
  ['large', SMALL + 1, 4],
  ['of an unknown size', 0, 4],
])('files that are %s: %i bytes, %i at a time', async (_what, size, atOnce) => {
  let running = 0;
  let most = 0;
  const collect = async (input: Input): Promise<Collected> => {
    running += 1;
    most = Math.max(most, running);
    await quiet();
    running -= 1;
    return found(input);
  };
  for await (const { collected } of inOrder(new Files(times(60, size)).inputs(), collect)) await collected();
  expect(most).toBe(atOnce);
});

test('no more than 64 files are asked for before their turn', async () => {
  const files = new Files(times(200, 1));
  const turns = inOrder(files.inputs(), (input) => Promise.resolve(found(input)));
  await turns.next();
  expect(files.asked).toBe(64);
  await turns.next();
  expect(files.asked).toBe(65);
  await turns.return(undefined);
});

test('a file that cannot be collected fails at its own turn', async () => {
  const collect = (input: Input): Promise<Collected> =>
    input.name === '1' ? Promise.reject(new Error('gone')) : Promise.resolve(found(input));
  const turns: InputTurn[] = [];
  for await (const turn of inOrder(new Files([1, 1]).inputs(), collect)) turns.push(turn);
  expect((await turns[0]?.collected())?.path).toBe('0');
  await expect(turns[1]?.collected()).rejects.toThrow('gone');
});
