import { describe, expect, test } from 'vitest';
import { op, pickle, type Op } from '../../test/kit.js';
import { STILL } from '../../test/still-platform.js';
import { memorySource } from '../bytes/source.js';
import { suggestAllow, type FileSuggestions } from './suggest.js';
import type { FindSource } from './source-tree.js';

async function suggested(ops: readonly Op[], find: FindSource | null = null): Promise<FileSuggestions> {
  const bytes = pickle(...ops);
  const input = { path: 'a.pkl', source: memorySource(bytes), size: bytes.length };
  return suggestAllow(input, find, { platform: STILL });
}

/** `entry status role count called @offset` of each suggestion. */
async function lines(...ops: readonly Op[]): Promise<string[]> {
  const { suggestions } = await suggested(ops);
  return suggestions.map(
    ({ entry, status, role, count, called, at }) =>
      `${entry} ${status} ${role} ${count}${called ? ' called' : ''} @${at.offset}`,
  );
}

const made = [op.emptyTuple, op.newObj];
const called = [op.emptyTuple, op.reduce];
const of = (name: string): Op => op.global('mylib.model', name);

test.each<[string, Op[], string[]]>([
  ['nothing to allow', [op.proto(2), op.global('collections', 'OrderedDict'), ...called, op.stop], []],
  ['an instance', [op.proto(2), of('Net'), ...made, op.stop], ['mylib.model.Net review bare 1 called @2']],
  ['a call', [op.proto(2), of('Net'), ...called, op.stop], ['mylib.model.Net review maker 1 called @2']],
  ['an import', [op.proto(2), of('Net'), op.stop], ['mylib.model.Net review bare 1 @2']],
  [
    'danger',
    [op.global('os', 'system'), op.unicode('x'), op.tuple1, op.reduce, op.stop],
    ['os.system refused maker 1 called @0'],
  ],
  [
    'two of one name in streams of their own: the counts add up, and a call in one of them is enough',
    [of('Net'), op.stop, of('Net'), ...called, op.stop],
    ['mylib.model.Net review maker 2 called @0'],
  ],
  [
    'a call in the first of them',
    [of('Net'), ...called, op.stop, of('Net'), op.stop],
    ['mylib.model.Net review maker 2 called @0'],
  ],
  [
    'a name of Python 2 under that of Python 3',
    [op.global('__builtin__', 'eval'), op.stop],
    ['builtins.eval refused bare 1 @0'],
  ],
])('%s', async (_name, ops, expected) => {
  expect(await lines(...ops)).toEqual(expected);
});

test('a name that is computed is refused, with how', async () => {
  const { suggestions } = await suggested([
    op.proto(4),
    op.binUnicode('mylib'),
    of('make'),
    ...called,
    op.stackGlobal,
    op.stop,
  ]);
  expect(suggestions.map(({ entry }) => entry)).toEqual(['mylib.model.make', expect.stringMatching(/^mylib\./)]);
  expect(suggestions.slice(1)).toMatchObject([
    { status: 'refused', role: 'bare', count: 1, called: false, check: null },
  ]);
  expect(suggestions[1]?.reason).toMatch(/^The name is computed while loading: .+\.$/);
});

describe('with a source tree', () => {
  const source =
    (text: string): FindSource =>
    (module) =>
      module === 'mylib.model'
        ? { kind: 'source', path: 'mylib/model.py', bytes: new TextEncoder().encode(text), isPackage: false }
        : null;
  test.each([
    ['class Net: pass', 'safe-looking'],
    ['class Net:\n  def __new__(cls, p): eval(p)', 'review'],
  ])('%s', async (text, status) => {
    const { suggestions } = await suggested([op.proto(2), of('Net'), ...made, op.stop], source(text));
    expect(suggestions.map((one) => one.status)).toEqual([status]);
  });
});

test('what could not be read is named with its offset', async () => {
  const { path, format, incomplete, weightsOnly } = await suggested([op.proto(2), of('Net'), op.binUnicode('x', 99)]);
  expect({ path, format, weightsOnly }).toEqual({ path: 'a.pkl', format: 'pickle', weightsOnly: null });
  expect(incomplete).toEqual([expect.stringMatching(/^a\.pkl @\d+: /)]);
});
