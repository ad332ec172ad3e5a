import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, type Op } from '../../../test/kit.js';
import { analyseStream } from '../../streams/stream.js';

const run = async (...ops: readonly Op[]) =>
  (await analyseStream(inputOf(pickle(op.proto(4), ...ops, op.stop)), 0)).machine;
const text = (value: string): Op => op.binUnicode(value);
const tuple = (...items: readonly Op[]): Op => pickle(op.mark, ...items, op.tuple);

describe('a persistent ID', () => {
  const cls = op.global('torch', 'FloatStorage');
  const storage = [text('storage'), cls, text('0'), text('cpu'), op.binInt1(7)];
  const idOf = async (...ops: readonly Op[]) => (await run(...ops, op.binPersId)).persistent;
  const replaced = (at: number, by: Op): Op => tuple(...storage.map((part, i) => (i === at ? by : part)));

  test('of a storage of torch', async () => {
    const read = { key: '0', type: 'torch.FloatStorage', elements: 7 };
    expect(await idOf(tuple(...storage))).toMatchObject([
      { storage: { ...read, fields: 5 }, shape: 'storage', text: null },
    ]);
    expect(await idOf(tuple(...storage, op.none))).toMatchObject([{ storage: { ...read, fields: 6 } }]);
  });

  test.each([
    [0, text('other')],
    [0, op.none],
    [1, text('FloatStorage')],
    [2, op.binInt1(0)],
    [3, op.none],
    [4, text('7')],
  ])('whose part %i is another is none of a storage', async (at, by) => {
    expect(await idOf(replaced(at, by))).toMatchObject([
      { storage: null, shape: 'tuple', text: expect.stringContaining('(') },
    ]);
  });

  test.each<[string, Op, string]>([
    ['a text', text('x'), 'text'],
    ['a number', op.binInt1(1), 'int'],
    ['a list', pickle(op.emptyList, text('storage'), op.append), 'list'],
    ['a module', tuple(text('module'), op.global('a', 'Net'), text('net.py'), text('source')), 'module'],
    ['a module of three parts', tuple(text('module'), op.global('a', 'Net'), text('net.py')), 'tuple'],
    ['a module without a class', tuple(text('module'), op.none, text('net.py'), text('source')), 'tuple'],
    ['a class under another tag', tuple(text('other'), op.global('a', 'Net'), text('net.py'), text('source')), 'tuple'],
  ])('%s', async (_what, id, shape) => {
    expect(await idOf(id)).toMatchObject([{ storage: null, shape }]);
  });

  test.each([
    // IDs of torch are flat.
    [1, "('a',)"],
    [2, '(…,)'],
  ])('is shown with what lies in it: %i deep', async (depth, shown) => {
    const [one] = await idOf(pickle(text('a'), ...Array.from({ length: depth }, () => op.tuple1)));
    expect(one?.text).toBe(shown);
  });

  test('in a line is a text, at the offset of its opcode', async () => {
    expect((await run(op.persId('key'))).persistent).toMatchObject([{ offset: 2, shape: 'text', text: "'key'" }]);
  });

  test('of a module gives its class: what is called is that class', async () => {
    const parts = [op.global('a', 'Net'), text('net.py'), text('source')];
    const called = async (tag: string) => {
      const machine = await run(tuple(text(tag), ...parts), op.binPersId, op.emptyTuple, op.reduce);
      return machine.records.map(({ name, callCount }) => [name, callCount]);
    };
    expect(await called('module')).toEqual([['Net', 1]]);
    expect(await called('modules')).toEqual([['Net', 0]]);
  });

  test('in a list of two is no module', async () => {
    const id = pickle(op.emptyList, op.mark, text('module'), op.global('a', 'Net'), op.appends);
    const machine = await run(id, op.binPersId, op.emptyTuple, op.reduce);
    expect(machine.records).toMatchObject([{ name: 'Net', callCount: 0 }]);
    expect([...machine.signals.keys()]).toContain('call-of-call-result');
  });

  test('is shown with the first of them', async () => {
    const machine = await run(
      ...Array.from({ length: 70 }, () => op.persId('key')),
      tuple(...storage.slice(1)),
      op.binPersId,
    );
    expect(machine.persistent).toHaveLength(71);
    expect(machine.persistent.filter(({ text: shown }) => shown !== null)).toHaveLength(64);
  });
});

describe('bytes that may be a pickle', () => {
  const inner = pickle(op.proto(2), op.none, op.stop);
  const nestedOf = async (...ops: readonly Op[]) =>
    (await run(...ops)).nested.map(({ offset, length, form, loaded }) => ({ offset, length, form, loaded }));
  const found = (offset: number, form: string, length = 4) => [{ offset, length, form, loaded: false }];
  const loader = op.global('a', 'loads');
  const load = (argument: Op): readonly Op[] => [loader, argument, op.tuple1, op.reduce];

  test('are found where four of them stand', async () => {
    expect(await nestedOf(op.shortBinBytes(inner))).toEqual(found(4, 'bytes'));
    expect(await nestedOf(op.binBytes(inner))).toEqual(found(7, 'bytes'));
    expect(await nestedOf(op.binBytes8(inner))).toEqual(found(11, 'bytes'));
    expect(await nestedOf(op.byteArray8(inner))).toEqual(found(11, 'bytes'));
    expect(await nestedOf(op.binString(inner))).toEqual(found(7, 'bytes'));
    expect(await nestedOf(op.shortBinBytes(inner.subarray(0, 3)))).toEqual([]);
    expect(await nestedOf(op.shortBinBytes('text'))).toEqual([]);
  });

  test('are found in text that stands for them, where it is long', async () => {
    expect(await nestedOf(text('\u0080\u0002N.'))).toEqual(found(7, 'text', 5));
    expect(await nestedOf(op.binUnicode8('\u0080\u0002N.'))).toEqual(found(11, 'text', 5));
    expect(await nestedOf(op.shortBinUnicode('\u0080\u0002N.'))).toEqual([]);
    expect(await nestedOf(text('\u0081\u0002N.'))).toEqual([]);
    expect(await nestedOf(text('\u00c0\u0002N.'))).toEqual([]);
  });

  test.each<[string, Op, object]>([
    ['bytes', op.shortBinBytes('ab'), { offset: 13, length: 2, form: 'bytes' }],
    ['a bytearray', op.byteArray8('ab'), { offset: 20, length: 2, form: 'bytes' }],
    ['text of Python 2', op.shortBinString('ab'), { offset: 13, length: 2, form: 'bytes' }],
    ['text of Python 2 in quotes', op.string("'ab'"), { offset: 12, length: 4, form: 'quoted' }],
    [
      'encoded text',
      pickle(op.global('_codecs', 'encode'), text('ab'), text('latin1'), op.tuple2, op.reduce),
      { offset: 32, length: 2, form: 'text' },
    ],
    [
      'encoded text of one byte of length',
      pickle(op.global('_codecs', 'encode'), op.shortBinUnicode('ab'), text('latin1'), op.tuple2, op.reduce),
      { offset: 29, length: 2, form: 'text' },
    ],
    [
      'encoded text of eight',
      pickle(op.global('_codecs', 'encode'), op.binUnicode8('ab'), text('latin1'), op.tuple2, op.reduce),
      { offset: 36, length: 2, form: 'text' },
    ],
    [
      'encoded text of a line',
      pickle(op.global('_codecs', 'encode'), op.unicode('ab'), text('latin1'), op.tuple2, op.reduce),
      { offset: 28, length: 2, form: 'line' },
    ],
    [
      'what holds bytes',
      pickle(op.global('io', 'BytesIO'), op.shortBinBytes('ab'), op.tuple1, op.reduce),
      { offset: 25, length: 2, form: 'bytes' },
    ],
    [
      'what unpacks bytes',
      pickle(op.global('zlib', 'decompress'), op.shortBinBytes('ab'), op.tuple1, op.reduce),
      { offset: 30, length: 2, form: 'bytes' },
    ],
  ])('are loaded whatever they begin with: %s', async (_what, argument, expected) => {
    expect(await nestedOf(...load(argument))).toEqual([{ ...expected, loaded: true }]);
  });

  test.each<[string, readonly Op[]]>([
    ['text, which is no bytes', load(text('ab'))],
    ['a number', load(op.binInt1(1))],
    ['what another call gave', load(pickle(op.global('a', 'B'), op.shortBinBytes('ab'), op.tuple1, op.reduce))],
    ['text that is wrapped', load(pickle(op.global('io', 'BytesIO'), text('ab'), op.tuple1, op.reduce))],
    [
      'bytes that are encoded',
      load(pickle(op.global('_codecs', 'encode'), op.shortBinBytes('ab'), op.tuple1, op.reduce)),
    ],
    ['nothing', [loader, op.emptyTuple, op.reduce]],
    ['bytes by a name that loads nothing', [op.global('a', 'dumps'), op.shortBinBytes('ab'), op.tuple1, op.reduce]],
    ['bytes in the second argument', [loader, op.none, op.shortBinBytes('ab'), op.tuple2, op.reduce]],
  ])('are not loaded: %s', async (_what, ops) => {
    expect(await nestedOf(...ops)).toEqual([]);
  });

  test.each(['load', '_load_x', 'my_loads', 'torch._load_from_bytes', 'x.load', 'read_pickle'])(
    'are loaded by %s',
    async (name) => {
      const ops = [op.global('a', name), op.shortBinBytes('ab'), op.tuple1, op.reduce];
      expect(await nestedOf(...ops)).toMatchObject([{ loaded: true }]);
    },
  );

  test('that were found are loaded afterwards, by the first who does', async () => {
    const { nested } = await run(
      op.shortBinBytes(inner),
      op.memoize,
      op.pop,
      loader,
      op.binGet(0),
      op.tuple1,
      op.reduce,
      op.pop,
      op.global('b', 'loads'),
      op.binGet(0),
      op.tuple1,
      op.reduce,
    );
    expect(nested).toMatchObject([{ offset: 4, loaded: true, loader: { offset: 22, text: 'gives them to a.loads' } }]);
  });
});
