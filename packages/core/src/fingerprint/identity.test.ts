import { describe, expect, test } from 'vitest';
import { op, pickle, repeat, type Op } from '../../test/kit.js';
import { memorySource } from '../bytes/source.js';
import { scan } from '../scan.js';

interface Told {
  readonly prints: readonly string[];
  readonly covers: ReadonlySet<string>;
}

async function told(bytes: Uint8Array): Promise<Told> {
  const report = await scan([{ path: 'a.pkl', source: memorySource(bytes), size: bytes.length }]);
  const prints = report.findings.map((finding) => `${finding.ruleId} ${finding.fingerprint}`).toSorted();
  return { prints, covers: new Set(report.findings.map((finding) => finding.covers ?? 'nothing')) };
}

const text = (value: string): Op => op.binUnicode(value);
const run = (...args: Op[]): Op => pickle(op.global('os', 'system'), op.mark, ...args, op.tuple, op.reduce);
const stream = (...ops: Op[]): Uint8Array => pickle(op.proto(4), ...ops, op.stop);
const calls = (...args: Op[]): Uint8Array => stream(run(...args));
const nested = (depth: number, inner: Op): Op =>
  depth === 0 ? inner : pickle(op.mark, nested(depth - 1, inner), op.list);

const float = (hex: string): Op =>
  Uint8Array.from([0x47, ...(hex.match(/../g) ?? []).map((byte) => parseInt(byte, 16))]);
/** Opcodes as they are written in the file. */
const line = (code: string): Op => Uint8Array.from(code, (char) => char.charCodeAt(0));

describe('the fingerprint of a pickle changes with', () => {
  const long = 'x'.repeat(1024);
  const path = (name: string): Op => pickle(op.global('pathlib', 'PurePosixPath'), text(name), op.tuple1, op.reduce);
  const system = (last: Op): Uint8Array => stream(op.mark, repeat(4, path('x')), run(last), op.tuple);
  const items = repeat(32, line('K\x01'));
  const fifth = (last: Op): Uint8Array => stream(op.mark, repeat(4, pickle(run(text('true')))), run(last), op.tuple);
  test.each<[string, Uint8Array, Uint8Array]>([
    [
      'a host behind an @',
      calls(text('pip install git+https://git@10.0.0.7/x')),
      calls(text('pip install git+https://git@66.0.0.7/x')),
    ],
    ['a space that makes code live', calls(text('if 0:\n  f()\ng()')), calls(text('if 0:\n  f()\n  g()'))],
    ['a space at the end', calls(text('a')), calls(text('a '))],
    ['what is behind the fourth call', fifth(text('true')), fifth(text('id'))],
    ['the fifth instance of a listed class', system(path('a')), system(path('b'))],
    ['what is behind 1,024 characters', calls(text(`${long}a`)), calls(text(`${long}b`))],
    [
      'what is behind 32 items',
      calls(pickle(op.mark, items, text('a'), op.list)),
      calls(pickle(op.mark, items, text('b'), op.list)),
    ],
    ['what is four levels deep', calls(nested(5, text('a'))), calls(nested(5, text('b')))],
    ['what is 5,000 levels deep', calls(nested(5000, text('a'))), calls(nested(5000, text('b')))],
    ['bytes in the place of text', calls(text('ab')), calls(op.shortBinBytes('ab'))],
    ['a text of Python 2 in the place of text', calls(text('ab')), calls(line('U\x02ab'))],
    ['True in the place of 1', calls(line('\x88')), calls(line('K\x01'))],
    ['1.0 in the place of 1', calls(float('3ff0000000000000')), calls(line('K\x01'))],
    ['the sign of zero', calls(float('8000000000000000')), calls(float('0000000000000000'))],
    ['the payload of NaN', calls(float('7ff8000000000000')), calls(float('7ff8000000000001'))],
    ['floats that render alike', calls(float('3fb999999999999a')), calls(float('3fb999999999999b'))],
    [
      'a long int that renders alike',
      calls(pickle(line('\x8a\x28'), repeat(39, line('\x01')), line('\x01'))),
      calls(pickle(line('\x8a\x28'), repeat(39, line('\x01')), line('\x02'))),
    ],
    ['a surrogate', calls(line('X\x03\x00\x00\x00\xed\xa0\x80')), calls(line('X\x03\x00\x00\x00\xed\xa0\x81'))],
    ['two surrogates in the place of one character', calls(line('V\\ud83d\\ude00\n')), calls(line('V\\U0001f600\n'))],
    [
      'the order of a dict',
      calls(pickle(op.mark, text('a'), line('N'), text('b'), line('N'), line('d'))),
      calls(pickle(op.mark, text('b'), line('N'), text('a'), line('N'), line('d'))),
    ],
    [
      'a list in the place of a tuple',
      calls(pickle(op.mark, text('a'), op.list)),
      calls(pickle(op.mark, text('a'), op.tuple)),
    ],
    [
      'the order of calls',
      stream(op.mark, run(text('a')), run(text('b')), op.tuple),
      stream(op.mark, run(text('b')), run(text('a')), op.tuple),
    ],
    [
      'the object that is handed back',
      stream(run(text('a')), op.binPut(0), run(text('b')), op.mark, op.binGet(0), op.binGet(0), op.tuple),
      stream(run(text('a')), op.binPut(0), run(text('b')), op.mark, op.binGet(0), op.tuple),
    ],
    [
      'which object a call is given',
      stream(op.mark, run(text('a')), op.binPut(0), run(text('b')), op.binPut(1), run(op.binGet(0)), op.tuple),
      stream(op.mark, run(text('a')), op.binPut(0), run(text('b')), op.binPut(1), run(op.binGet(1)), op.tuple),
    ],
    [
      'an argument that is changed after the call',
      stream(line(']'), op.binPut(0), run(op.binGet(0)), op.binGet(0), text('a'), line('a'), line('0')),
      stream(line(']'), op.binPut(0), run(op.binGet(0)), op.binGet(0), text('b'), line('a'), line('0')),
    ],
    [
      'when an argument is filled',
      stream(line(']'), op.binPut(0), text('a'), line('a'), run(op.binGet(0))),
      stream(line(']'), op.binPut(0), run(op.binGet(0)), line('0'), op.binGet(0), text('a'), line('a')),
    ],
    [
      'an alias in the place of an equal list',
      calls(line(']'), op.binPut(0), op.binGet(0)),
      calls(line(']'), line(']')),
    ],
    ['a state', stream(run(text('a')), text('s'), line('b')), stream(run(text('a')), text('t'), line('b'))],
    [
      'items of an object',
      stream(run(text('a')), text('k'), text('v'), line('s')),
      stream(run(text('a')), text('k'), text('w'), line('s')),
    ],
    [
      'append in the place of extend',
      stream(run(text('a')), text('v'), line('a')),
      stream(run(text('a')), op.mark, text('v'), line('e')),
    ],
    [
      'a persistent ID',
      stream(run(text('a')), line('0'), text('p'), line('Q')),
      stream(run(text('a')), line('0'), text('q'), line('Q')),
    ],
    [
      'the attributes of a dotted name',
      stream(text('os'), text('path.system'), line('\x93')),
      stream(text('os.path'), text('system'), line('\x93')),
    ],
    [
      'the protocol of a computed name, which is mapped up to protocol 2',
      stream(
        op.proto(3),
        op.global('operator', 'concat'),
        text('comm'),
        text('ands'),
        line('\x86R'),
        text('f'),
        line('\x93'),
      ),
      stream(
        op.proto(2),
        op.global('operator', 'concat'),
        text('comm'),
        text('ands'),
        line('\x86R'),
        text('f'),
        line('\x93'),
      ),
    ],
    ['a call that breaks off', calls(text('a')).subarray(0, -1), calls(text('b')).subarray(0, -1)],
    [
      'what is behind a break',
      pickle(calls(text('a')).subarray(0, -1), line('S')),
      pickle(calls(text('a')).subarray(0, -1), line('T')),
    ],
  ])('%s', async (_name, one, other) => {
    const [a, b] = [await told(one), await told(other)];
    expect(a.prints.length).toBeGreaterThan(0);
    expect(b.prints.length).toBeGreaterThan(0);
    for (const print of a.prints) expect(b.prints).not.toContain(print);
  });
});

describe('the fingerprint of a pickle stays with', () => {
  const framed = (body: Uint8Array): Uint8Array => {
    const head = new Uint8Array(11);
    head.set([0x80, 4, 0x95]);
    new DataView(head.buffer).setUint32(3, body.length, true);
    return pickle(head, body);
  };
  const plain = pickle(op.global('posix', 'system'), text('true'), op.tuple1, op.reduce, op.stop);
  test.each<[string, Uint8Array, Uint8Array]>([
    ['the opcode of a text', calls(text('ab')), calls(line('\x8c\x02ab'))],
    ['the text of protocol 0', calls(text('\u00e9\\')), calls(line('V\xe9\\\n'))],
    [
      'the opcodes of ints',
      calls(line('K\x05'), line('M\xff\xff'), line('J\xff\xff\xff\xff')),
      calls(line('I5\n'), line('L65535L\n'), line('\x8a\x01\xff')),
    ],
    [
      'the opcodes of floats',
      calls(float('3fb999999999999a'), float('7ff0000000000000')),
      calls(line('F0.1\n'), line('Finf\n')),
    ],
    ['the opcodes of booleans', calls(line('\x88\x89')), calls(line('I01\nI00\n'))],
    ['frames', pickle(op.proto(4), plain), framed(plain)],
    ['memo slots that nobody reads', calls(text('a')), calls(text('a'), op.binPut(7))],
    ['a text out of the memo', calls(text('a'), text('a')), calls(text('a'), op.binPut(7), op.binGet(7))],
    [
      'how a name is given',
      stream(op.global('os', 'system'), text('a'), op.tuple1, op.reduce),
      stream(text('os'), text('system'), line('\x93'), text('a'), op.tuple1, op.reduce),
    ],
    ['the protocol', pickle(op.proto(2), plain), pickle(op.proto(5), plain)],
    [
      'Python 2 names of protocol 2',
      pickle(op.proto(2), op.global('__builtin__', 'eval'), text('1'), op.tuple1, op.reduce, op.stop),
      pickle(op.proto(4), op.global('builtins', 'eval'), text('1'), op.tuple1, op.reduce, op.stop),
    ],
    [
      'Python 2 modules of protocol 2, whatever the length of the name',
      pickle(op.proto(2), op.global('commands', 'f'.repeat(90)), text('1'), op.tuple1, op.reduce, op.stop),
      pickle(op.proto(3), op.global('subprocess', 'f'.repeat(90)), text('1'), op.tuple1, op.reduce, op.stop),
    ],
    [
      'how a list is filled',
      calls(pickle(op.mark, text('a'), text('b'), op.list)),
      calls(line(']'), op.mark, text('a'), text('b'), line('e')),
    ],
    [
      'how a dict is filled',
      calls(pickle(op.mark, text('a'), text('b'), line('d'))),
      calls(line('}'), text('a'), text('b'), line('s')),
    ],
    ['how a tuple is made', calls(pickle(op.mark, text('a'), op.tuple)), calls(text('a'), op.tuple1)],
    [
      'plain data that are handed back',
      stream(op.mark, run(text('a')), line('K\x01'), op.tuple),
      stream(op.mark, line('K\x02'), run(text('a')), text('more'), op.tuple),
    ],
    [
      'the order of a set of texts',
      calls(pickle(line('\x8f'), op.mark, text('a'), text('b'), line('\x90'))),
      calls(pickle(line('\x8f'), op.mark, text('b'), text('a'), line('\x90'))),
    ],
  ])('%s', async (_name, one, other) => {
    const [a, b] = [await told(one), await told(other)];
    const exec = ({ prints }: Told) => prints.filter((print) => print.startsWith('PICKLE-EXEC'));
    expect(exec(a).length).toBeGreaterThan(0);
    expect(exec(b)).toEqual(exec(a));
    expect(a.covers).toEqual(new Set(['effects']));
  });
});

test('bytes stand for what readers may take differently, and it is said', async () => {
  expect((await told(calls(text('a')).subarray(0, -1))).covers).toEqual(new Set(['bytes']));
  expect((await told(calls(line('I0x10\n')))).covers).toEqual(new Set(['bytes']));
});

test('a stream that can tell one text from an equal one has a fingerprint of its bytes', async () => {
  const compared = (second: Op): Uint8Array =>
    stream(op.global('operator', 'is_'), text('a'), op.memoize, second, op.tuple2, op.reduce);
  const same = await told(compared(op.binGet(0)));
  const equal = await told(compared(text('a')));
  expect(same.covers).toEqual(new Set(['bytes']));
  expect(same.prints.length).toBeGreaterThan(0);
  expect(equal.prints).not.toEqual(same.prints);
});
