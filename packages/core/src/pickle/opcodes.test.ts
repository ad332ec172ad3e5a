import { describe, expect, test } from 'vitest';
import {
  canStartStream,
  FIXED_BYTES,
  LENGTH_BYTES,
  LINES,
  namesOrStops,
  opcode,
  OPCODES,
  opcodesOf,
} from './opcodes.js';

/** By the protocol that introduced them, as the sections of CPython's Lib/pickle.py have them. */
const PROTOCOLS = [
  'MARK STOP POP DUP FLOAT INT LONG NONE PERSID REDUCE STRING UNICODE APPEND BUILD GLOBAL DICT GET INST LIST PUT SETITEM TUPLE',
  'EMPTY_TUPLE POP_MARK BINFLOAT BININT BININT1 BININT2 BINPERSID BINSTRING SHORT_BINSTRING BINUNICODE EMPTY_LIST APPENDS BINGET LONG_BINGET OBJ BINPUT LONG_BINPUT SETITEMS EMPTY_DICT',
  'PROTO NEWOBJ EXT1 EXT2 EXT4 TUPLE1 TUPLE2 TUPLE3 NEWTRUE NEWFALSE LONG1 LONG4',
  'BINBYTES SHORT_BINBYTES',
  'SHORT_BINUNICODE BINUNICODE8 BINBYTES8 EMPTY_SET ADDITEMS FROZENSET NEWOBJ_EX STACK_GLOBAL MEMOIZE FRAME',
  'BYTEARRAY8 NEXT_BUFFER READONLY_BUFFER',
];

test.each(PROTOCOLS.map((names, protocol) => [protocol, names] as const))(
  'protocol %i has its opcodes',
  (protocol, names) => {
    const own = OPCODES.filter((one) => one.protocol === protocol).map(({ name }) => name);
    expect(own.toSorted()).toEqual(names.split(' ').toSorted());
  },
);

/** As pickletools describes them: bytes of a fixed argument, bytes of a length, lines. */
const ARGUMENTS: readonly (readonly [string, readonly [number, number, number]])[] = [
  ['BININT1 BINGET BINPUT PROTO EXT1', [1, 0, 0]],
  ['BININT2 EXT2', [2, 0, 0]],
  ['BININT LONG_BINGET LONG_BINPUT EXT4', [4, 0, 0]],
  ['BINFLOAT FRAME', [8, 0, 0]],
  ['FLOAT INT LONG PERSID STRING UNICODE GET PUT', [0, 0, 1]],
  ['GLOBAL INST', [0, 0, 2]],
  ['SHORT_BINBYTES SHORT_BINSTRING SHORT_BINUNICODE LONG1', [0, 1, 0]],
  ['BINBYTES BINSTRING BINUNICODE LONG4', [0, 4, 0]],
  ['BINUNICODE8 BINBYTES8 BYTEARRAY8', [0, 8, 0]],
];

test('each opcode has its argument, all others none', () => {
  const known = new Map(ARGUMENTS.flatMap(([names, shape]) => names.split(' ').map((name) => [name, shape])));
  for (const { code, name } of OPCODES)
    expect([name, FIXED_BYTES[code], LENGTH_BYTES[code], LINES[code]]).toEqual([
      name,
      ...(known.get(name) ?? [0, 0, 0]),
    ]);
  expect([opcode(0), FIXED_BYTES[0], LENGTH_BYTES[255], LINES[1]]).toEqual([undefined, 0, 0, 0]);
});

describe('what bytes begin', () => {
  test.each(['(', '}', ']', 'N', 'K', 'V', 'c', 'i', '\x80', '\x82', '\x8c', '\x8f', '\x95', '\x97'])(
    '%j: a reader gets over it',
    (first) => expect(canStartStream(first.charCodeAt(0))).toBe(true),
  );
  test.each([
    '.',
    '0',
    'R',
    'b',
    'g',
    'h',
    'j',
    'p',
    'q',
    'r',
    's',
    't',
    '\x81',
    '\x85',
    '\x93',
    '\x94',
    '\x98',
    '\0',
    'Z',
  ])('%j: every reader stops', (first) => expect(canStartStream(first.charCodeAt(0))).toBe(false));
});

test('what names something, or ends a stream', () => {
  const found = Array.from({ length: 256 }, (_, code) => code).filter((code) => namesOrStops(Uint8Array.of(0, code)));
  expect(found).toEqual([0x2e, 0x63, 0x69, 0x82, 0x83, 0x84, 0x93]);
  expect(namesOrStops(Uint8Array.of())).toBe(false);
});

test('opcodes by their names', () => {
  const codes = (names?: string): readonly number[] =>
    [...opcodesOf(names)].flatMap((one, code) => (one === 1 ? [code] : []));
  expect(codes('STOP GLOBAL')).toEqual([0x2e, 0x63]);
  expect(codes()).toEqual(OPCODES.map(({ code }) => code));
  expect(OPCODES).toHaveLength(68);
});
