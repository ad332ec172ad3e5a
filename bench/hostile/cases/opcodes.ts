import { op, pickle, pickleOf, repeat } from '../../../packages/core/test/kit.js';
import { call, framed, laughs, numbered, pickleCase, proto2, proto4, type Case } from './case.js';

/** Growth, declared sizes, long lines, memo and frames of one stream. */
export const OPCODE_CASES: readonly Case[] = [
  // Growth without a loop.
  pickleCase('memo growth: [a, a] by PUT and GET', 1000, (n) => laughs(n, false)),
  pickleCase('memo growth: (a, a) by DUP', 1000, (n) => laughs(n, true)),
  pickleCase('nested tuples', 50_000, (n) => proto2(op.emptyTuple, repeat(n, op.tuple1))),
  pickleCase('nested lists', 50_000, (n) => proto2(repeat(n, op.emptyList), repeat(n - 1, op.append))),
  pickleCase('nested lists, closed by APPENDS', 50_000, (n) =>
    proto2(repeat(n, op.emptyList, op.mark), op.none, repeat(n, op.appends)),
  ),
  pickleCase('MARKs', 250_000, (n) => proto2(repeat(n, op.mark), op.none)),
  pickleCase('MARKs beyond the limit', 15_000_000, (n) => proto2(repeat(n, op.mark), op.none), 1),
  pickleCase('MARK and POP_MARK pairs', 100_000, (n) => proto2(repeat(n, op.mark, op.popMark), op.none)),
  pickleCase('one tuple of many values', 250_000, (n) => proto2(op.mark, repeat(n, op.none), op.tuple)),
  pickleCase('values beyond the limit', 15_000_000, (n) => proto2(call, op.mark, repeat(n, op.none), op.tuple), 1),
  pickleCase('POP and DUP storm', 100_000, (n) => proto2(op.none, repeat(n, op.dup, op.pop))),
  pickleCase('DUP of a global and POP', 100_000, (n) => proto2(op.global('os', 'system'), repeat(n, op.dup, op.pop))),
  pickleCase('result of a call, DUP and POP', 100_000, (n) => proto2(call, repeat(n, op.dup, op.pop))),

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
  pickleCase('MEMOIZE', 250_000, (n) => proto4(op.none, repeat(n, op.memoize))),
  pickleCase('MEMOIZE, far beyond honest numbers', 20_000_000, (n) => proto4(op.none, repeat(n, op.memoize)), 1),
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
];
