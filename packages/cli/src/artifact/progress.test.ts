import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ProgressLine, type ProgressState } from './progress.js';

/** Standard error as a terminal of 40 columns would be, and what it shows. Files share their modules: no module is replaced. */
let shown: string[] = [];
let seconds = 0;
const { fstatSync } = fs;
const { stderr } = process;
const own = {
  isTTY: Object.getOwnPropertyDescriptor(stderr, 'isTTY'),
  columns: Object.getOwnPropertyDescriptor(stderr, 'columns'),
};
beforeAll(() => {
  fs.fstatSync = ((descriptor: number) =>
    descriptor === 2 ? { isCharacterDevice: () => true } : fstatSync(descriptor)) as typeof fs.fstatSync;
  syncBuiltinESMExports();
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    shown.push(String(text));
    return true;
  });
  vi.spyOn(process, 'hrtime').mockImplementation(() => [Math.floor(seconds), (seconds % 1) * 1e9]);
});
afterAll(() => {
  fs.fstatSync = fstatSync;
  syncBuiltinESMExports();
  vi.restoreAllMocks();
  for (const [name, descriptor] of Object.entries(own)) {
    if (descriptor === undefined) Reflect.deleteProperty(stderr, name);
    else Object.defineProperty(stderr, name, descriptor);
  }
});
const { TERM } = process.env;
beforeEach(() => {
  shown = [];
  terminal(true, 40);
  process.env['TERM'] = 'xterm';
});
afterEach(() => {
  if (TERM === undefined) delete process.env['TERM'];
  else process.env['TERM'] = TERM;
});

function terminal(isTTY: boolean, columns: number): void {
  Object.defineProperty(stderr, 'isTTY', { value: isTTY, configurable: true });
  Object.defineProperty(stderr, 'columns', { value: columns, configurable: true });
}

const CLEAR = '\r\u001b[2K';
const state = (current: string): ProgressState => ({ artifacts: 2, bytesRead: 1024, current });
/** 13 columns are left behind it, one of them empty. */
const HEAD = '2 artifacts, 1.0 KiB read  ';

test.each([
  ['fits', 'models/a.pkl', 'models/a.pkl'],
  ['is one column too long', 'models/ab.pkl', '…dels/ab.pkl'],
  ['has a line break in its name', 'a\nb.pkl', 'a\\nb.pkl'],
])('a path that %s', (_what, path, tail) => {
  seconds = 0;
  const line = new ProgressLine(true);
  seconds = 1;
  line.update(state(path));
  expect(shown).toEqual([`${CLEAR}${HEAD}${tail}`]);
  line.end();
  expect(shown.slice(1)).toEqual([CLEAR]);
  line.end();
  expect(shown).toHaveLength(2);
});

test.each([
  [HEAD.length + 1, ''],
  [HEAD.length + 2, ''],
  [HEAD.length + 3, '…l'],
])('of %i columns', (columns, tail) => {
  terminal(true, columns);
  seconds = 0;
  const line = new ProgressLine(true);
  seconds = 1;
  line.update(state('models/a.pkl'));
  expect(shown).toEqual([`${CLEAR}${HEAD}${tail}`]);
});

test('a terminal that does not say how wide it is has 80 columns', () => {
  terminal(true, 0);
  seconds = 0;
  const line = new ProgressLine(true);
  seconds = 1;
  line.update(state('x'.repeat(100)));
  expect(shown[0]).toHaveLength(CLEAR.length + 79);
});

test('short runs show nothing, and nothing has to be taken away', () => {
  seconds = 0;
  const line = new ProgressLine(true);
  line.update(state('a.pkl'));
  line.end();
  expect(shown).toEqual([]);
});

test.each([
  ['nobody wants it', false, true, 'xterm'],
  ['no terminal is there', true, false, 'xterm'],
  ['the terminal moves no cursor', true, true, 'dumb'],
])('nothing is shown where %s', (_what, wanted, isTTY, kind) => {
  process.env['TERM'] = kind;
  terminal(isTTY, 40);
  seconds = 0;
  const line = new ProgressLine(wanted);
  seconds = 1;
  line.follow(() => 'something');
  line.update(state('a.pkl'));
  line.end();
  expect(shown).toEqual([]);
});

test('a remote source says for itself how far it is', () => {
  seconds = 0;
  const line = new ProgressLine(true);
  line.follow(() => '3 requests');
  seconds = 1;
  line.update(state(''));
  line.end();
  expect(shown).toEqual([`${CLEAR}2 artifacts, 3 requests  `, CLEAR]);
});

test('the line is drawn ten times a second', () => {
  seconds = 0;
  const line = new ProgressLine(true);
  for (const [at, path] of [
    [1, 'a'],
    [1.0625, 'b'],
    [1.125, 'c'],
    [1.1875, 'd'],
    [1.25, 'e'],
  ] as const) {
    seconds = at;
    line.update(state(path));
  }
  expect(shown).toEqual(['a', 'c', 'e'].map((path) => `${CLEAR}${HEAD}${path}`));
});

describe('while nothing is finished', () => {
  const pass = (ms: number): void => {
    seconds += ms / 1_000;
    vi.advanceTimersByTime(ms);
  };
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    seconds = 0;
  });
  afterEach(() => void vi.useRealTimers());

  test('it goes on with what a remote source says, until the end', () => {
    const line = new ProgressLine(true);
    let requests = 0;
    line.follow(() => `${(requests += 1)} requests`);
    pass(375);
    expect(shown).toEqual([]);
    pass(125);
    expect(shown).toEqual([`${CLEAR}0 artifacts, 1 requests  `]);
    line.update(state('a.pkl'));
    pass(125);
    expect(shown[1]).toBe(`${CLEAR}2 artifacts, 2 requests  a.pkl`);
    line.end();
    pass(1_000);
    expect(shown.slice(2)).toEqual([CLEAR]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('several sources share one clock, and the last one speaks', () => {
    const line = new ProgressLine(true);
    for (const name of ['one', 'other']) line.follow(() => name);
    expect(vi.getTimerCount()).toBe(1);
    pass(500);
    expect(shown).toEqual([`${CLEAR}0 artifacts, other  `]);
    line.end();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('nobody waits for it where no line is shown', () => {
    terminal(false, 40);
    const line = new ProgressLine(true);
    line.follow(() => 'something');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('what was taken away comes back with the next state', () => {
    const line = new ProgressLine(true);
    seconds = 1;
    line.update(state('a'));
    line.clear();
    line.clear();
    seconds = 2;
    line.update(state('b'));
    line.clear();
    expect(shown).toEqual([`${CLEAR}${HEAD}a`, CLEAR, `${CLEAR}${HEAD}b`, CLEAR]);
  });
});
