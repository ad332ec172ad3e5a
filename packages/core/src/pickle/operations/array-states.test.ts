import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, type Op } from '../../../test/kit.js';
import { analyseStream } from '../../streams/stream.js';

const bytes = (text: string): Op => op.shortBinBytes(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));

/** A dtype with the state that numpy writes, of its code. */
function dtype(code: string, parts: readonly Op[]): Op {
  const made = [op.global('numpy', 'dtype'), op.binUnicode(code), op.binInt1(0), op.binInt1(1), op.tuple3, op.reduce];
  return pickle(...made, op.mark, ...parts, op.tuple, op.build);
}
const rest = (flags: number): readonly Op[] => [
  op.none,
  op.none,
  op.none,
  op.binInt(-1),
  op.binInt(-1),
  op.binInt1(flags),
];
const FLOATS = dtype('f8', [op.binInt1(3), op.binUnicode('<'), ...rest(0)]);
const OBJECTS = dtype('O8', [op.binInt1(3), op.binUnicode('|'), ...rest(63)]);
const UNIT = pickle(
  op.emptyDict,
  op.mark,
  bytes('ns'),
  op.binInt1(1),
  op.binInt1(1),
  op.binInt1(1),
  op.tuple,
  op.tuple2,
);
const TIMES = dtype('M8', [op.binInt1(4), op.binUnicode('<'), ...rest(0), UNIT]);

function array(type: Op, shape: Op, data: Op): Op {
  const made = [op.global('numpy._core.multiarray', '_reconstruct'), op.global('numpy', 'ndarray')];
  const empty = [op.binInt1(0), op.tuple1, bytes('b'), op.tuple3, op.reduce];
  return pickle(...made, ...empty, op.mark, op.binInt1(1), shape, type, op.newFalse, data, op.tuple, op.build);
}
const ONE = pickle(op.binInt1(1), op.tuple1);

async function signals(...ops: readonly Op[]): Promise<readonly string[]> {
  const result = await analyseStream(inputOf(pickle(op.proto(4), ...ops, op.stop)), 0);
  expect(result.stream.end).toBe('stop');
  return result.facts.flatMap((fact) => (fact.kind === 'pickle.structure' ? [fact.signal] : []));
}

/** What is looked at once is looked at again when many like it have been there. */
const REPEATS = [0, 3, 4, 5, 9];

describe.each(REPEATS)('behind %i honest arrays', (count) => {
  const honest = Array.from({ length: count }, () => pickle(array(FLOATS, ONE, bytes('12345678')), op.pop));
  const list = pickle(op.emptyList, op.none, op.append);

  test('an honest one gives nothing', async () => {
    expect(await signals(...honest, array(FLOATS, ONE, bytes('12345678')))).not.toContain('array-state');
    expect(await signals(...honest, array(OBJECTS, ONE, list))).not.toContain('array-state');
    expect(await signals(...honest, array(OBJECTS, op.emptyTuple, list))).not.toContain('array-state');
  });

  test.each([
    ['what a call gave', pickle(op.global('torch', 'Size'), op.binInt2(9999), op.tuple1, op.tuple1, op.reduce)],
    ['a list', pickle(op.emptyList, op.binInt2(9999), op.append)],
    ['two sizes below zero', pickle(op.binInt(-1), op.binInt(-1), op.tuple2)],
    ['another size', pickle(op.binInt1(2), op.tuple1)],
    ['a size that is no number', pickle(op.none, op.tuple1)],
  ])('one of objects whose shape is %s does not fit', async (_what, shape) => {
    expect(await signals(...honest, array(OBJECTS, shape, list))).toContain('array-state');
  });

  test('one of objects that is given bytes does not fit', async () => {
    expect(await signals(...honest, array(OBJECTS, ONE, bytes('12345678')))).toContain('array-state');
  });

  test('one that is made of a shape does not fit', async () => {
    const made = [op.global('numpy._core.multiarray', '_reconstruct'), op.global('numpy', 'ndarray')];
    const full = [op.binInt1(9), op.tuple1, bytes('b'), op.tuple3, op.reduce];
    expect(await signals(...honest, ...made, ...full)).toContain('array-state');
  });
});

describe.each(REPEATS)('behind %i indexes of times', (count) => {
  const index = (data: Op): Op => {
    const made = [op.global('pandas.core.indexes.datetimes', '_new_DatetimeIndex')];
    const cls = op.global('pandas.core.indexes.datetimes', 'DatetimeIndex');
    const given = [op.emptyDict, op.mark, op.binUnicode('data'), data, op.setItems];
    return pickle(...made, cls, ...given, op.tuple2, op.reduce, op.pop);
  };
  const honest = Array.from({ length: count }, () => index(array(TIMES, ONE, bytes('12345678'))));

  test('one of times is honest, one of numbers is not', async () => {
    expect(await signals(...honest, index(array(TIMES, ONE, bytes('12345678'))), op.none)).not.toContain('array-state');
    expect(await signals(...honest, index(array(FLOATS, ONE, bytes('12345678'))), op.none)).toContain('array-state');
  });
});

test('a function of pandas may have any name', async () => {
  const text = 'cpandas.x\ntoString\n0cposix\nsystem\n(Vid\ntR.';
  const { facts } = await analyseStream(inputOf(Uint8Array.from(text, (letter) => letter.charCodeAt(0))), 0);
  const names = facts.flatMap((fact) => (fact.kind === 'pickle.global' ? [`${fact.module}.${fact.name}`] : []));
  expect(names).toEqual(['pandas.x.toString', 'posix.system']);
});
