import { describe, expect, test } from 'vitest';
import { budgetOf } from '../../../test/open-container.js';
import { bytesOf, concat, zipOf, type ZipOptions } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { op, pickle } from '../../../test/kit.js';
import { reportOf } from '../../../test/look-kit.js';
import { joinedCheckpoints } from './joined-checkpoints.js';

const checkpoint = (data: Uint8Array, first = 'archive/data.pkl'): Uint8Array =>
  zipOf([
    { name: first, data },
    { name: 'archive/version', data: bytesOf('3') },
  ]);
/** As PyTorch's writer ends an archive of many gigabytes: with a zip64 record, its locator, and an end record without offset. */
const wide = (values: ZipOptions['zip64Values'] = {}): Uint8Array =>
  zipOf(
    [
      { name: 'archive/data.pkl', data: pickle(op.proto(2), op.emptyDict, op.stop) },
      { name: 'archive/version', data: bytesOf('3') },
    ],
    { zip64: true, zip64Values: values, end: { offset: 0xffffffff } },
  );
const plain = checkpoint(pickle(op.proto(2), op.emptyDict, op.stop));
const longer = checkpoint(pickle(op.proto(2), op.emptyDict, op.binUnicode('a'), op.none, op.setItem, op.stop));
const partsOf = (...parts: Uint8Array[]) => joinedCheckpoints(memorySource(concat(...parts)), budgetOf());

describe('a file of checkpoints', () => {
  test('consists of them', async () => {
    expect(await partsOf(plain, longer, plain)).toEqual([
      { start: 0, end: plain.length },
      { start: plain.length, end: plain.length + longer.length },
      { start: plain.length + longer.length, end: 2 * plain.length + longer.length },
    ]);
  });

  test('may have zip64 records', async () => {
    const size = wide().length;
    expect(await partsOf(wide(), plain, wide())).toEqual([
      { start: 0, end: size },
      { start: size, end: size + plain.length },
      { start: size + plain.length, end: 2 * size + plain.length },
    ]);
  });

  test.each([
    ['an offset that leads before the file', { offset: 100_000 }],
    ['a locator that leads elsewhere', { recordOffset: 1 }],
    ['a directory of another size', { size: 1 }],
  ])('has no zip64 record with %s', async (_, values) => {
    expect(await partsOf(plain, wide(values))).toBeNull();
  });

  test.each([
    ['one', [plain]],
    ['a byte before them', [Uint8Array.of(0), plain, plain]],
    ['one that says that a comment follows', [plain, plain.with(plain.length - 2, 1)]],
    ['a byte between them', [plain, Uint8Array.of(0), plain]],
    ['a byte behind them', [plain, plain, Uint8Array.of(0)]],
    ['another archive among them', [plain, checkpoint(new Uint8Array(3), 'other/file'), plain]],
    ['nothing', []],
  ])('is not made of %s', async (_, parts) => {
    expect(await partsOf(...parts)).toBeNull();
  });

  test('is none where a reader that counts from the start of the file finds a further directory', async () => {
    // The directory of the last one lies `offset` bytes behind its start; there, in the first, lies another.
    const offset = new DataView(plain.buffer, plain.byteOffset).getUint32(plain.length - 6, true);
    const data = new Uint8Array(400);
    const name = 30 + 'archive/data.pkl'.length;
    data.set(bytesOf('PK\x01\x02'), offset - name);
    expect(await partsOf(checkpoint(data), plain)).toBeNull();
    data.set(bytesOf('PKxx'), offset - name);
    expect(await partsOf(checkpoint(data), plain)).toHaveLength(2);
  });

  test('is no ambiguous archive', async () => {
    const report = await reportOf('a.distcp', concat(plain, longer, plain));
    expect([report.findings, report.incomplete]).toEqual([[], []]);
    expect(report.artifacts[0]?.format).toBe('torch-joined');
  });

  test('is looked at part by part, and is ambiguous where one names more than checkpoints do', async () => {
    const hostile = checkpoint(pickle(op.proto(2), op.global('marked', 'f'), op.stop));
    const report = await reportOf('a.distcp', concat(plain, hostile, longer));
    expect(report.findings.map((finding) => finding.ruleId)).toEqual([
      'TORCH-LOAD-UNTRUSTED',
      'ARCHIVE-AMBIGUOUS',
      'PICKLE-GLOBAL-IMPORT',
    ]);
    expect(report.findings[2]?.location.path).toBe(`a.distcp![checkpoint @${plain.length}]!archive/data.pkl`);
    expect(report.incomplete).toEqual([]);
  });
});
