import { Worker } from 'node:worker_threads';
import { notCollected, type Collected } from '@artifact-sentinel/core/internal';
import type { Input } from '@artifact-sentinel/core/node/internal';
import { expect, test } from 'vitest';
import type { WorkerSetup } from './messages.js';
import { ArtifactPool, type ArtifactPoolOptions } from './pool.js';

const SETUP: WorkerSetup = {
  limits: {},
  runDeadline: null,
  digests: false,
  identities: false,
  hashWhere: [],
  sources: [],
  repositories: false,
  roots: [],
};

/** Answers each file with nothing that was found, and says that it weighs 1,000 facts. */
const HEAVY = `
  const { parentPort } = require('node:worker_threads');
  const { serialize } = require('node:v8');
  const post = (message) => parentPort.postMessage(serialize(message));
  const collected = (path) => ({ path, size: 0, facts: [] });
  parentPort.on('message', ({ jobs }) => post({
    kind: 'results',
    results: jobs.map(({ id, payload }) => ({
      id, result: { kind: 'collected', collected: collected(payload.name), weight: 1_000 },
    })),
  }));
  post({ kind: 'ready' });
`;

/** More files than are handed out before their turn. */
const NAMES = Array.from({ length: 1_100 }, (_, i) => `${i}.pkl`);

async function* inputs(): AsyncGenerator<Input> {
  for (const name of NAMES) yield { kind: 'bytes', name, size: 0, bytes: new Uint8Array() };
}

async function turnsOf(options: Partial<ArtifactPoolOptions>): Promise<{ names: string[]; here: string[] }> {
  const here: string[] = [];
  const collectHere = ({ name }: Input): Promise<Collected> => {
    here.push(name);
    return Promise.resolve(notCollected(name, 0, { cause: 'unreadable', reason: 'not opened' }));
  };
  const names: string[] = [];
  const pool = new ArtifactPool({ workers: 1, setup: SETUP, collectHere, ...options });
  for await (const { path, collected } of pool.turns(inputs())) {
    expect((await collected()).path).toBe(path);
    names.push(path);
  }
  return { names, here };
}

test('without a worker every file has its turn on this thread, in its order', async () => {
  expect(await turnsOf({ workers: 0 })).toEqual({ names: NAMES, here: NAMES });
});

test('facts that wait for their turn hold the workers up until it has come, and no longer', async () => {
  const start = (): Worker => new Worker(HEAVY, { eval: true });
  expect(await turnsOf({ start })).toEqual({ names: NAMES, here: [] });
});
