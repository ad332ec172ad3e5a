/**
 * The one table of pickle opcodes: code, name, protocol that introduced it, shape of its argument.
 * Source: CPython Lib/pickle.py (protocols 0-5) and the readers' behaviour noted there.
 */

/** How an opcode's argument lies in the stream. */
export type Argument =
  | 'none'
  | 'u1'
  | 'u2'
  | 'i4'
  | 'u8'
  | 'f8'
  | 'line'
  | 'two-lines'
  | 'text1' // length in 1 byte, then that many bytes, read at one go
  | 'text4'
  | 'text8'
  | 'bytes1' // the same, but copied piece by piece (see frames.ts: it matters at the end of a frame)
  | 'bytes4'
  | 'bytes8';

export interface Opcode {
  readonly code: number;
  readonly name: string;
  readonly protocol: number;
  readonly argument: Argument;
}

const ROWS: readonly (readonly [number, string, number, Argument])[] = [
  [0x28, 'MARK', 0, 'none'],
  [0x29, 'EMPTY_TUPLE', 1, 'none'],
  [0x2e, 'STOP', 0, 'none'],
  [0x30, 'POP', 0, 'none'],
  [0x31, 'POP_MARK', 1, 'none'],
  [0x32, 'DUP', 0, 'none'],
  [0x42, 'BINBYTES', 3, 'bytes4'],
  [0x43, 'SHORT_BINBYTES', 3, 'bytes1'],
  [0x46, 'FLOAT', 0, 'line'],
  [0x47, 'BINFLOAT', 1, 'f8'],
  [0x49, 'INT', 0, 'line'],
  [0x4a, 'BININT', 1, 'i4'],
  [0x4b, 'BININT1', 1, 'u1'],
  [0x4c, 'LONG', 0, 'line'],
  [0x4d, 'BININT2', 1, 'u2'],
  [0x4e, 'NONE', 0, 'none'],
  [0x50, 'PERSID', 0, 'line'],
  [0x51, 'BINPERSID', 1, 'none'],
  [0x52, 'REDUCE', 0, 'none'],
  [0x53, 'STRING', 0, 'line'],
  [0x54, 'BINSTRING', 1, 'text4'],
  [0x55, 'SHORT_BINSTRING', 1, 'text1'],
  [0x56, 'UNICODE', 0, 'line'],
  [0x58, 'BINUNICODE', 1, 'text4'],
  [0x5d, 'EMPTY_LIST', 1, 'none'],
  [0x61, 'APPEND', 0, 'none'],
  [0x62, 'BUILD', 0, 'none'],
  [0x63, 'GLOBAL', 0, 'two-lines'],
  [0x64, 'DICT', 0, 'none'],
  [0x65, 'APPENDS', 1, 'none'],
  [0x67, 'GET', 0, 'line'],
  [0x68, 'BINGET', 1, 'u1'],
  [0x69, 'INST', 0, 'two-lines'],
  [0x6a, 'LONG_BINGET', 1, 'i4'],
  [0x6c, 'LIST', 0, 'none'],
  [0x6f, 'OBJ', 1, 'none'],
  [0x70, 'PUT', 0, 'line'],
  [0x71, 'BINPUT', 1, 'u1'],
  [0x72, 'LONG_BINPUT', 1, 'i4'],
  [0x73, 'SETITEM', 0, 'none'],
  [0x74, 'TUPLE', 0, 'none'],
  [0x75, 'SETITEMS', 1, 'none'],
  [0x7d, 'EMPTY_DICT', 1, 'none'],
  [0x80, 'PROTO', 2, 'u1'],
  [0x81, 'NEWOBJ', 2, 'none'],
  [0x82, 'EXT1', 2, 'u1'],
  [0x83, 'EXT2', 2, 'u2'],
  [0x84, 'EXT4', 2, 'i4'],
  [0x85, 'TUPLE1', 2, 'none'],
  [0x86, 'TUPLE2', 2, 'none'],
  [0x87, 'TUPLE3', 2, 'none'],
  [0x88, 'NEWTRUE', 2, 'none'],
  [0x89, 'NEWFALSE', 2, 'none'],
  [0x8a, 'LONG1', 2, 'text1'],
  [0x8b, 'LONG4', 2, 'text4'],
  [0x8c, 'SHORT_BINUNICODE', 4, 'text1'],
  [0x8d, 'BINUNICODE8', 4, 'text8'],
  [0x8e, 'BINBYTES8', 4, 'bytes8'],
  [0x8f, 'EMPTY_SET', 4, 'none'],
  [0x90, 'ADDITEMS', 4, 'none'],
  [0x91, 'FROZENSET', 4, 'none'],
  [0x92, 'NEWOBJ_EX', 4, 'none'],
  [0x93, 'STACK_GLOBAL', 4, 'none'],
  [0x94, 'MEMOIZE', 4, 'none'],
  [0x95, 'FRAME', 4, 'u8'],
  [0x96, 'BYTEARRAY8', 5, 'bytes8'],
  [0x97, 'NEXT_BUFFER', 5, 'none'],
  [0x98, 'READONLY_BUFFER', 5, 'none'],
];

const TABLE: (Opcode | undefined)[] = Array.from({ length: 256 });
for (const [code, name, protocol, argument] of ROWS) TABLE[code] = { code, name, protocol, argument };

export function opcode(code: number): Opcode | undefined {
  return TABLE[code];
}

const LAYOUT: Readonly<Record<Argument, readonly [fixed: number, length: number, lines: number]>> = {
  none: [0, 0, 0],
  u1: [1, 0, 0],
  u2: [2, 0, 0],
  i4: [4, 0, 0],
  u8: [8, 0, 0],
  f8: [8, 0, 0],
  line: [0, 0, 1],
  'two-lines': [0, 0, 2],
  text1: [0, 1, 0],
  text4: [0, 4, 0],
  text8: [0, 8, 0],
  bytes1: [0, 1, 0],
  bytes4: [0, 4, 0],
  bytes8: [0, 8, 0],
};
const layout = (part: 0 | 1 | 2): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, code) => LAYOUT[opcode(code)?.argument ?? 'none'][part]);

/** Of each opcode: bytes of an argument of a fixed length, bytes of the length in front of one, lines of text. */
export const FIXED_BYTES = layout(0);
export const LENGTH_BYTES = layout(1);
export const LINES = layout(2);

const NEEDS_VALUES = new Set(
  'STOP POP POP_MARK DUP BINPERSID REDUCE APPEND APPENDS BUILD DICT GET BINGET LONG_BINGET LIST OBJ PUT BINPUT LONG_BINPUT SETITEM SETITEMS TUPLE TUPLE1 TUPLE2 TUPLE3 NEWOBJ NEWOBJ_EX ADDITEMS FROZENSET STACK_GLOBAL MEMOIZE READONLY_BUFFER'.split(
    ' ',
  ),
);

/** Opcodes that do something on an empty stack with an empty memo: they push, mark, or name. Every reader stops at others. */
const STARTERS = new Uint8Array(256);
for (const [code, name] of ROWS) STARTERS[code] = NEEDS_VALUES.has(name) ? 0 : 1;

/** Whether a reader gets over this opcode where it stands first. */
export function canStartStream(code: number): boolean {
  return STARTERS[code] === 1;
}

/** Whether some opcode among these bytes, wherever opcodes begin, names something or ends a stream. */
export function namesOrStops(bytes: Uint8Array): boolean {
  for (const byte of bytes)
    if (byte === 0x2e || byte === 0x63 || byte === 0x69 || byte === 0x93 || (byte >= 0x82 && byte <= 0x84)) return true;
  return false;
}

export const OPCODES: readonly Opcode[] = TABLE.filter((entry) => entry !== undefined);

/** 1 at the codes of these opcodes, whose names are separated by blanks; of all opcodes by default. */
export function opcodesOf(names?: string): Uint8Array {
  const wanted = names?.split(' ');
  const codes = new Uint8Array(256);
  for (const { code, name } of OPCODES) if (wanted === undefined || wanted.includes(name)) codes[code] = 1;
  return codes;
}
