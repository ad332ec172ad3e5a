import { describe, expect, test } from 'vitest';
import { reportOf } from '../../../test/look-kit.js';
import { op, pickle, type Op } from '../../../test/kit.js';
import { bytesOf, zipOf } from '../../../test/zip-builder.js';

/*
 * The streams of a legacy checkpoint are read as torch does and as plain pickle does, again and again with one unpickler: to
 * that one the memo has two texts more, so that the names of the object are others, and a persistent ID is none of torch's.
 */
const text = (value: string): Op => op.binUnicode(value);
const storage = pickle(
  op.mark,
  text('storage'),
  op.global('torch', 'FloatStorage'),
  text('0'),
  text('cpu'),
  op.binInt1(1),
  op.none,
  op.tuple,
  op.binPersId,
);

function legacy(module: string, name: string): Uint8Array {
  const memoized = [op.shortBinUnicode(module), op.memoize, op.pop, op.shortBinUnicode(name), op.memoize, op.pop];
  const named = [
    op.shortBinUnicode('collections'),
    op.memoize,
    op.shortBinUnicode('OrderedDict'),
    op.memoize,
    op.pop,
    op.pop,
    op.binGet(0),
    op.binGet(1),
    op.stackGlobal,
    op.emptyTuple,
    op.reduce,
  ];
  const magic = Uint8Array.of(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19);
  return pickle(
    pickle(op.proto(2), magic, op.stop),
    pickle(op.proto(4), ...memoized, op.binInt(1001), op.stop),
    pickle(op.proto(2), op.emptyDict, op.stop),
    pickle(op.proto(4), op.mark, ...named, storage, op.tuple, op.stop),
    pickle(op.proto(2), op.emptyList, op.mark, text('0'), op.appends, op.stop),
    Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
  );
}

describe('a legacy checkpoint that an unpickler which is used again reads otherwise', () => {
  test('has what that one looks up, and a persistent ID outside a checkpoint', async () => {
    const { findings } = await reportOf('a.pt', legacy('posix', 'system'));
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['TORCH-LOAD-UNTRUSTED', 'PICKLE-STRUCT', 'PICKLE-EXEC']);
    expect(findings[1]?.message).toContain('outside a torch checkpoint');
  });

  test('is as suspicious within another one, with names that are harmless', async () => {
    const inside = legacy('collections', 'Counter');
    const own = pickle(
      op.proto(2),
      op.mark,
      text('storage'),
      op.global('torch', 'ByteStorage'),
      text('0'),
      text('cpu'),
      op.binInt(inside.length),
      op.tuple,
      op.binPersId,
      op.stop,
    );
    const zip = zipOf([
      { name: 'archive/data.pkl', data: own },
      { name: 'archive/byteorder', data: bytesOf('little') },
      { name: 'archive/data/0', data: inside },
      { name: 'archive/version', data: bytesOf('3\n') },
    ]);
    const { findings } = await reportOf('a.pt', zip);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['PICKLE-STRUCT']);
    expect(findings[0]?.location.path).toBe('a.pt!archive/data/0');
  });
});
