import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { isTerminal, outColumns, StreamError, wantsColor, writeError, writeOut } from './streams.js';

/** Standard output as a terminal would be. Files share their modules: no module is replaced. */
let isDevice = true;
let takes: (descriptor: number, bytes: Uint8Array, at: number) => number = (_descriptor, bytes, at) =>
  bytes.length - at;
const { fstatSync, writeSync } = fs;
const { stdout } = process;
const own = {
  isTTY: Object.getOwnPropertyDescriptor(stdout, 'isTTY'),
  columns: Object.getOwnPropertyDescriptor(stdout, 'columns'),
};
beforeAll(() => {
  fs.fstatSync = ((descriptor: number) =>
    descriptor === 1 ? { isCharacterDevice: () => isDevice } : fstatSync(descriptor)) as typeof fs.fstatSync;
  fs.writeSync = ((descriptor: number, bytes: Uint8Array, at: number) =>
    descriptor > 2 ? writeSync(descriptor, bytes, at) : takes(descriptor, bytes, at)) as typeof fs.writeSync;
  syncBuiltinESMExports();
});
afterAll(() => {
  fs.fstatSync = fstatSync;
  fs.writeSync = writeSync;
  syncBuiltinESMExports();
  for (const [name, descriptor] of Object.entries(own)) {
    if (descriptor === undefined) Reflect.deleteProperty(stdout, name);
    else Object.defineProperty(stdout, name, descriptor);
  }
});
beforeEach(() => {
  isDevice = true;
  terminal(true, 120);
  for (const name of ['FORCE_COLOR', 'NO_COLOR', 'COLUMNS']) vi.stubEnv(name, undefined);
  vi.stubEnv('TERM', 'xterm');
});
afterEach(() => vi.unstubAllEnvs());

function terminal(isTTY: boolean, columns: number | undefined): void {
  Object.defineProperty(stdout, 'isTTY', { value: isTTY, configurable: true });
  Object.defineProperty(stdout, 'columns', { value: columns, configurable: true });
}

describe('a terminal', () => {
  test('is a device that says so', () => {
    expect(isTerminal(1)).toBe(true);
    terminal(false, 120);
    expect(isTerminal(1)).toBe(false);
    terminal(true, 120);
    isDevice = false;
    expect(isTerminal(1)).toBe(false);
  });

  test.each<[number | undefined, string | undefined, number]>([
    [120, '70', 120],
    [1, undefined, 1],
    [0, '70', 70],
    [undefined, '70', 70],
    [0, '0', 80],
    [0, 'wide', 80],
    [0, '70.5', 80],
    [undefined, undefined, 80],
  ])('of %s columns, COLUMNS=%s, is %i wide', (columns, variable, width) => {
    terminal(true, columns);
    vi.stubEnv('COLUMNS', variable);
    expect(outColumns()).toBe(width);
  });

  test('that is none has no width', () => {
    isDevice = false;
    expect(outColumns()).toBeNull();
  });
});

test.each<[Parameters<typeof wantsColor>[0], Readonly<Record<string, string>>, boolean, boolean]>([
  [undefined, {}, true, true],
  [undefined, {}, false, false],
  [false, { FORCE_COLOR: '1' }, true, false],
  ['never', { FORCE_COLOR: '1' }, true, false],
  ['always', { NO_COLOR: '1' }, false, true],
  [undefined, { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  [undefined, { FORCE_COLOR: '' }, false, true],
  [undefined, { FORCE_COLOR: '0' }, true, false],
  [undefined, { FORCE_COLOR: 'false' }, true, false],
  [undefined, { NO_COLOR: '1' }, true, false],
  [undefined, { NO_COLOR: '' }, true, true],
  [undefined, { TERM: 'dumb' }, true, false],
])('--color %s with %j on a terminal (%s): %s', (choice, variables, isTTY, wanted) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  terminal(isTTY, 80);
  expect(wantsColor(choice)).toBe(wanted);
});

describe('writing', () => {
  /** What a descriptor took that takes three bytes at a time. */
  async function taken(write: () => Promise<void> | void): Promise<readonly (readonly [number, string])[]> {
    const parts: [number, string][] = [];
    takes = (descriptor, bytes, at) => {
      const part = Buffer.from(bytes).subarray(at, at + 3);
      parts.push([descriptor, part.toString()]);
      return part.length;
    };
    await write();
    return parts;
  }
  const refuse = (code: string) => (): number => {
    throw Object.assign(new Error(`${code}: refused`), { code, errno: -1, syscall: 'write' });
  };

  test('goes on until all of it is written', async () => {
    expect(await taken(() => writeOut('abcdefg'))).toEqual([
      [1, 'abc'],
      [1, 'def'],
      [1, 'g'],
    ]);
    expect(await taken(() => writeOut(''))).toEqual([]);
  });

  test('a line of standard error ends with one line break', async () => {
    expect(await taken(() => writeError('ab'))).toEqual([[2, 'ab\n']]);
    expect(await taken(() => writeError('ab\n'))).toEqual([[2, 'ab\n']]);
  });

  test('a full disk behind standard output is an error, and one behind standard error is not', async () => {
    takes = refuse('ENOSPC');
    await expect(writeOut('a')).rejects.toThrow(StreamError);
    await expect(writeOut('a')).rejects.toThrow(/^cannot write to standard output: \S/);
    expect(() => writeError('a')).not.toThrow();
    takes = () => {
      throw new TypeError('a fault');
    };
    await expect(writeOut('a')).rejects.toThrow('a fault');
  });

  test('a reader of standard error who is gone does not close standard output', async () => {
    takes = refuse('EPIPE');
    writeError('a');
    expect(await taken(() => writeOut('abc'))).toEqual([[1, 'abc']]);
  });
});
