import { describe, expect, test } from 'vitest';
import { bytesOf, fixture, int, statements, text, traced } from '../../test/trace-kit.js';

/** The catalogue's reasons have tests of their own. */
const withoutReasons = (line: string): string => line.replace(/# (dangerous|unexpected): (?:(?! {2}#).)*/, '# $1');

async function program(path: string): Promise<string> {
  const { lines } = await traced(fixture(path), path.slice(path.lastIndexOf('/') + 1));
  return lines.map(withoutReasons).join('\n');
}

describe('the program of a stream', () => {
  test.each([
    'honest/torch/conjugate.pt',
    'honest/old/python-2.7/cpickle-proto2.pkl',
    'hostile/naming/computed-name.pkl',
    'hostile/naming/dotted-numpy-f2py-os-system.pkl',
    'hostile/naming/odd-right-to-left.pkl',
    'hostile/containers/joblib-payload-in-object-array.joblib',
    'hostile/containers/torch-second-stream.pt',
    'broken/pickle/second-stream.pkl',
  ])('%s', async (path) => {
    expect(await program(path)).toMatchSnapshot();
  });

  test.each<[string, (string | Uint8Array)[], string[]]>([
    ['REDUCE', ['cm\nf\n(K\x01tR.'], ['from m import f', '_1 = f(1)', 'return _1']],
    ['INST', ['(I1\nim\nC\n.'], ['from m import C', '_1 = C(1)', 'return _1']],
    ['OBJ', ['(cm\nC\nK\x01o.'], ['from m import C', '_1 = C(1)', 'return _1']],
    ['NEWOBJ', ['\x80\x02cm\nC\nK\x01\x85\x81.'], ['from m import C', '_1 = C.__new__(C, 1)', 'return _1']],
    [
      'NEWOBJ_EX',
      ['\x80\x04cm\nC\n)}\x8c\x01aK\x01s\x92.'],
      ['from m import C', "_1 = C.__new__(C, **{'a': 1})", 'return _1'],
    ],
    [
      'arguments that are the result of a call',
      ['\x80\x02cm\nf\ncm\ng\n)RR.'],
      ['from m import f', 'from m import g', '_1 = g()', '_2 = f(*_1)', 'return _2'],
    ],
    ['BUILD', ['\x80\x02cm\nC\n)\x81}b.'], ['from m import C', '_1 = C.__new__(C)', 'setstate(_1, {})', 'return _1']],
    [
      'SETITEMS on an object',
      ['\x80\x02cm\nC\n)R(K\x01K\x02K\x03K\x04u.'],
      ['from m import C', '_1 = C()', 'setitems(_1, {1: 2, 3: 4})', 'return _1'],
    ],
    [
      'APPEND to an object',
      ['\x80\x02cm\nC\n)RK\x01a.'],
      ['from m import C', '_1 = C()', 'extend(_1, [1])', 'return _1'],
    ],
    [
      'ADDITEMS to an object',
      ['\x80\x04cm\nC\n)R(K\x01K\x02\x90.'],
      ['from m import C', '_1 = C()', 'extend(_1, [1, 2])', 'return _1'],
    ],
    ['builtin containers show in what is returned', ['\x80\x02}K\x01]K\x02as.'], ['return {1: [2]}']],
    ['PERSID, and a call of what it gives', ['Pkey\n)R.'], ["_1 = persistent_load('key')", '_2 = _1()', 'return _2']],
    ['an extension code', ['\x80\x02\x82\x05)R.'], ['import_extension(5)', '_1 = import_extension(5)()', 'return _1']],
    ['a global is imported once', ['cm\nf\n0cm\nf\n.'], ['from m import f', 'return f']],
  ])('%s', async (_, parts, expected) => {
    expect(await statements(...parts)).toEqual(expected);
  });

  test('equal names of several modules, and names of its own words, are distinguished', async () => {
    expect(await statements('(ca\nf\ncb\nf\nca\nf_2\nca\n_1\nca\nsetstate\nl.')).toEqual([
      'from a import f',
      'from b import f as f_2',
      'from a import f_2 as f_2_2',
      'from a import _1 as _1_2',
      'from a import setstate as setstate_2',
      'return [f, f_2, f_2_2, _1_2, setstate_2]',
    ]);
  });

  test('warnings: the catalogue, the Python 2 name, a patched global', async () => {
    const { lines } = await traced(bytesOf('\x80\x02c__builtin__\neval\n(X\x01\0\0\0xtR0cm\nC\n}b.'));
    expect(lines[1]).toMatch(/# dangerous: \w/);
    expect(lines.slice(1).map(withoutReasons)).toEqual([
      '       2  from __builtin__ import eval  # dangerous  # in Python 3: builtins.eval',
      "      28  _1 = eval('x')  # dangerous",
      "      29  # unused-call-result: the result of __builtin__.eval('x') is not used",
      '      30  from m import C  # unexpected',
      '      36  setstate(C, {})  # unexpected  # changes the global itself for all later uses',
      '      37  return C',
    ]);
  });
});

describe('streams that go on otherwise or end early', () => {
  test('what an unbuffered reader runs instead is shown from there on', async () => {
    const { lines } = await traced(fixture('hostile/readers/01-frame-crossed-by-name.pkl'));
    expect(lines.slice(-4).map(withoutReasons)).toEqual([
      '      27  return None',
      '          read from a file without peek() the stream goes on otherwise:',
      '      11  from posix import tem  # dangerous',
      '      27  return None',
    ]);
  });

  test('the error, once, and exit information', async () => {
    const { lines, result } = await traced(bytesOf('cos\nsystem\n(X\x02\0\0\0idtRR.'));
    expect(lines.slice(1).map((line) => withoutReasons(line).trim())).toEqual([
      '0  from os import system  # dangerous',
      "20  _1 = system('id')  # dangerous",
      expect.stringMatching(/^\d+ {2}# stack-underflow: REDUCE/),
      expect.stringMatching(/^\d+ {2}stops here: REDUCE with too few values on the stack/),
    ]);
    expect(result).toEqual({ complete: false, streams: 1 });
  });

  test('a limit inside a stream: what happened before it is shown', async () => {
    const { lines, result } = await traced(
      bytesOf('cos\nsystem\n(X\x02\0\0\0idtR0c', 'm'.repeat(4 * 2 ** 20), '\nf\n.'),
    );
    expect(lines.map(withoutReasons)).toEqual([
      'x.pkl @0 (pickle, protocol 0, 23 bytes)',
      '       0  from os import system  # dangerous',
      "      20  _1 = system('id')  # dangerous",
      "      21  # unused-call-result: the result of os.system('id') is not used",
      expect.stringMatching(/^ +\d+ {2}stops here: the argument of GLOBAL is longer than 1048576 bytes/),
    ]);
    expect(result).toEqual({ complete: false, streams: 1 });
  });

  test('a file without pickles', async () => {
    const { lines, result } = await traced(fixture('honest/numpy/empty.npy'), 'empty.npy');
    expect([lines, result]).toEqual([
      ['empty.npy: no pickle in it, so that loading it runs none (npy)'],
      { complete: true, streams: 0 },
    ]);
  });
});

describe('values outside the window', () => {
  const far = Array.from({ length: 32 }, (_, i) => text(String.fromCharCode(97 + (i % 26)).repeat(100_000)));

  test('a call: fetched, and shown once', async () => {
    const shown = await statements('\x80\x02cm\nf\n(', ...far, 'tR.');
    expect(shown).toHaveLength(3);
    expect(shown[1]).toMatch(/^_1 = f\('a{200}'…\(\+99800\), 'b+…\(\+\d+ characters\)$/);
  });

  test('STOP, SETITEMS and APPENDS run again unharmed', async () => {
    expect(await statements('\x80\x02(', ...far, 't.')).toEqual([expect.stringMatching(/^return \('a{200}'/)]);
    const shown = await statements('\x80\x02cm\nC\n)R(', ...far, 'u(', ...far, 'e.');
    expect(shown.map((line) => line.slice(0, 15))).toEqual([
      'from m import C',
      '_1 = C()',
      "setitems(_1, {'",
      "extend(_1, ['aa",
      'return _1',
    ]);
  });
});

describe('much of everything', () => {
  test('equal lines are folded, with the count and the last offset', async () => {
    const { lines } = await traced(bytesOf('\x80\x02', 'cm\nf\n)R0'.repeat(50), 'N.'));
    expect(lines.filter((line) => !line.includes('# ')).slice(1)).toEqual([
      '          … the same 49 more times, the last @400 (up to _50)',
      '     403  return None',
    ]);
  });

  test('too many lines are counted, and padding hides nothing', async () => {
    const padding = Array.from({ length: 3000 }, (_, i) => bytesOf('ccollections\nOrderedDict\n(', int(i), 'tR0'));
    const { lines } = await traced(bytesOf('\x80\x02', ...padding, 'cos\nsystem\n(X\x02\0\0\0idtR.'));
    expect(lines.length).toBeLessThan(2010);
    expect(
      lines.slice(-4).map((line) =>
        withoutReasons(line)
          .replace(/^ +\d+ +/, '')
          .trim(),
      ),
    ).toEqual([
      '… 1001 more effects; from here on only lines with a warning are shown, at most 500',
      'from os import system  # dangerous',
      "_3001 = system('id')  # dangerous",
      'return _3001',
    ]);
  });

  test('nested plain values are shown, and what is left out is no unknown value', async () => {
    const lists = (depth: number): string => `${']'.repeat(depth)}K\x07${'a'.repeat(depth)}`;
    expect(await statements(`\x80\x02${lists(6)}.`)).toEqual(['return [[[[[[7]]]]]]']);
    const [deep] = await statements(`\x80\x02${lists(14)}.`);
    expect(deep).toBe(`return ${'['.repeat(10)}…${']'.repeat(10)}`);
    const [, , items] = await statements(`\x80\x02cm\nf\n)RK\x01${lists(6)}s.`);
    expect(items).toBe('setitems(_1, {1: [[[[[[7]]]]]]})');
    const [, , state] = await statements(`\x80\x02cm\nf\n)R${lists(6)}b.`);
    expect(state).toBe('setstate(_1, [[[[[[7]]]]]])');
  });

  test('long names, texts and argument lists are cut, and say so', async () => {
    const [global] = await statements('\x80\x04', text('m'.repeat(300)), text('n'), '\x93.');
    expect(global).toBe(`import_global('${'m'.repeat(200)}'…(+100 characters), 'n')`);
    const [, call] = await statements('\x80\x02cm\nf\n(', text('x'.repeat(500)), 'tR.');
    expect(call).toBe(`_1 = f('${'x'.repeat(200)}'…(+300))`);
    const [, long] = await statements(
      '\x80\x02cm\nf\n(',
      ...Array.from({ length: 30 }, () => text('y'.repeat(50))),
      'tR.',
    );
    expect(long).toMatch(/^_1 = f\('y.*…\(\+1\d{3} characters\)$/);
    const [items] = await statements('\x80\x02(', 'K\x01'.repeat(40), 't.');
    expect(items).toMatch(/1, …\(\+24\)\)$/);
  });
});

test('the items of a trace are plain data with the path and offset of each line', async () => {
  const { traceItems } = await import('../trace.js');
  const { memorySource } = await import('../bytes/source.js');
  const items = [];
  for await (const item of traceItems('a.pkl', memorySource(bytesOf("cos\nsystem\n(S'id'\ntR.")))) items.push(item);
  expect(structuredClone(items)).toEqual(items);
  expect(
    items.map((item) => (item.kind === 'line' ? [item.path, item.offset, item.text, item.mark?.tone] : item.kind)),
  ).toEqual([
    'stream',
    ['a.pkl', 0, 'from os import system', 'dangerous'],
    ['a.pkl', 19, "_1 = system('id')", 'dangerous'],
    ['a.pkl', 20, 'return _1', undefined],
  ]);
});
