import { op, pickle, type Op } from '../../packages/core/test/kit.js';
import { randomOps, type Random } from '../../packages/core/test/random-pickle.js';

const CODES = ['f8', 'i4', 'O', 'O8', 'U3', 'S5', 'V16', 'M8', '?', 'b', '', 'f', 'x9', 'i9999999', '<f8', 'M8[ns]'];
const CLASSES = [
  ['joblib.numpy_pickle', 'NumpyArrayWrapper'],
  ['joblib.numpy_pickle_compat', 'NDArrayWrapper'],
  ['joblib.numpy_pickle', 'NDArrayWrapper'],
  ['joblib.numpy_pickle_compat', 'ZNDArrayWrapper'],
  ['sklearn.externals.joblib.numpy_pickle', 'NumpyArrayWrapper'],
  ['joblib.numpy_pickle', 'Other'],
] as const;

const pick = <T>(random: Random, from: readonly T[]): T => from[random(from.length)] as T;

function size(random: Random): Op {
  return pick(random, [
    op.binInt1(random(6)),
    op.binInt1(random(6)),
    op.binInt(-1),
    op.long1(new Uint8Array(9).fill(0x7f)),
    op.newTrue,
    op.none,
    op.shortBinUnicode('3'),
  ]);
}

function dtype(random: Random): Op {
  const made = pickle(
    op.global('numpy', 'dtype'),
    op.shortBinUnicode(pick(random, CODES)),
    op.newFalse,
    op.newTrue,
    op.tuple3,
    op.reduce,
  );
  if (random(4) === 0) return made;
  return pickle(
    made,
    op.mark,
    op.binInt1(3),
    op.shortBinUnicode(pick(random, ['<', '|', '>'])),
    op.none,
    op.none,
    op.none,
    random(3) === 0 ? size(random) : op.binInt(-1),
    op.binInt(-1),
    op.binInt1(pick(random, [0, 0, 63, 1, 255])),
    op.tuple,
    op.build,
  );
}

/** One wrapper, the array behind it, or what replaces it. */
function wrapper(random: Random): Op {
  const [module, name] = pick(random, CLASSES);
  const keys: Op[] = [];
  const add = (key: string, value: Op): void => {
    if (random(12) > 0) keys.push(op.shortBinUnicode(key), value);
  };
  add('subclass', op.global('numpy', 'ndarray'));
  add('shape', pickle(op.mark, ...Array.from({ length: random(4) }, () => size(random)), op.tuple));
  add('order', op.shortBinUnicode('C'));
  add('dtype', dtype(random));
  add('allow_mmap', op.newTrue);
  if (random(2) === 0) add('numpy_array_alignment_bytes', pick(random, [op.binInt1(16), op.none, size(random)]));
  if (random(6) === 0) add('filename', op.shortBinUnicode('m.pkl_01.npy'));
  const data = pick(random, [
    new Uint8Array(random(100)),
    pickle(Uint8Array.of(random(20)), new Uint8Array(random(120))),
    pickle(op.proto(2), ...randomOps(random, random(8)), op.stop),
  ]);
  return pickle(
    op.global(module, name),
    op.emptyTuple,
    random(8) === 0 ? op.reduce : op.newObj,
    op.emptyDict,
    op.mark,
    ...keys,
    op.setItems,
    op.build,
    data,
  );
}

/** joblib's file: opcodes with arrays between them. */
export function randomJoblib(random: Random): Uint8Array {
  const parts: Op[] = [op.proto(random(6)), op.emptyList, op.mark];
  for (let i = 0; i <= random(3); i += 1) parts.push(wrapper(random), ...randomOps(random, random(5)));
  return pickle(...parts, op.appends, op.stop);
}
