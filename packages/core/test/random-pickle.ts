import { op, pickleOf, type Op } from './kit.js';

/** Gives numbers from 0 up to and without `below`. */
export type Random = (below: number) => number;

/** mulberry32: small, fast and the same everywhere. */
export function seeded(seed: number): Random {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000) * below);
  };
}

const WORDS = [
  'os',
  'system',
  'builtins',
  'getattr',
  'numpy',
  'dtype',
  'ndarray',
  'collections',
  'OrderedDict',
  'copyreg',
  '_reconstructor',
  'object',
  '_codecs',
  'encode',
  'torch',
  'FloatStorage',
  'storage',
  '0',
  'cpu',
  'a.b',
  'pickle',
  'loads',
  'f8',
  '',
  'é',
  '\u{1f600}',
  'x y',
  'latin1',
];
const MODULES = [
  'os',
  'builtins',
  '__builtin__',
  'numpy',
  'collections',
  'copyreg',
  'copy_reg',
  '_codecs',
  'torch',
  'torch._utils',
  'joblib.numpy_pickle',
  'pickle',
  'a.b',
];
const NAMES = [
  'system',
  'getattr',
  'dtype',
  'ndarray',
  'OrderedDict',
  '_reconstructor',
  'object',
  'encode',
  'FloatStorage',
  '_rebuild_tensor_v2',
  'NumpyArrayWrapper',
  'loads',
  'C.D',
];
const NUMBERS = [
  '0',
  '1',
  '-1',
  '00',
  '01',
  '0x1f',
  '1_0',
  ' 7',
  '12345678901234567890',
  '1L',
  '',
  'x',
  '1.5',
  '-0',
  '1e5',
  'nan',
];
const BYTES = [
  '',
  'abc',
  'é',
  new Uint8Array(300),
  Uint8Array.of(0x80, 2, 0x4e, 0x2e),
  Uint8Array.of(0xff, 0xfe),
  'N.',
];

const pick = <T>(random: Random, from: readonly T[]): T => from[random(from.length)] as T;

/** How many values and marks a stream has by now: enough to choose opcodes that mostly work. */
interface Shape {
  depth: number;
  readonly marks: number[];
  memo: number;
}

type Make = (random: Random) => Op;

const CONSTANTS: readonly Make[] = [
  () => op.none,
  () => op.newTrue,
  () => op.newFalse,
  (random) => op.binInt1(random(256)),
  (random) => op.binInt2(random(65_536)),
  (random) => op.binInt(random(2 ** 32) - 2 ** 31),
  (random) => op.int(pick(random, NUMBERS)),
  (random) => op.long(pick(random, NUMBERS)),
  (random) => op.float(pick(random, NUMBERS)),
  (random) => op.binFloat(random(1000) / 7),
  (random) => op.long1(new Uint8Array(random(12)).fill(random(256))),
  (random) => op.long4(new Uint8Array(random(12)).fill(random(256))),
  (random) => op.string(pick(random, ["'os'", '"a\\x41"', "'\\101'", "'é'", "'", 'os', "''"])),
  (random) => op.binString(pick(random, BYTES)),
  (random) => op.shortBinString(pick(random, WORDS)),
  (random) => op.unicode(pick(random, ['os', '\\u0041', '\\', 'é', '\\U0001f600', '\\u12'])),
  (random) => op.binUnicode(pick(random, WORDS)),
  (random) => op.shortBinUnicode(pick(random, WORDS)),
  (random) => op.binUnicode8(pick(random, WORDS)),
  (random) => op.binBytes(pick(random, BYTES)),
  (random) => op.shortBinBytes(pick(random, WORDS)),
  (random) => op.binBytes8(pick(random, BYTES)),
  (random) => op.byteArray8(pick(random, BYTES)),
  () => op.emptyTuple,
  () => op.emptyList,
  () => op.emptyDict,
  () => op.emptySet,
  () => op.nextBuffer,
  (random) => op.persId(pick(random, WORDS)),
  (random) => op.global(pick(random, MODULES), pick(random, NAMES)),
  (random) => op.global(pick(random, MODULES), pick(random, NAMES)),
  (random) => op.ext1(random(256)),
  (random) => op.ext2(random(65_536)),
  (random) => op.ext4(random(2 ** 31)),
];

/** One opcode that the shape allows most of the time, and what it does to the shape. */
function next(random: Random, shape: Shape): Op {
  const floor = shape.marks.at(-1) ?? 0;
  const there = shape.depth - floor;
  const take = (from: number, to: number, code: Op): Op => {
    shape.depth += to - from;
    return code;
  };
  const toMark = (code: Op, result: number): Op => {
    shape.depth = (shape.marks.pop() ?? 0) + result;
    return code;
  };
  const choice = random(100);
  if (choice < 3) return op.proto(random(7));
  if (choice < 10) {
    shape.marks.push(shape.depth);
    return op.mark;
  }
  if (shape.marks.length > 0 && choice < 22) {
    switch (random(10)) {
      case 0:
        return toMark(op.popMark, 0);
      case 1:
        return toMark(op.list, 1);
      case 2:
        return toMark(op.dict, 1);
      case 3:
        return toMark(op.frozenSet, 1);
      case 4:
        return toMark(op.appends, 0);
      case 5:
        return toMark(op.setItems, 0);
      case 6:
        return toMark(op.addItems, 0);
      case 7:
        return toMark(op.obj, 1);
      case 8:
        return toMark(op.inst(pick(random, MODULES), pick(random, NAMES)), 1);
      default:
        return toMark(op.tuple, 1);
    }
  }
  if (there >= 1 && choice < 45) {
    switch (random(12)) {
      case 0:
        return take(1, 2, op.dup);
      case 1:
        return take(1, 0, op.pop);
      case 2:
        return take(1, 1, op.tuple1);
      case 3:
        return take(1, 1, op.binPersId);
      case 4:
        return op.readonlyBuffer;
      case 5:
      case 6:
        shape.memo += 1;
        return op.memoize;
      case 7:
        return op.binPut(random(8));
      case 8:
        return op.longBinPut(random(20) === 0 ? 0x7000_0000 : random(12));
      case 9:
        return op.put(random(10) === 0 ? pick(random, NUMBERS) : String(random(8)));
      case 10:
        return op.binGet(random(8));
      default:
        return take(0, 1, random(2) === 0 ? op.longBinGet(random(12)) : op.get(String(random(8))));
    }
  }
  if (there >= 2 && choice < 68) {
    switch (random(10)) {
      case 0:
        return take(2, 1, op.tuple2);
      case 1:
        return take(2, 1, op.append);
      case 2:
        return take(2, 1, op.newObj);
      case 3:
        return take(2, 1, op.build);
      case 4:
      case 5:
      case 6:
        return take(2, 1, op.reduce);
      default:
        return take(2, 1, op.stackGlobal);
    }
  }
  if (there >= 3 && choice < 74) return take(3, 1, pick(random, [op.tuple3, op.setItem, op.newObjEx]));
  return take(0, 1, pick(random, CONSTANTS)(random));
}

/** Opcodes that mostly fit together, from every protocol. */
export function randomOps(random: Random, length: number): Op[] {
  const shape: Shape = { depth: 0, marks: [], memo: 0 };
  const ops: Op[] = [];
  while (ops.length < length) {
    if (random(25) === 0) {
      // A frame around the next few, right or wrong by some bytes.
      const inside = Array.from({ length: 1 + random(4) }, () => next(random, shape));
      const right = inside.reduce((sum, one) => sum + one.length, 0);
      ops.push(op.frame(inside, random(3) === 0 ? Math.max(0, right + random(9) - 4) : right));
    } else ops.push(next(random, shape));
  }
  return ops;
}

/** A whole stream; one in some has no STOP. */
export function randomPickle(random: Random, length: number): Uint8Array {
  const ops = randomOps(random, length);
  const head = random(4) === 0 ? [] : [op.proto(random(6))];
  return pickleOf([...head, ...ops, ...(random(12) === 0 ? [] : [op.stop])]);
}
