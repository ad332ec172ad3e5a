import { gzipSync } from 'node:zlib';
import * as portable from '@artifact-sentinel/core';
import { memorySource, type Platform, type Report } from '@artifact-sentinel/core';
import { portablePlatform, streamsOf } from '@artifact-sentinel/core/internal';
import { afterEach, expect, test, vi } from 'vitest';
import { collect } from './collect.js';
import { nodePlatform } from './platform.js';
import { scan } from './scan.js';
import { trace } from './trace.js';

afterEach(() => vi.restoreAllMocks());

/** A gzip file of more bytes than the portable engine is used for, with a stream of many opcodes, which is hashed. */
function packed(): Uint8Array {
  let state = 1;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
  // SHORT_BINBYTES of 100 bytes, POP.
  const value = (): number[] => [0x43, 100, ...Array.from({ length: 100 }, random), 0x30];
  return new Uint8Array(gzipSync(Uint8Array.from([0x80, 3, ...Array.from({ length: 500 }, value).flat(), 0x4e, 0x2e])));
}

const input = () => {
  const bytes = packed();
  return { path: 'model.pkl.gz', source: memorySource(bytes), size: bytes.length };
};

/** The modules of Node that a run asks for. */
async function modulesOf(run: () => Promise<unknown>): Promise<string[]> {
  const asked = vi.spyOn(process, 'getBuiltinModule');
  await run();
  return asked.mock.calls.map(([name]) => name);
}

async function traced(lines: AsyncGenerator<string>): Promise<void> {
  for await (const _ of lines);
}

test.each([
  ['scan', () => scan([input()])],
  ['collect', () => collect(input())],
  ['trace', () => traced(trace('model.pkl.gz', input().source, {}))],
])('%s of @artifact-sentinel/core/node takes the engines of Node without being asked', async (_name, run) => {
  expect(await modulesOf(run)).toContain('node:zlib');
});

test('the core by itself asks Node for nothing', async () => {
  expect(await modulesOf(() => portable.scan([input()]))).toEqual([]);
});

test('a platform that is passed in counts for that scan only, and changes nothing of the report', async () => {
  const used: string[] = [];
  const counting: Platform = {
    inflate: (engine) => {
      used.push('inflate');
      return engine;
    },
    sha256: (bytes) => {
      used.push('sha256');
      return portablePlatform.sha256(bytes);
    },
    sha256Stream: portablePlatform.sha256Stream,
    now: () => 0,
  };
  const allStreams = (report: Report) => report.artifacts.flatMap((artifact) => streamsOf(artifact));
  const counted = await scan([input()], { platform: counting });
  expect(new Set(used)).toEqual(new Set(['inflate', 'sha256']));
  expect(counted.summary.durationMs).toBe(0);
  const before = used.length;
  const native = await scan([input()], { platform: nodePlatform });
  const plain = await portable.scan([input()]);
  expect(used.length).toBe(before);
  expect(allStreams(counted)).toEqual(allStreams(native));
  expect(allStreams(counted)).toEqual(allStreams(plain));
  expect(allStreams(plain)[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
});
