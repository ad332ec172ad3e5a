import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { notCollected, type Collected } from '@artifact-sentinel/core/internal';
import { now, type Input } from '@artifact-sentinel/core/node/internal';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { IdentityRecord } from './identities.js';
import type { InputTurn } from './input-turn.js';
import type { CollectSetup } from './messages.js';
import { namedPaths, readStandardInput, STANDARD_INPUT } from './standard-input.js';
import { turnsOf, turnsOfInputs } from './turns.js';
import { only, watched } from './watched.js';

const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');
const SETUP: CollectSetup = {
  limits: {},
  runDeadline: null,
  digests: false,
  identities: true,
  hashWhere: [],
  sources: [],
  repositories: false,
};
const REMOTE = {
  allowPrivate: false,
  offline: true,
  maxDownload: undefined,
  thorough: false,
  hash: undefined,
  notes: [],
  onPinned: () => {},
  onLine: () => {},
};

function folderOf(...names: readonly string[]): string {
  const folder = join(folderOfTest('sentinel-turns-'), 'm');
  mkdirSync(folder);
  for (const name of names) writeFileSync(join(folder, name), CLEAN);
  return folder;
}

async function all(turns: AsyncIterable<InputTurn>): Promise<{ names: string[]; found: Collected[] }> {
  const names: string[] = [];
  const found: Collected[] = [];
  for await (const { path, input, collected } of turns) {
    expect(input.name).toBe(path);
    names.push(path);
    found.push(await collected());
  }
  return { names, found };
}
const options = (more: Partial<Parameters<typeof turnsOf>[1]> = {}) => ({
  jobs: 1,
  collecting: SETUP,
  followLinks: false,
  remote: REMOTE,
  ...more,
});

const stdin = Object.getOwnPropertyDescriptor(process, 'stdin');
afterEach(() => {
  if (stdin !== undefined) Object.defineProperty(process, 'stdin', stdin);
  vi.useRealTimers();
});
function give(stream: Readable, isTTY = false): void {
  Object.defineProperty(process, 'stdin', { configurable: true, value: Object.assign(stream, { isTTY }) });
}

test('standard input comes first, then the files, then what is at addresses', async () => {
  const folder = folderOf('a.pkl', 'b.pkl');
  give(Readable.from([CLEAN]));
  const named = namedPaths(['https://example.invalid/m.pkl', folder, '-']);
  const { names, found } = await all(turnsOf(named, options()));
  expect(names).toEqual([
    STANDARD_INPUT,
    join(folder, 'a.pkl'),
    join(folder, 'b.pkl'),
    'https://example.invalid/m.pkl',
  ]);
  expect(found.map(({ opened, size }) => [opened, size])).toEqual([
    [true, CLEAN.length],
    [true, CLEAN.length],
    [true, CLEAN.length],
    [false, 0],
  ]);
});

test('addresses alone, and standard input alone', async () => {
  expect((await all(turnsOf(['https://example.invalid/m.pkl'], options()))).names).toHaveLength(1);
  give(Readable.from([CLEAN]));
  expect((await all(turnsOf([STANDARD_INPUT], options()))).names).toEqual([STANDARD_INPUT]);
});

test('a run whose time is over opens no more files', async () => {
  const folder = folderOf('a.pkl', 'b.pkl');
  const over = { ...SETUP, runDeadline: { end: now() - 1, seconds: 7 } };
  const { found } = await all(turnsOf([folder], options({ collecting: over })));
  expect(found.length).toBeGreaterThan(0);
  for (const { notices } of found) expect(notices[0]?.reason).toContain('the total time of 7 s for the run was over');
  const left = { ...SETUP, runDeadline: { end: now() + 600_000, seconds: 7 } };
  const fine = await all(turnsOf([folder], options({ collecting: left })));
  expect(fine.found.map(({ notices }) => notices)).toEqual([[], []]);
});

test('one file needs no thread, whatever was asked for', async () => {
  const folder = folderOf('a.pkl');
  expect((await all(turnsOf([folder], options({ jobs: 4 })))).names).toEqual([join(folder, 'a.pkl')]);
  async function* none(): AsyncGenerator<Input> {}
  expect((await all(turnsOfInputs(none(), [], 4, SETUP))).names).toEqual([]);
});

test('what was analysed is remembered by the path of the report', async () => {
  const folder = folderOf('a.pkl');
  const record = new IdentityRecord();
  await all(record.watch(turnsOf([folder, join(folder, 'gone')], options())));
  expect([...record.analysed].map(([path, { input, identity }]) => [path, input.kind, identity === null])).toEqual([
    [join(folder, 'a.pkl'), 'file', false],
    [join(folder, 'gone'), 'unreadable', true],
  ]);
});

test('turns that are watched are the same, each seen before it is judged', async () => {
  const found = notCollected('a', 0, { cause: 'unreadable', reason: 'not opened' });
  const seen: string[] = [];
  for await (const turn of watched(only(found), ({ path }) => void seen.push(path))) {
    expect([turn.path, seen]).toEqual(['a', []]);
    expect(await turn.collected()).toBe(found);
  }
  expect(seen).toEqual(['a']);
});

describe('threads', () => {
  /** How often the cores were counted, before threads are started, while each file took so long. One core starts none. */
  async function asked(files: number, ms: number, jobs?: number): Promise<number> {
    let passed = 60_000;
    const clock = vi.spyOn(process, 'hrtime').mockImplementation(() => [0, passed * 1e6]);
    const cores = vi.spyOn(os, 'availableParallelism').mockReturnValue(1);
    async function* found(): AsyncGenerator<Input> {
      for (let i = 0; i < files; i += 1)
        yield { kind: 'bytes', name: String(i), size: CLEAN.length, bytes: new Uint8Array(CLEAN) };
    }
    try {
      const names: string[] = [];
      for await (const { path, collected } of turnsOfInputs(found(), [], jobs, SETUP)) {
        await collected();
        names.push(path);
        passed += ms;
      }
      expect(names).toEqual(Array.from({ length: files }, (_, i) => String(i)));
      return cores.mock.calls.length;
    } finally {
      cores.mockRestore();
      clock.mockRestore();
    }
  }

  test.each([
    ['few files that are quick', 3, 100, 0],
    ['few files that are slow', 3, 600, 1],
    ['a slow file before the last one', 2, 600, 0],
    ['files that are slow together', 8, 100, 1],
  ])('%s', async (_what, files, ms, times) => {
    expect(await asked(files, ms)).toBe(times);
  });

  test('the cores do not count where somebody says how many there are to be', async () => {
    expect(await asked(3, 600, 1)).toBe(0);
  });
});

describe('standard input', () => {
  const reason = async (deadline: number | null = null): Promise<string> => {
    const input = await readStandardInput(deadline);
    return input.kind === 'unreadable' ? input.problem : input.kind;
  };

  test('in many parts, and none', async () => {
    give(Readable.from([CLEAN.subarray(0, 3), CLEAN.subarray(3)]));
    expect(await readStandardInput(null)).toEqual({
      kind: 'bytes',
      name: STANDARD_INPUT,
      size: CLEAN.length,
      bytes: Buffer.from(CLEAN),
    });
    give(Readable.from([]));
    expect(await reason()).toBe('standard input is empty');
    give(Readable.from(['x']), true);
    await expect(reason()).rejects.toThrow('standard input is a terminal');
  });

  test('that does not end in time', async () => {
    give(new Readable({ read: () => {} }));
    expect(await reason(5)).toBe('standard input did not end in time (--total-timeout)');
  });

  test('that ends in time leaves no timer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    give(Readable.from([CLEAN]));
    expect(await reason(60_000)).toBe('bytes');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that cannot be read', async () => {
    const refused = (error: Error): void =>
      give(
        new Readable({
          read() {
            this.destroy(error);
          },
        }),
      );
    refused(Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read', errno: -5 }));
    expect(await reason()).toMatch(/^standard input: \S/);
    refused(new TypeError('a fault'));
    await expect(reason()).rejects.toThrow('a fault');
  });
});
