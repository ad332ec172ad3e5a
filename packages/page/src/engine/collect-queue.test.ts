import type { Collected } from '@artifact-sentinel/core/internal';
import { expect, test } from 'vitest';
import { CollectQueue } from './collect-queue.js';
import { DroppedTree } from './dropped-tree.js';
import type { GivenFile } from './protocol.js';

const SETTINGS = { hashWhere: 'none', sources: true, repositories: false, digests: false } as never;

/** A worker that is driven by hand. */
function worker() {
  const asked: number[] = [];
  let listener: (event: { data: unknown }) => void = () => undefined;
  const port = {
    addEventListener: (_kind: string, on: typeof listener) => (listener = on),
    start: () => undefined,
    postMessage: (message: { kind: string; index: number }) => {
      if (message.kind === 'collect') asked.push(message.index);
    },
  } as unknown as MessagePort;
  const answer = (index: number, bytesRead = 1): void =>
    listener({ data: { index, collected: { name: `by a worker ${index}`, bytesRead } as unknown as Collected } });
  return { port, asked, answer };
}

function queueOf(count: number) {
  const files: GivenFile[] = Array.from({ length: count }, (_, i) => ({
    path: `f${i}`,
    file: new Blob(['N.']) as unknown as File,
  }));
  const read: number[] = [];
  const queue = new CollectQueue({ files, roots: [], options: SETTINGS }, new DroppedTree(files), (bytes) =>
    read.push(bytes),
  );
  return { queue, turns: [...queue.turns()], read };
}
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

test('without a worker each file is collected here', async () => {
  const { turns, read } = queueOf(2);
  expect(turns.map(({ path }) => path)).toEqual(['f0', 'f1']);
  for (const turn of turns) expect(await turn.collected()).toMatchObject({ bytesRead: expect.any(Number) });
  expect(read.reduce((sum, bytes) => sum + bytes, 0)).toBeGreaterThanOrEqual(4);
});

test('a worker has four files before it, and each file is given once', async () => {
  const { queue, turns, read } = queueOf(10);
  const [one, other] = [worker(), worker()];
  queue.add(one.port);
  queue.add(other.port);
  expect([one.asked, other.asked]).toEqual([upTo(0, 4), upTo(4, 8)]);
  one.answer(0, 7);
  expect(one.asked).toEqual([...upTo(0, 4), 8]);
  expect(await turns[0]?.collected()).toMatchObject({ name: 'by a worker 0' });
  other.answer(4);
  expect(other.asked).toEqual([...upTo(4, 8), 9]);
  other.answer(5);
  expect(other.asked).toHaveLength(5);
  expect(read).toEqual([7, 1, 1]);
});

test('a file that no worker has when its turn comes is taken here, and not given any more', async () => {
  const { queue, turns } = queueOf(6);
  await turns[0]?.collected();
  const late = worker();
  queue.add(late.port);
  expect(late.asked).toEqual(upTo(1, 5));
});

test('files far behind the turn are not collected yet', async () => {
  const { queue, turns } = queueOf(300);
  const one = worker();
  queue.add(one.port);
  for (let i = 0; i < 260; i += 1) if (one.asked.includes(i)) one.answer(i);
  expect(one.asked).toEqual(upTo(0, 256));
  await turns[0]?.collected();
  expect(one.asked).toHaveLength(256);
  await turns[1]?.collected();
  expect(one.asked).toEqual(upTo(0, 257));
});

test('what a worker had in hand when it ended is incomplete, and it is given nothing more', async () => {
  const { queue, turns } = queueOf(6);
  const [one, other] = [worker(), worker()];
  queue.add(one.port);
  queue.lose(1, 'no such worker');
  queue.lose(0, 'out of memory');
  expect(JSON.stringify(await turns[0]?.collected())).toContain('it ended the thread that analysed it: out of memory');
  expect(one.asked).toEqual(upTo(0, 4));
  queue.add(other.port);
  expect(other.asked).toEqual([4, 5]);
  other.answer(4);
  expect(await turns[4]?.collected()).toMatchObject({ name: 'by a worker 4' });
});
