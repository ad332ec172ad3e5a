import { deflateRawSync, gzipSync } from 'node:zlib';
import { op, pickle, pickleOf, repeat, type Op } from '../../packages/core/test/kit.js';
import { bytesOf, concatAll, zipOf, type ZipMember } from '../../packages/core/test/zip-builder.js';
import { TAR_END, tarEntry } from '../../packages/core/test/tar-builder.js';
import { bzip2OfZeros, bzip2Empty, lz4Stored, lz4Zeros, sevenZipEmpty, xzStored, zstdRun } from './packers.js';

/** A way to make a scanner work: its cost is measured while `n` doubles. */
export interface Case {
  readonly name: string;
  /** Name of the file, which promises what it is. */
  readonly file: string;
  /** The first `n`; each further one is twice the one before. */
  readonly from: number;
  readonly doublings: number;
  readonly make: (n: number) => Uint8Array;
}

const text = (value: string): Op => op.binUnicode(value);
const numbered = (n: number, make: (i: number) => Op): Op => pickleOf(Array.from({ length: n }, (_, i) => make(i)));
const call = pickle(op.global('os', 'system'), op.binUnicode('id'), op.tuple1, op.reduce);

/** Builds up a run of opcodes between PROTO 4 and STOP. */
const proto4 = (...ops: readonly Op[]): Uint8Array => pickle(op.proto(4), ...ops, op.stop);
const proto2 = (...ops: readonly Op[]): Uint8Array => pickle(op.proto(2), ...ops, op.stop);

function pickleCase(name: string, from: number, make: (n: number) => Uint8Array, doublings = 5): Case {
  return { name, file: 'model.pkl', from, doublings, make };
}

/** [a, a] where a is the level below: 2^n leaves in n levels. */
function laughs(n: number, dup: boolean): Uint8Array {
  const level = dup ? pickle(op.dup, op.tuple2) : pickle(op.binPut(0), op.binGet(0), op.tuple2);
  return proto2(text('lol'), repeat(n, level));
}

const framed = (n: number, length: number | bigint, ...body: readonly Op[]): Op => repeat(n, op.frame(body, length));

/** What joblib writes before an array of four items. */
function joblibArray(code: string): Op {
  return pickle(
    op.global('joblib.numpy_pickle', 'NumpyArrayWrapper'),
    op.emptyTuple,
    op.newObj,
    op.emptyDict,
    op.mark,
    text('subclass'),
    op.global('numpy', 'ndarray'),
    text('shape'),
    op.binInt1(4),
    op.tuple1,
    text('order'),
    text('C'),
    text('dtype'),
    op.global('numpy', 'dtype'),
    text(code),
    op.newFalse,
    op.newTrue,
    op.tuple3,
    op.reduce,
    op.mark,
    op.binInt1(3),
    text('|'),
    op.none,
    op.none,
    op.none,
    op.binInt(-1),
    op.binInt(-1),
    op.binInt1(0),
    op.tuple,
    op.build,
    text('allow_mmap'),
    op.newFalse,
    op.setItems,
    op.build,
  );
}

const member = (i: number): ZipMember => ({ name: `m${i}.pkl`, data: pickle(op.proto(2), op.none, op.stop) });
const members = (n: number, make: (i: number) => ZipMember = member): ZipMember[] =>
  Array.from({ length: n }, (_, i) => make(i));

function zipCase(name: string, from: number, make: (n: number) => Uint8Array, doublings = 4): Case {
  return { name, file: 'model.zip', from, doublings, make };
}

/** Every member's record points at the same data. */
function overlapping(n: number): Uint8Array {
  const data = deflateRawSync(new Uint8Array(1 << 20));
  const size = { packed: new Uint8Array(data), crc: 0, uncompressed: 1 << 20, method: 8 };
  return zipOf(
    members(n, (i) =>
      i === 0 ? { name: 'm', ...size } : { name: 'm', ...size, ghost: true, central: { offset: 0, name: `m${i}` } },
    ),
  );
}

/** Archives within archives; each one holds the next twice. */
function nestedZips(n: number): Uint8Array {
  let inner: Uint8Array = pickle(op.proto(2), op.none, op.stop);
  for (let i = 0; i < n; i += 1)
    inner = zipOf([
      { name: 'a', data: inner, method: 8 },
      { name: 'b', data: inner, method: 8 },
    ]);
  return inner;
}

function nestedGzip(n: number): Uint8Array {
  let inner: Uint8Array = new Uint8Array(1 << 20);
  for (let i = 0; i < n; i += 1) inner = new Uint8Array(gzipSync(inner));
  return inner;
}

const tarOfMany = (n: number, make: (i: number) => Uint8Array): Uint8Array =>
  concatAll([...Array.from({ length: n }, (_, i) => make(i)), TAR_END]);

export const CASES: readonly Case[] = [
  // Growth without a loop.
  pickleCase('memo growth: [a, a] by PUT and GET', 1000, (n) => laughs(n, false)),
  pickleCase('memo growth: (a, a) by DUP', 1000, (n) => laughs(n, true)),
  pickleCase('nested tuples', 50_000, (n) => proto2(op.emptyTuple, repeat(n, op.tuple1))),
  pickleCase('nested lists', 50_000, (n) => proto2(repeat(n, op.emptyList), repeat(n - 1, op.append))),
  pickleCase('nested lists, closed by APPENDS', 50_000, (n) =>
    proto2(repeat(n, op.emptyList, op.mark), op.none, repeat(n, op.appends)),
  ),
  pickleCase('MARKs', 1_000_000, (n) => proto2(repeat(n, op.mark), op.none)),
  pickleCase('MARKs beyond the limit', 12_000_000, (n) => proto2(repeat(n, op.mark), op.none), 2),
  pickleCase('MARK and POP_MARK pairs', 500_000, (n) => proto2(repeat(n, op.mark, op.popMark), op.none)),
  pickleCase('one tuple of many values', 1_000_000, (n) => proto2(op.mark, repeat(n, op.none), op.tuple)),
  pickleCase('values beyond the limit', 12_000_000, (n) => proto2(call, op.mark, repeat(n, op.none), op.tuple), 2),
  pickleCase('POP and DUP storm', 500_000, (n) => proto2(op.none, repeat(n, op.dup, op.pop))),
  pickleCase('DUP of a global and POP', 500_000, (n) => proto2(op.global('os', 'system'), repeat(n, op.dup, op.pop))),
  pickleCase('result of a call, DUP and POP', 500_000, (n) => proto2(call, repeat(n, op.dup, op.pop))),

  // Declared sizes.
  pickleCase(
    'BINBYTES8 of 2^n bytes in a file of 100',
    30,
    (n) => pickle(op.proto(4), call, op.pop, op.binBytes8(new Uint8Array(40), 1n << BigInt(n)), op.stop),
    1,
  ),
  pickleCase(
    'BINUNICODE of 4 GB in a file of 100',
    1,
    () => pickle(op.proto(4), call, op.pop, op.binUnicode('x'.repeat(40), 0xffff_ffff), op.stop),
    0,
  ),
  pickleCase(
    'LONG4 of 2 GB in a file of 100',
    1,
    () => pickle(op.proto(2), call, op.pop, op.long4('x'.repeat(40), 0x7fff_ffff), op.stop),
    0,
  ),
  pickleCase(
    'FRAME of 2^n bytes in a file of 100',
    30,
    (n) => pickle(op.proto(4), op.frame([call, op.stop], 1n << BigInt(n))),
    1,
  ),

  // Names.
  pickleCase('distinct GLOBALs', 5000, (n) =>
    proto2(
      numbered(n, (i) => pickle(op.global('a', `n${i}`), op.pop)),
      op.none,
    ),
  ),
  pickleCase('GLOBAL of one name again', 50_000, (n) => proto2(repeat(n, op.global('a', 'n'), op.pop), op.none)),
  pickleCase('distinct STACK_GLOBALs', 5000, (n) =>
    proto4(
      numbered(n, (i) => pickle(text('a'), text(`n${i}`), op.stackGlobal, op.pop)),
      op.none,
    ),
  ),
  pickleCase('STACK_GLOBALs of names from the memo', 50_000, (n) =>
    proto4(
      text('os'),
      op.memoize,
      text('system'),
      op.memoize,
      repeat(n, op.binGet(0), op.binGet(1), op.stackGlobal, op.pop),
      op.none,
    ),
  ),
  pickleCase('STACK_GLOBALs, the memo full', 25_000, (n) =>
    proto4(
      repeat(5000, op.none, op.memoize),
      text('os'),
      op.memoize,
      text('system'),
      op.memoize,
      repeat(n, op.longBinGet(5000), op.longBinGet(5001), op.stackGlobal, op.pop),
      op.none,
    ),
  ),
  pickleCase('STACK_GLOBALs of names 4 MB back', 20_000, (n) =>
    proto4(
      numbered(20, (i) => pickle(text(`n${i}`), op.memoize, op.binBytes8(new Uint8Array(10_000)), op.pop)),
      op.binBytes8(new Uint8Array(4 << 20)),
      op.pop,
      numbered(n, (i) => pickle(op.binGet(i % 20), op.binGet((i * 7) % 20), op.stackGlobal, op.pop)),
      op.none,
    ),
  ),
  pickleCase(
    'STACK_GLOBALs of all pairs of 64 KB names',
    32,
    (n) =>
      proto4(
        numbered(n, (i) => pickle(text(`${String(i).padStart(6, '0')}${'x'.repeat(65_000)}`), op.memoize)),
        numbered(n * n, (i) => pickle(op.longBinGet(i % n), op.longBinGet(Math.floor(i / n)), op.stackGlobal, op.pop)),
        op.none,
      ),
    4,
  ),
  pickleCase('one STACK_GLOBAL of 64 KB names again', 1000, (n) =>
    proto4(
      text('m'.repeat(65_000)),
      op.memoize,
      text('n'.repeat(65_000)),
      op.memoize,
      repeat(n, op.binGet(0), op.binGet(1), op.stackGlobal, op.pop),
      op.none,
    ),
  ),
  pickleCase('names of a megabyte by STACK_GLOBAL', 4, (n) =>
    proto4(
      numbered(n, (i) => pickle(text(`${i}${'m'.repeat(1 << 20)}`), text('n'.repeat(1 << 20)), op.stackGlobal, op.pop)),
      op.none,
    ),
  ),
  pickleCase('names of half a megabyte by GLOBAL', 4, (n) =>
    proto2(
      numbered(n, (i) => pickle(op.global(`${i}${'m'.repeat(1 << 18)}`, 'n'.repeat(1 << 18)), op.pop)),
      op.none,
    ),
  ),
  pickleCase('EXT codes', 5000, (n) =>
    proto2(
      numbered(n, (i) => pickle(op.ext4(i + 1), op.pop)),
      op.none,
    ),
  ),

  // Calls.
  pickleCase('REDUCE with growing argument tuples', 250, (n) =>
    proto2(
      op.global('os', 'system'),
      op.binPut(0),
      op.pop,
      numbered(n, (i) => pickle(op.binGet(0), op.mark, repeat(i, op.none), op.tuple, op.reduce, op.pop)),
      op.none,
    ),
  ),
  pickleCase('REDUCE of one global', 50_000, (n) =>
    proto2(
      op.global('os', 'system'),
      op.binPut(0),
      op.pop,
      repeat(n, op.binGet(0), op.emptyTuple, op.reduce, op.pop),
      op.none,
    ),
  ),
  pickleCase('REDUCE of a judged callable, wide arguments', 5000, (n) =>
    proto2(
      op.global('builtins', 'getattr'),
      op.binPut(0),
      op.pop,
      repeat(4, op.none),
      op.mark,
      repeat(16, op.mark, repeat(16, op.binInt1(7)), op.tuple),
      op.tuple,
      op.binPut(1),
      repeat(n, op.binGet(0), op.binGet(1), op.reduce, op.pop),
      op.none,
    ),
  ),
  pickleCase('REDUCE of a judged callable, arguments far back', 500, (n) =>
    proto2(
      op.global('builtins', 'getattr'),
      op.binPut(0),
      op.pop,
      op.mark,
      repeat(32, text('far'), op.binBytes8(new Uint8Array(20_000)), op.pop),
      op.tuple,
      op.binPut(1),
      op.binBytes8(new Uint8Array(2 << 20)),
      op.pop,
      repeat(n, op.binGet(0), op.binGet(1), op.reduce, op.pop),
      op.none,
    ),
  ),
  pickleCase('REDUCE of numpy.dtype', 20_000, (n) =>
    proto2(
      op.global('numpy', 'dtype'),
      op.binPut(0),
      op.pop,
      text('f8'),
      op.newFalse,
      op.newTrue,
      op.tuple3,
      op.binPut(1),
      repeat(n, op.binGet(0), op.binGet(1), op.reduce, op.pop),
      op.none,
    ),
  ),
  pickleCase('BUILD again and again', 50_000, (n) =>
    proto2(
      op.global('a', 'C'),
      op.emptyTuple,
      op.newObj,
      op.emptyDict,
      op.binPut(0),
      op.pop,
      repeat(n, op.binGet(0), op.build),
    ),
  ),
  pickleCase('BUILD on a global', 50_000, (n) =>
    proto2(op.global('a', 'C'), op.emptyDict, op.binPut(0), op.pop, repeat(n, op.binGet(0), op.build)),
  ),
  pickleCase('BUILD with a wide dict on a judged callable', 2000, (n) =>
    proto2(
      op.global('builtins', 'getattr'),
      op.emptyTuple,
      op.reduce,
      op.emptyDict,
      op.mark,
      numbered(32, (i) => pickle(text(`k${i}`), op.binInt1(i))),
      op.setItems,
      op.binPut(0),
      op.pop,
      repeat(n, op.binGet(0), op.build),
    ),
  ),
  pickleCase('NEWOBJ of one class', 50_000, (n) =>
    proto2(
      op.global('a', 'C'),
      op.binPut(0),
      op.pop,
      repeat(n, op.binGet(0), op.emptyTuple, op.newObj, op.pop),
      op.none,
    ),
  ),
  pickleCase('results of calls that are called', 50_000, (n) =>
    proto2(op.global('a', 'C'), repeat(n, op.emptyTuple, op.reduce)),
  ),
  pickleCase('persistent IDs', 20_000, (n) =>
    proto2(
      numbered(n, (i) => pickle(text(`key${i}`), op.binPersId, op.pop)),
      op.none,
    ),
  ),
  pickleCase('persistent IDs of one wide tuple', 2000, (n) =>
    proto2(
      op.mark,
      repeat(16, op.mark, repeat(16, op.binInt1(7)), op.tuple),
      op.tuple,
      op.binPut(0),
      repeat(n, op.binGet(0), op.binPersId, op.pop),
      op.none,
    ),
  ),

  // Text.
  pickleCase('FLOAT: a long line of digits, then a letter', 20_000, (n) =>
    pickle(op.float(`${'1'.repeat(n)}x`), op.stop),
  ),
  pickleCase('FLOAT: digits and an underscore, then a letter', 20_000, (n) =>
    pickle(op.float(`${'1_'.repeat(n)}x`), op.stop),
  ),
  pickleCase('INT: a long line of digits', 100_000, (n) => pickle(op.int('1'.repeat(n)), op.stop)),
  pickleCase('INT: blanks, then a letter', 20_000, (n) => pickle(op.int(`${' '.repeat(n)}x`), op.stop)),
  pickleCase('INT: digits, blanks, then a letter', 20_000, (n) => pickle(op.int(`1${' '.repeat(n)}x`), op.stop)),
  pickleCase('LONG: hexadecimal and underscores, then a letter', 20_000, (n) =>
    pickle(op.long(`0x${'1_'.repeat(n)}x`), op.stop),
  ),
  pickleCase('INT lines of 400 digits', 2000, (n) =>
    pickle(op.mark, repeat(n, op.int('1'.repeat(399))), op.tuple, op.stop),
  ),
  pickleCase('PUT of a long number', 100_000, (n) => pickle(op.none, op.put('1'.repeat(n)), op.stop)),
  pickleCase('UNICODE: a long line', 1 << 20, (n) => pickle(op.unicode('x'.repeat(n)), op.stop)),
  pickleCase('UNICODE: a line without its end', 1 << 20, (n) => pickle(op.unicode('x'.repeat(n))).subarray(0, n)),
  pickleCase('UNICODE: backslashes', 100_000, (n) => pickle(op.unicode('\\'.repeat(n)), op.stop)),
  pickleCase('STRING: escapes', 100_000, (n) => pickle(op.string(`'${'\\x41'.repeat(n)}'`), op.stop)),
  pickleCase('lines of 1.1 MB', 1, (n) =>
    pickle(op.mark, repeat(n, op.unicode('x'.repeat(1_100_000))), op.tuple, op.stop),
  ),
  pickleCase('STACK_GLOBAL of a text line far back', 1000, (n) =>
    proto4(
      op.unicode(`o${'s'.repeat(30_000)}`),
      op.binPut(0),
      op.unicode('system'),
      op.binPut(1),
      op.binBytes8(new Uint8Array(4 << 20)),
      op.pop,
      repeat(n, op.binGet(0), op.binGet(1), op.stackGlobal, op.pop),
      op.none,
    ),
  ),

  // Memo.
  pickleCase('MEMOIZE', 1_000_000, (n) => proto4(op.none, repeat(n, op.memoize))),
  pickleCase('MEMOIZE, far beyond honest numbers', 32_000_000, (n) => proto4(op.none, repeat(n, op.memoize)), 2),
  pickleCase('PUT with sparse huge indexes', 50_000, (n) =>
    proto2(
      op.none,
      numbered(n, (i) => op.longBinPut(0x1000_0000 + i * 1000)),
    ),
  ),
  pickleCase(
    'PUT with sparse huge indexes, many',
    2_000_000,
    (n) => proto2(op.none, pickleOf(Array.from({ length: n }, (_, i) => op.longBinPut(0x1000_0000 + i * 1000)))),
    2,
  ),
  pickleCase('PUT, each index twice the last', 28, (n) =>
    proto2(
      op.none,
      numbered(n, (i) => op.longBinPut(2 ** i)),
    ),
  ),
  pickleCase('PUT of one slot with other values', 200_000, (n) =>
    proto2(op.none, repeat(n, op.none, op.binPut(0), op.pop)),
  ),

  // Frames.
  pickleCase('frames in frames', 10_000, (n) => pickle(op.proto(4), framed(n, 1 << 20), op.none, op.stop)),
  pickleCase('frames that end inside an argument', 5000, (n) =>
    pickle(op.proto(4), framed(n, 3, op.binUnicode('abcdefgh'), op.pop), op.none, op.stop),
  ),
  pickleCase('frames that end inside a number, so that readers part and go on', 2000, (n) =>
    pickle(op.proto(4), repeat(n, op.frame([op.binInt2(0).subarray(0, 2)], 2), op.none, op.none), op.stop),
  ),
  pickleCase('frames that end inside the next FRAME', 5000, (n) =>
    pickle(op.proto(4), framed(n, 4, op.none, op.pop), op.none, op.stop),
  ),
  pickleCase('frames of one opcode', 20_000, (n) => pickle(op.proto(4), framed(n, 1, op.none), op.stop)),
  pickleCase('a crossing frame, then one around a long line', 1 << 20, (n) =>
    pickle(
      op.proto(4),
      op.frame([op.binUnicode('abcdefgh')], 3),
      op.pop,
      op.frame([op.unicode('x'.repeat(n)), op.stop]),
    ),
  ),
  pickleCase('a crossing frame, then a frame of many opcodes', 200_000, (n) =>
    pickle(
      op.proto(4),
      op.frame([op.binUnicode('abcdefgh')], 3),
      op.pop,
      op.frame([op.none, repeat(n, op.dup, op.pop), op.stop]),
    ),
  ),
  pickleCase('a crossing frame, then lines in one frame', 20_000, (n) =>
    pickle(
      op.proto(4),
      op.frame([op.binUnicode('abcdefgh')], 3),
      op.pop,
      op.frame([repeat(n, op.int('1'), op.pop), op.none, op.stop]),
    ),
  ),

  // Streams and nested data.
  pickleCase('many tiny streams', 10_000, (n) => repeat(n, op.proto(2), op.none, op.stop)),
  pickleCase('many tiny streams that name something', 10_000, (n) => repeat(n, op.global('os', 'system'), op.stop)),
  pickleCase('streams that read the memo of the one before', 500, (n) =>
    concatAll([
      pickle(op.proto(2), op.none, op.binPut(0), op.stop),
      numbered(n, (i) => pickle(op.proto(2), op.global('a', `n${i}`), op.binGet(0), op.tuple2, op.stop)),
    ]),
  ),
  pickleCase('byte strings that look like pickles', 1000, (n) =>
    proto4(repeat(n, op.shortBinBytes(pickle(op.proto(2), op.none, op.stop)), op.pop), op.none),
  ),
  pickleCase(
    'byte strings beyond the limit',
    8000,
    (n) => proto4(call, repeat(n, op.shortBinBytes(pickle(op.proto(2), op.none, op.stop)), op.pop), op.none),
    2,
  ),
  pickleCase(
    'byte strings handed to a loader',
    1000,
    (n) =>
      proto4(
        op.global('pickle', 'loads'),
        op.binPut(0),
        op.pop,
        repeat(n, op.binGet(0), op.shortBinBytes(pickle(op.proto(2), op.none, op.stop)), op.tuple1, op.reduce, op.pop),
        op.none,
      ),
    3,
  ),
  pickleCase('one byte string handed to a loader again', 20_000, (n) =>
    proto4(
      op.global('pickle', 'loads'),
      op.binPut(0),
      op.pop,
      repeat(9000, op.shortBinBytes(pickle(op.proto(2), op.none, op.stop)), op.pop),
      op.shortBinBytes('cos\nsystem\n.'),
      op.tuple1,
      op.binPut(1),
      op.pop,
      repeat(n, op.binGet(0), op.binGet(1), op.reduce, op.pop),
      op.none,
    ),
  ),
  pickleCase(
    'pickles in pickles',
    4,
    (n) => Array.from({ length: n }).reduce<Uint8Array>((inner) => proto4(op.binBytes(inner)), proto4(call)),
    4,
  ),
  pickleCase(
    'pickles in pickles, twice in each',
    2,
    (n) =>
      Array.from({ length: n }).reduce<Uint8Array>(
        (inner) => proto4(op.binBytes(inner), op.binBytes(inner), op.tuple2),
        proto4(call),
      ),
    3,
  ),
  pickleCase('trailing bytes of no format', 1 << 20, (n) => concatAll([proto2(op.none), new Uint8Array(n).fill(0xff)])),
  {
    name: 'joblib: arrays in a row',
    file: 'model.joblib',
    from: 1000,
    doublings: 5,
    make: (n) => pickle(op.proto(3), repeat(n, joblibArray('u1'), Uint8Array.of(1, 2, 3, 4), op.pop), op.none, op.stop),
  },
  {
    name: 'joblib: object arrays in object arrays',
    file: 'model.joblib',
    from: 20,
    doublings: 5,
    make: (n) =>
      pickle(op.proto(3), repeat(n, joblibArray('O8'), op.proto(3)), op.none, repeat(n, op.stop, op.none), op.stop),
  },
  {
    name: 'torch tar: many storages',
    file: 'model.tar',
    from: 500,
    doublings: 4,
    make: (n) =>
      concatAll([
        tarEntry({
          name: 'storages',
          data: concatAll([
            proto2(op.binInt(n)),
            repeat(n, proto2(text('k'), text('cpu'), op.global('torch', 'FloatStorage'), op.tuple3), new Uint8Array(8)),
          ]),
        }),
        TAR_END,
      ]),
  },

  // numpy.
  {
    name: 'npy: a shape of blanks',
    file: 'array.npy',
    from: 20_000,
    doublings: 5,
    make: (n) => npy(`{'descr': '<f8', 'fortran_order': False, 'shape': (${' '.repeat(n)}x), }`),
  },
  {
    name: 'npy: a shape of many numbers',
    file: 'array.npy',
    from: 20_000,
    doublings: 4,
    make: (n) => npy(`{'descr': '<f8', 'fortran_order': False, 'shape': (${'1, '.repeat(n)}), }`),
  },
  {
    name: 'npy: a descr of many fields',
    file: 'array.npy',
    from: 5000,
    doublings: 4,
    make: (n) => npy(`{'descr': [${"('f', '<f8'), ".repeat(n)}], 'fortran_order': False, 'shape': (0,), }`),
  },
  {
    name: 'npy: deep brackets',
    file: 'array.npy',
    from: 20_000,
    doublings: 4,
    make: (n) => npy(`{'descr': ${'['.repeat(n)}${']'.repeat(n)}, 'fortran_order': False, 'shape': (1,), }`),
  },
  {
    name: 'npy: a declared array of 10^18 bytes',
    file: 'array.npy',
    from: 1,
    doublings: 0,
    make: () => npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000, 100000000), }"),
  },

  // Archives.
  zipCase('zip: members', 2000, (n) => zipOf(members(n), n > 65_535 ? { zip64: true, end: { entries: 0xffff } } : {})),
  zipCase('zip: members of one name', 2000, (n) => zipOf(members(n, () => ({ ...member(0) })))),
  zipCase('zip: members that overlap', 16, overlapping),
  zipCase('zip: members without an entry in the directory', 1000, (n) =>
    zipOf(members(n, (i) => ({ ...member(i), unlisted: i > 0 }))),
  ),
  zipCase('zip: records without a member', 4000, (n) =>
    zipOf(members(n, (i) => ({ ...member(i), ghost: i > 0, central: i > 0 ? { offset: 0x7fff_0000 } : {} }))),
  ),
  zipCase('zip: gaps between members', 1000, (n) =>
    zipOf(members(n, (i) => ({ ...member(i), before: new Uint8Array(40).fill(0x41) }))),
  ),
  zipCase('zip: end records', 50, (n) => concatAll(Array.from({ length: n }, () => zipOf([member(0)])))),
  zipCase('zip: end records in the comment', 500, (n) => zipOf([member(0)], { comment: repeat(n, zipOf([])) }), 2),
  zipCase('zip: local signatures in a gap', 20_000, (n) =>
    zipOf([member(0)], { prefix: repeat(n, Uint8Array.of(0x50, 0x4b, 3, 4)) }),
  ),
  zipCase('zip: streamed headers without descriptors', 500, (n) =>
    repeat(
      n,
      Uint8Array.of(
        0x50,
        0x4b,
        3,
        4,
        20,
        0,
        8,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0x61,
      ),
    ),
  ),
  zipCase('zip: one header, descriptors without end', 2000, (n) =>
    concatAll([
      Uint8Array.of(
        0x50,
        0x4b,
        3,
        4,
        20,
        0,
        8,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0x61,
      ),
      repeat(n, Uint8Array.of(0x50, 0x4b, 7, 8, 0, 0, 0, 0)),
    ]),
  ),
  zipCase('zip: names of 60 KB with ..', 16, (n) =>
    zipOf(members(n, (i) => ({ name: `${i}/${'../'.repeat(20_000)}a`, data: 'x' }))),
  ),
  zipCase(
    'zip: deflated zeros, 1 MB for each n',
    64,
    (n) => zipOf([{ name: 'm.pkl', method: 8, data: new Uint8Array(n << 20), crc: 0 }]),
    3,
  ),
  zipCase(
    'zip: 4 GB declared in 100 bytes',
    1,
    () => zipOf([{ name: 'm.pkl', data: 'x', compressed: 0xffff_fff0, uncompressed: 0xffff_fff0 }]),
    0,
  ),
  zipCase('zip in zip, twice in each', 2, nestedZips, 3),
  zipCase(
    'zip: names with escapes and bidi',
    200,
    (n) => zipOf(members(n, (i) => ({ name: `\u001b[2J\u202e${i}lkp.sgnitset\u0007`, data: call }))),
    2,
  ),
  {
    name: 'tar: members',
    file: 'model.tar',
    from: 2000,
    doublings: 4,
    make: (n) => tarOfMany(n, (i) => tarEntry({ name: `m${i}.pkl`, data: pickle(op.proto(2), op.none, op.stop) })),
  },
  {
    name: 'tar: members of one name',
    file: 'model.tar',
    from: 2000,
    doublings: 4,
    make: (n) => tarOfMany(n, () => tarEntry({ name: 'm.pkl', data: 'N.' })),
  },
  {
    name: 'tar: empty headers',
    file: 'model.tar',
    from: 4000,
    doublings: 4,
    make: (n) => tarOfMany(n, (i) => tarEntry({ name: `m${i}` })),
  },
  {
    name: 'tar: symbolic links and deep names',
    file: 'model.tar',
    from: 1000,
    doublings: 4,
    make: (n) =>
      tarOfMany(n, (i) =>
        concatAll([tarEntry({ name: `l${i}`, type: '2', link: '/etc' }), tarEntry({ name: `${'a/'.repeat(45)}f` })]),
      ),
  },
  {
    name: 'tar: pax headers in a row',
    file: 'model.tar',
    from: 2000,
    doublings: 4,
    make: (n) => tarOfMany(n, () => tarEntry({ name: 'x', type: 'x', data: '12 path=abc\n' })),
  },
  {
    name: 'tar: a broken header, then blocks of none',
    file: 'model.tar',
    from: 4000,
    doublings: 4,
    make: (n) => concatAll([tarEntry({ name: 'a', data: 'x' }), repeat(n, new Uint8Array(512).fill(0x41))]),
  },
  {
    name: 'tar: a size of 8 GB in 1 KB',
    file: 'model.tar',
    from: 1,
    doublings: 0,
    make: () => tarEntry({ name: 'm.pkl', size: 0o77777777777 }),
  },
  {
    name: '7z: empty archive with a header of 2^62 bytes',
    file: 'model.7z',
    from: 1,
    doublings: 0,
    make: () => sevenZipEmpty(1n << 62n),
  },

  // Compressed data.
  {
    name: 'gzip: joined members of one byte',
    file: 'model.pkl.gz',
    from: 1000,
    doublings: 5,
    make: (n) => repeat(n, gz(Uint8Array.of(0x28))),
  },
  {
    name: 'gzip: joined empty members',
    file: 'model.pkl.gz',
    from: 2000,
    doublings: 5,
    make: (n) => repeat(n, gz(new Uint8Array(0))),
  },
  {
    name: 'gzip: a pickle in members of one byte',
    file: 'model.pkl.gz',
    from: 2000,
    doublings: 4,
    make: (n) => concatAll([gz(op.proto(2)), repeat(n, gz(op.mark)), gz(op.none), gz(op.stop)]),
  },
  {
    name: 'gzip: 1 MB of zeros for each n',
    file: 'model.pkl.gz',
    from: 64,
    doublings: 3,
    make: (n) => gz(new Uint8Array(n << 20)),
  },
  {
    name: 'gzip: one opcode, 1 MB of them for each n',
    file: 'model.pkl.gz',
    from: 4,
    doublings: 3,
    make: (n) => gz(pickle(op.proto(2), op.mark, repeat(n << 20, op.none), op.tuple, op.stop)),
  },
  { name: 'gzip in gzip', file: 'model.pkl.gz', from: 2, doublings: 4, make: nestedGzip },
  {
    name: 'gzip: names looked up far back',
    file: 'model.pkl.gz',
    from: 8,
    doublings: 3,
    make: (n) =>
      gz(
        proto4(
          text('os'),
          op.memoize,
          text('system'),
          op.memoize,
          repeat(n, op.binBytes8(new Uint8Array(80 << 20)), op.pop, op.binGet(0), op.binGet(1), op.stackGlobal, op.pop),
          op.none,
        ),
      ),
  },
  { name: 'bzip2: 900 KB of zeros for each n', file: 'model.pkl.bz2', from: 16, doublings: 4, make: bzip2OfZeros },
  {
    name: 'bzip2: joined empty streams',
    file: 'model.pkl.bz2',
    from: 5000,
    doublings: 4,
    make: (n) => repeat(n, bzip2Empty()),
  },
  {
    name: 'xz: joined streams of one byte',
    file: 'model.pkl.xz',
    from: 500,
    doublings: 4,
    make: (n) => repeat(n, xzStored(Uint8Array.of(0x28))),
  },
  {
    name: 'lz4: blocks of one byte',
    file: 'model.pkl.lz4',
    from: 20_000,
    doublings: 5,
    make: (n) => lz4Stored(repeat(n, op.mark)),
  },
  { name: 'lz4: blocks of zeros, 4 MB for each n', file: 'model.pkl.lz4', from: 16, doublings: 4, make: lz4Zeros },
  { name: 'zstd: runs of one byte', file: 'model.pkl.zst', from: 20_000, doublings: 5, make: (n) => zstdRun(n, 1) },
  { name: 'zstd: runs of 128 KB', file: 'model.pkl.zst', from: 512, doublings: 4, make: (n) => zstdRun(n, 1 << 17) },
  {
    name: 'zstd: frames of nothing',
    file: 'model.pkl.zst',
    from: 5000,
    doublings: 4,
    make: (n) => repeat(n, zstdRun(0, 0)),
  },
];

function gz(data: Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(data, { level: 9 }));
}

function npy(header: string): Uint8Array {
  const body = bytesOf(`${header}\n`);
  return concatAll([
    Uint8Array.of(
      0x93,
      0x4e,
      0x55,
      0x4d,
      0x50,
      0x59,
      2,
      0,
      body.length & 255,
      (body.length >> 8) & 255,
      (body.length >> 16) & 255,
      body.length >>> 24,
    ),
    body,
  ]);
}
