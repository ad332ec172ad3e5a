import { op, pickle, repeat } from '../../../packages/core/test/kit.js';
import { numbered, pickleCase, proto2, proto4, text, type Case } from './case.js';

/** Names and calls. */
export const CALL_CASES: readonly Case[] = [
  // Names.
  pickleCase('distinct GLOBALs', 15_000, (n) =>
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
    16,
    (n) =>
      proto4(
        numbered(n, (i) => pickle(text(`${String(i).padStart(6, '0')}${'x'.repeat(65_000)}`), op.memoize)),
        numbered(n * n, (i) => pickle(op.longBinGet(i % n), op.longBinGet(Math.floor(i / n)), op.stackGlobal, op.pop)),
        op.none,
      ),
    3,
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
];
