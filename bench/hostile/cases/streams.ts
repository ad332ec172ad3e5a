import { op, pickle, repeat, type Op } from '../../../packages/core/test/kit.js';
import { call, numbered, pickleCase, proto2, proto4, text, type Case } from './case.js';
import { bytesOf, concatAll } from '../../../packages/core/test/zip-builder.js';
import { TAR_END, tarEntry } from '../../../packages/core/test/tar-builder.js';

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
    op.binInt1(code.startsWith('O') ? 63 : 0),
    op.tuple,
    op.build,
    text('allow_mmap'),
    op.newFalse,
    op.setItems,
    op.build,
  );
}
/** Streams in a row, pickles in pickles, arrays between opcodes. */
export const STREAM_CASES: readonly Case[] = [
  // Streams and nested data.
  pickleCase('many tiny streams', 15_000, (n) => repeat(n, op.proto(2), op.none, op.stop)),
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
    doublings: 3,
    make: (n) => pickle(op.proto(3), repeat(n, joblibArray('u1'), Uint8Array.of(1, 2, 3, 4), op.pop), op.none, op.stop),
  },
  {
    name: 'joblib: object arrays in a row',
    file: 'model.joblib',
    from: 500,
    doublings: 3,
    make: (n) =>
      pickle(op.proto(3), repeat(n, joblibArray('O8'), op.proto(3), op.emptyList, op.stop, op.pop), op.none, op.stop),
  },
  pickleCase(
    'dumps of one logger in a row, protocol 4',
    2000,
    (n) =>
      concatAll(
        Array.from({ length: n }, (_, i) =>
          pickle(
            op.proto(4),
            op.frame([
              op.emptyDict,
              op.memoize,
              op.mark,
              numbered(10, (k) => pickle(op.shortBinUnicode(`key${k}`), op.memoize, op.binInt(i))),
              op.setItems,
              op.stop,
            ]),
          ),
        ),
      ),
    3,
  ),
  pickleCase(
    'dumps of objects in a row, protocol 4',
    2000,
    (n) =>
      repeat(
        n,
        pickle(
          op.proto(4),
          op.frame([
            op.shortBinUnicode('collections'),
            op.memoize,
            op.shortBinUnicode('OrderedDict'),
            op.memoize,
            op.stackGlobal,
            op.memoize,
            op.emptyTuple,
            op.reduce,
            op.memoize,
            op.stop,
          ]),
        ),
      ),
    3,
  ),
  {
    name: 'joblib: object arrays in object arrays',
    file: 'model.joblib',
    from: 40,
    doublings: 3,
    make: (n) =>
      pickle(op.proto(3), repeat(n, joblibArray('O8'), op.proto(3)), op.none, repeat(n, op.stop, op.none), op.stop),
  },
  {
    name: 'torch tar: many storages',
    file: 'model.tar',
    from: 500,
    doublings: 3,
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
    doublings: 3,
    make: (n) => npy(`{'descr': '<f8', 'fortran_order': False, 'shape': (${' '.repeat(n)}x), }`),
  },
  {
    name: 'npy: a shape of many numbers',
    file: 'array.npy',
    from: 20_000,
    doublings: 3,
    make: (n) => npy(`{'descr': '<f8', 'fortran_order': False, 'shape': (${'1, '.repeat(n)}), }`),
  },
  {
    name: 'npy: a descr of many fields',
    file: 'array.npy',
    from: 5000,
    doublings: 3,
    make: (n) => npy(`{'descr': [${"('f', '<f8'), ".repeat(n)}], 'fortran_order': False, 'shape': (0,), }`),
  },
  {
    name: 'npy: deep brackets',
    file: 'array.npy',
    from: 20_000,
    doublings: 3,
    make: (n) => npy(`{'descr': ${'['.repeat(n)}${']'.repeat(n)}, 'fortran_order': False, 'shape': (1,), }`),
  },
  {
    name: 'npy: a declared array of 10^18 bytes',
    file: 'array.npy',
    from: 1,
    doublings: 0,
    make: () => npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000, 100000000), }"),
  },
];
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
