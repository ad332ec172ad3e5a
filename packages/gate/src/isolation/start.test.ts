import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { InspectionJob } from '../model/route-policy.ts';
import { processArguments, publishedInspectors, startIn, type Isolation } from './start.ts';

/** An inspector that says what it was sent: `ready` with its setup, then each message and the length of its bytes. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { serialize } = require('node:v8');
parentPort.postMessage(serialize({ setup: workerData }));
process.stdout.write('printed');
process.stderr.write('printed');
parentPort.on('message', (message) => parentPort.postMessage(serialize({
  kind: message.kind,
  bytes: message.kind === 'reply' ? [message.reply.given.length] : message.jobs.map(({ payload }) => payload.body.length),
})));`;
const PROCESS = `
let bytes = Buffer.alloc(0);
const say = (message) => {
  const json = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(8);
  head.writeUInt32LE(json.length, 0);
  process.stdout.write(Buffer.concat([head, json]));
};
process.stdin.on('data', (chunk) => {
  bytes = Buffer.concat([bytes, chunk]);
  for (;;) {
    if (bytes.length < 8) return;
    const json = bytes.readUInt32LE(0), body = bytes.readUInt32LE(4);
    if (bytes.length < 8 + json + body) return;
    const message = JSON.parse(bytes.subarray(8, 8 + json));
    bytes = bytes.subarray(8 + json + body);
    if (message.kind === 'reply' && message.request === 2) { process.stdout.write(Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 0x7b])); return; }
    if (message.kind === 'reply' && message.reply.isGone) { process.stdout.write(Buffer.from([255, 255, 255, 255, 0, 0, 0, 0])); return; }
    say(message.policies ? { setup: message } : { kind: message.kind, bytes: [body] });
  }
});`;

const folder = mkdtempSync(join(tmpdir(), 'sentinel-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'worker.cjs'), THREAD);
writeFileSync(join(folder, 'process.cjs'), PROCESS);
const inspectors = {
  worker: join(folder, 'worker.cjs'),
  process: join(folder, 'process.cjs'),
  admin: '',
  readable: [folder],
};

const job = (id: number, length: number) => ({
  id,
  payload: { route: 'a', body: Buffer.alloc(length) } as unknown as InspectionJob,
});

async function spoken(
  isolation: Isolation,
  messages: number,
  send: (link: ReturnType<ReturnType<typeof startIn>>) => void,
): Promise<{ said: unknown[]; gone: unknown[] }> {
  const said: unknown[] = [];
  const gone: unknown[] = [];
  await new Promise<void>((resolve) => {
    const events = {
      message: (message: unknown) => {
        if (said.push(message) >= messages) resolve();
      },
      gone: (loss: unknown) => {
        gone.push(loss);
        resolve();
      },
    };
    const link = startIn({ isolation, memoryMb: 64, inspectors })([], events);
    send(link);
    setTimeout(resolve, 8_000).unref();
    stops.push(() => link.stop());
  });
  return { said, gone };
}
const stops: (() => void)[] = [];
afterAll(() => stops.forEach((stop) => stop()));

test.each(['thread', 'process'] as const)(
  'a %s gets its setup, and all bytes of jobs and replies',
  async (isolation) => {
    const large = 32 * 1024;
    const jobs = [job(1, 3), job(2, large), job(3, large - 1)];
    const { said, gone } = await spoken(isolation, isolation === 'thread' ? 4 : 6, (link) => {
      link.send({ kind: 'jobs', jobs: jobs.slice(0, 1) });
      link.send({ kind: 'jobs', jobs });
      link.send({ kind: 'reply', request: 1, reply: { given: Buffer.alloc(5) } });
    });
    expect(gone).toEqual([]);
    expect(said).toEqual([
      { setup: { policies: [] } },
      { kind: 'jobs', bytes: [3] },
      ...(isolation === 'thread'
        ? [{ kind: 'jobs', bytes: [3, large, large - 1] }]
        : [3, large, large - 1].map((length) => ({ kind: 'jobs', bytes: [length] }))),
      { kind: 'reply', bytes: [5] },
    ]);
    // What was handed over were copies.
    expect(jobs.map(({ payload }) => payload.body.length)).toEqual([3, large, large - 1]);
  },
);

test.each(['thread', 'process'] as const)('a %s gets a body that came in pieces as one', async (isolation) => {
  const inPieces = (id: number, ...lengths: readonly number[]) => ({
    id,
    payload: {
      route: 'a',
      body: Buffer.alloc(0),
      pieces: lengths.map((length) => Buffer.alloc(length, 1)),
    } as unknown as InspectionJob,
  });
  const lengths = [
    [3, 0, 4],
    [20_000, 20_001],
    [3 * 2 ** 20, 2 ** 21 + 1],
  ];
  const { said, gone } = await spoken(isolation, 4, (link) => {
    for (const [i, each] of lengths.entries()) link.send({ kind: 'jobs', jobs: [inPieces(i, ...each)] });
  });
  expect(gone).toEqual([]);
  expect(said.slice(1)).toEqual([7, 40_001, 5 * 2 ** 20 + 1].map((bytes) => ({ kind: 'jobs', bytes: [bytes] })));
});

test.each([
  ['no frames', 1, /^a message that is too long$/],
  ['frames of no JSON', 2, /JSON/],
])('a process that writes %s is none', async (_what, request, detail) => {
  const { said, gone } = await spoken('process', 9, (link) => {
    link.send({ kind: 'reply', request, reply: { given: Buffer.alloc(0), isGone: true } });
  });
  expect(said).toEqual([{ setup: { policies: [] } }]);
  expect(gone).toEqual([{ cause: 'protocol', detail: expect.stringMatching(detail) }]);
});

test('a process that ends, or is not there, is gone', async () => {
  const ended = await spoken('process', 1, (link) => link.stop());
  expect(ended.gone).toEqual([{ cause: 'crash', detail: null }]);
});

test('what a thread prints is heard by nobody', async () => {
  const printed: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0),
  );
  await spoken('thread', 2, (link) => link.send({ kind: 'reply', request: 1, reply: { given: Buffer.alloc(0) } }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (const spy of spies) spy.mockRestore();
  expect(printed.filter((text) => text.includes('printed'))).toEqual([]);
});

test('a process may read its own code', () => {
  const [flag, ...rest] = processArguments(['/a', '/b'], 64);
  expect(flag).toMatch(/^--(?:experimental-)?permission$/);
  expect(rest).toEqual([
    '--allow-fs-read=/a/*',
    '--allow-fs-read=/b/*',
    '--no-warnings',
    '--max-old-space-size=64',
    '--disable-proto=delete',
  ]);
});

test.each([
  ['22.12.0', '--experimental-permission'],
  ['22.13.0', '--permission'],
  ['23.4.0', '--experimental-permission'],
  ['23.5.0', '--permission'],
  ['24.0.0', '--permission'],
])('Node %s calls its permissions %s', (node, flag) => expect(processArguments([], 64, node)[0]).toBe(flag));

test('published files may be read with the packages beside them', () => {
  expect(publishedInspectors('file:///a/node_modules/@x/gate/dist/index.js')).toEqual({
    worker: '/a/node_modules/@x/gate/dist/isolation/worker.js',
    process: '/a/node_modules/@x/gate/dist/isolation/process.js',
    admin: '/a/node_modules/@x/gate/dist/proxy/admin-thread.js',
    readable: ['/a/node_modules'],
  });
  expect(publishedInspectors('file:///a/node_modules/b/node_modules/gate/dist/index.js').readable).toEqual([
    '/a/node_modules/b/node_modules',
  ]);
  expect(publishedInspectors('file:///a/gate/dist/index.js').readable).toEqual(['/a/gate/dist']);
});
