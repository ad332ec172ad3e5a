import { describe, expect, test } from 'vitest';
import { op, pickle, type Op } from '../../../test/kit.js';
import { tarOf } from '../../../test/tar-builder.js';
import { bytesOf, concat, fields, zipOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { scan } from '../../scan.js';

async function prints(bytes: Uint8Array): Promise<readonly string[]> {
  const report = await scan([{ path: 'a.pt', source: memorySource(bytes), size: bytes.length }]);
  const told = report.findings.filter(({ ruleId }) => ruleId !== 'ARCHIVE-AMBIGUOUS');
  expect(told.length).toBeGreaterThan(0);
  for (const { covers } of told) expect(covers).toBe('effects');
  return told.map(({ ruleId, fingerprint }) => `${ruleId} ${fingerprint}`).toSorted();
}

/** Findings of one that stand for one of the other as well. */
async function shared(one: Uint8Array, other: Uint8Array): Promise<readonly string[]> {
  const known = await prints(one);
  return (await prints(other)).filter((print) => known.includes(print));
}

const persistent = (...id: Op[]): Op => pickle(op.mark, ...id, op.tuple, Uint8Array.of(0x51));
/** Runs what a storage holds. */
const runs = (storage: Op): Uint8Array =>
  pickle(
    op.proto(2),
    op.global('builtins', 'exec'),
    op.global('builtins', 'bytes'),
    storage,
    op.tuple1,
    op.reduce,
    op.tuple1,
    op.reduce,
    op.stop,
  );

describe('the fingerprint of a checkpoint', () => {
  const storage = persistent(
    op.binUnicode('storage'),
    op.global('torch', 'ByteStorage'),
    op.binUnicode('0'),
    op.binUnicode('cpu'),
    op.binInt1(2),
  );
  const zipWith = (code: string, order = 'little', isLast = false): Uint8Array => {
    const data = { name: 'a/data/0', data: bytesOf(code) };
    const rest = [
      { name: 'a/data.pkl', data: runs(storage) },
      { name: 'a/byteorder', data: bytesOf(order) },
      { name: 'a/version', data: bytesOf('3') },
    ];
    return zipOf(isLast ? [...rest, data] : [data, ...rest]);
  };

  test('changes with a storage, which the pickle may run', async () => {
    expect(await shared(zipWith('f()'), zipWith('g()'))).toEqual([]);
  });

  test('changes with the order of the bytes in it', async () => {
    expect(await shared(zipWith('f()'), zipWith('f()', 'big'))).toEqual([]);
  });

  test('stays with the order of the records', async () => {
    expect(await prints(zipWith('f()', 'little', true))).toEqual(await prints(zipWith('f()')));
  });

  test('in tar format changes with the other members', async () => {
    const tarWith = (code: string): Uint8Array =>
      tarOf(
        { name: 'pickle', data: runs(pickle(op.binUnicode('1'), Uint8Array.of(0x51))) },
        {
          name: 'storages',
          data: concat(
            pickle(op.proto(2), op.binInt1(1), op.stop),
            pickle(
              op.proto(2),
              pickle(op.binUnicode('0'), op.binUnicode('cpu'), op.global('torch', 'ByteStorage'), op.tuple3),
              op.stop,
            ),
            fields([code.length, 8]),
            bytesOf(code),
            pickle(op.proto(2), op.emptyList, op.stop),
          ),
        },
        { name: 'tensors', data: pickle(op.proto(2), op.binInt1(0), op.stop) },
      );
    expect(await shared(tarWith('f()'), tarWith('g()'))).toEqual([]);
  });
});

test('the fingerprint of a package changes with the modules in it', async () => {
  const net = pickle(op.proto(2), op.global('own', 'Net'), op.mark, op.tuple, op.reduce, op.stop);
  const packageWith = (source: string): Uint8Array =>
    zipOf([
      { name: 'p/.data/extern_modules', data: bytesOf('') },
      { name: 'p/model/model.pkl', data: net },
      { name: 'p/own.py', data: bytesOf(source) },
    ]);
  expect(await shared(packageWith('class Net: pass'), packageWith('class Net: f()'))).toEqual([]);
});
