import { Budget, DEFAULT_LIMITS, type Limits } from '../src/bytes/budget.js';
import { memorySource, type ByteSource } from '../src/bytes/source.js';
import { namesFor } from '../src/pickle/names.js';
import { IN_FINDINGS } from '../src/rules/standing.js';
import type { PickleInput } from '../src/streams/stream-result.js';
import type { StreamRole } from '../src/model/fact.js';
import { portablePlatform } from '../src/platform.js';

/** One opcode with its argument, as bytes. */
export type Op = Uint8Array;

const encoder = new TextEncoder();

function op1(code: number, ...parts: readonly (Uint8Array | readonly number[])[]): Op {
  return joined([
    Uint8Array.of(code),
    ...parts.map((part) => (part instanceof Uint8Array ? part : Uint8Array.from(part))),
  ]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Little-endian. */
function le(value: number | bigint, width: number): Uint8Array {
  let rest = BigInt.asUintN(width * 8, BigInt(value));
  return Uint8Array.from({ length: width }, () => {
    const byte = Number(rest & 0xffn);
    rest >>= 8n;
    return byte;
  });
}

function bytesOf(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? encoder.encode(value) : value;
}

function line(text: string | Uint8Array): Uint8Array {
  return joined([bytesOf(text), Uint8Array.of(10)]);
}

function sized(code: number, width: number) {
  /** `declared`: what the length field says, when not the length of the data. */
  return (data: string | Uint8Array, declared?: number | bigint): Op => {
    const bytes = bytesOf(data);
    return op1(code, le(declared ?? bytes.length, width), bytes);
  };
}

function float(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return bytes;
}

/** Every opcode, by the name that `pickletools` gives it. */
export const op = {
  mark: op1(0x28),
  emptyTuple: op1(0x29),
  stop: op1(0x2e),
  pop: op1(0x30),
  popMark: op1(0x31),
  dup: op1(0x32),
  binBytes: sized(0x42, 4),
  shortBinBytes: sized(0x43, 1),
  float: (text: string): Op => op1(0x46, line(text)),
  binFloat: (value: number): Op => op1(0x47, float(value)),
  int: (text: string): Op => op1(0x49, line(text)),
  binInt: (value: number): Op => op1(0x4a, le(value, 4)),
  binInt1: (value: number): Op => op1(0x4b, [value]),
  long: (text: string): Op => op1(0x4c, line(text)),
  binInt2: (value: number): Op => op1(0x4d, le(value, 2)),
  none: op1(0x4e),
  persId: (text: string | Uint8Array): Op => op1(0x50, line(text)),
  binPersId: op1(0x51),
  reduce: op1(0x52),
  string: (quoted: string | Uint8Array): Op => op1(0x53, line(quoted)),
  binString: sized(0x54, 4),
  shortBinString: sized(0x55, 1),
  unicode: (text: string | Uint8Array): Op => op1(0x56, line(text)),
  binUnicode: sized(0x58, 4),
  emptyList: op1(0x5d),
  append: op1(0x61),
  build: op1(0x62),
  global: (module: string | Uint8Array, name: string | Uint8Array): Op => op1(0x63, line(module), line(name)),
  dict: op1(0x64),
  appends: op1(0x65),
  get: (text: string): Op => op1(0x67, line(text)),
  binGet: (slot: number): Op => op1(0x68, [slot]),
  inst: (module: string, name: string): Op => op1(0x69, line(module), line(name)),
  longBinGet: (slot: number): Op => op1(0x6a, le(slot, 4)),
  list: op1(0x6c),
  obj: op1(0x6f),
  put: (text: string): Op => op1(0x70, line(text)),
  binPut: (slot: number): Op => op1(0x71, [slot]),
  longBinPut: (slot: number): Op => op1(0x72, le(slot, 4)),
  setItem: op1(0x73),
  tuple: op1(0x74),
  setItems: op1(0x75),
  emptyDict: op1(0x7d),
  proto: (version: number): Op => op1(0x80, [version]),
  newObj: op1(0x81),
  ext1: (code: number): Op => op1(0x82, [code]),
  ext2: (code: number): Op => op1(0x83, le(code, 2)),
  ext4: (code: number): Op => op1(0x84, le(code, 4)),
  tuple1: op1(0x85),
  tuple2: op1(0x86),
  tuple3: op1(0x87),
  newTrue: op1(0x88),
  newFalse: op1(0x89),
  long1: sized(0x8a, 1),
  long4: sized(0x8b, 4),
  shortBinUnicode: sized(0x8c, 1),
  binUnicode8: sized(0x8d, 8),
  binBytes8: sized(0x8e, 8),
  emptySet: op1(0x8f),
  addItems: op1(0x90),
  frozenSet: op1(0x91),
  newObjEx: op1(0x92),
  stackGlobal: op1(0x93),
  memoize: op1(0x94),
  /** A frame around opcodes; `length` is what it declares, when not their length. */
  frame: (ops: readonly Op[], length?: number | bigint): Op => {
    const body = joined(ops);
    return op1(0x95, le(length ?? body.length, 8), body);
  },
  byteArray8: sized(0x96, 8),
  nextBuffer: op1(0x97),
  readonlyBuffer: op1(0x98),
} as const;

/** A stream of opcodes. No spread: there may be more of them than a call takes arguments. */
export function pickleOf(ops: readonly Op[]): Uint8Array {
  return joined(ops);
}

export function pickle(...ops: readonly Op[]): Uint8Array {
  return joined(ops);
}

/** How joblib makes the wrapper of an array: its class, then what makes an instance of it. */
export const WRAPPER_CLASS = op.global('joblib.numpy_pickle', 'NumpyArrayWrapper');
const FRESH_WRAPPER: readonly Op[] = [op.emptyTuple, op.newObj];

/** The wrapper of an array of one item, whose dtype has this code; the array's bytes follow. */
export function arrayWrapper(
  code: string,
  {
    cls = WRAPPER_CLASS,
    made = FRESH_WRAPPER,
    more = [],
  }: { cls?: Op; made?: readonly Op[]; more?: readonly Op[] } = {},
): Op {
  return pickle(
    cls,
    ...made,
    op.emptyDict,
    op.mark,
    op.binUnicode('shape'),
    op.binInt1(1),
    op.tuple1,
    op.binUnicode('dtype'),
    op.global('numpy', 'dtype'),
    op.binUnicode(code),
    op.tuple1,
    op.reduce,
    ...more,
    op.setItems,
    op.build,
  );
}

export function repeat(count: number, ...ops: readonly Op[]): Op {
  const once = joined(ops);
  const bytes = new Uint8Array(once.length * count);
  for (let i = 0; i < count; i += 1) bytes.set(once, i * once.length);
  return bytes;
}

/** Answers later, as a network does, and lends nothing that lasts. */
export function trickle(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => {
      await Promise.resolve();
      return bytes.slice(offset, Math.min(offset + length, bytes.length));
    },
  };
}

export interface InputOptions {
  readonly role?: StreamRole;
  readonly limits?: Partial<Limits>;
}

/** What `analyseStream` wants of bytes in memory. */
export function inputOf(
  bytes: Uint8Array | ByteSource,
  { role = 'plain', limits = {} }: InputOptions = {},
): PickleInput {
  const source = bytes instanceof Uint8Array ? memorySource(bytes) : bytes;
  return {
    path: 'm.pkl',
    source,
    role,
    names: namesFor(IN_FINDINGS),
    digests: true,
    budget: new Budget({ ...DEFAULT_LIMITS, ...limits }, portablePlatform),
  };
}
