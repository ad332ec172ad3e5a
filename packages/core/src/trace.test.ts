import { expect, test } from 'vitest';
import { op, pickle } from '../test/kit.js';
import { tarOf } from '../test/tar-builder.js';
import { fixture } from '../test/trace-kit.js';
import { bytesOf, concat, zipOf } from '../test/zip-builder.js';
import { memorySource, type ByteSource } from './bytes/source.js';
import { InputError } from './model/errors.js';
import { MAX_REMARKS } from './model/limits.js';
import { portablePlatform } from './platform.js';
import { traceItems, type TraceResult } from './trace.js';

async function remarks(path: string, source: ByteSource): Promise<{ texts: string[]; result: TraceResult }> {
  const texts: string[] = [];
  const items = traceItems(path, source);
  let next = await items.next();
  for (; next.done !== true; next = await items.next())
    if (next.value.kind === 'remark')
      texts.push(`${next.value.path ?? ''}@${next.value.offset ?? ''} ${next.value.text}`);
  return { texts, result: next.value };
}

const NONE = pickle(op.none, op.stop);

test.each([
  ['a.gif', bytesOf('GIF89a'), ' (gif)'],
  ['a.zip', zipOf([{ name: 'a.txt', data: bytesOf('x') }]), ' (zip)'],
  // Of an archive that holds something opaque the format is that of the archive.
  ['a.tar', tarOf({ name: 'a.gif', data: bytesOf('GIF89a') }), ' (tar)'],
  ['a.txt', bytesOf('words'), ''],
])('%s has no pickle, which is said with its format', async (path, bytes, format) => {
  expect(await remarks(path, memorySource(bytes))).toEqual({
    texts: [`${path}@ no pickle in it, so that loading it runs none${format}`],
    result: { complete: true, streams: 0 },
  });
});

test('of what could not be read nothing is said but that', async () => {
  const cut = bytesOf('PK\x03\x04').subarray(0, 4);
  const { texts, result } = await remarks('a.zip', memorySource(cut));
  expect(result).toEqual({ complete: false, streams: 0 });
  expect(texts.filter((text) => text.includes('no pickle'))).toEqual([]);
});

test('a source that cannot be read is a remark, with the place', async () => {
  const bytes = pickle(op.proto(2), op.binUnicode('x'.repeat(100_000)), op.stop);
  const broken: ByteSource = {
    size: bytes.length,
    read: async (offset, length) => {
      if (offset + length > 50_000) throw new InputError('the disk is gone', 50_000);
      return bytes.subarray(offset, offset + length);
    },
  };
  const { texts, result } = await remarks('m/a.pkl', broken);
  expect(result.complete).toBe(false);
  expect(texts.join('\n')).toContain('the disk is gone');
  expect(texts.filter((text) => text.includes('the disk is gone'))).toHaveLength(1);
});

test.each([
  [MAX_REMARKS, []],
  [MAX_REMARKS + 1, ['@ 1 more remark on this file']],
  [MAX_REMARKS + 2, ['@ 2 more remarks on this file']],
])('of %i remarks the first are shown', async (count, more) => {
  const members = Array.from({ length: count }, (_, i) => ({ name: `../${i}`, data: bytesOf('x') }));
  const { texts } = await remarks('a.zip', memorySource(zipOf([...members, { name: 'a.pkl', data: NONE }])));
  expect(texts.filter((text) => text.includes('more remark'))).toEqual(more);
  expect(texts.filter((text) => !text.includes('more remark'))).toHaveLength(MAX_REMARKS);
});

test('what is no pickle, and is told by the report, is no remark', async () => {
  const { texts } = await remarks('m.keras', memorySource(fixture('hostile/keras/builtins-eval.keras')));
  expect(texts).toEqual(['m.keras@ no pickle in it, so that loading it runs none (keras)']);
});

test.each<[string, readonly string[], number]>([
  ['that name what checkpoints name', ['collections', 'collections'], 0],
  ['of which one names something else', ['collections', 'os', 'collections'], 1],
  ['of which each does', ['os', 'os', 'os'], 1],
])('of checkpoints in a row %s', async (_what, modules, expected) => {
  const parts = modules.map((module) =>
    zipOf([
      { name: 'archive/data.pkl', data: pickle(op.proto(2), op.global(module, 'OrderedDict'), op.stop) },
      { name: 'archive/version', data: '3' },
    ]),
  );
  const { texts } = await remarks('a.distcp', memorySource(concat(...parts)));
  expect(texts.filter((text) => text.includes('archives in a row'))).toHaveLength(expected);
});

test('a reader who takes time between two lines spends none of the deadline', async () => {
  let time = 0;
  const read = async (whileLooking: number): Promise<TraceResult> => {
    const items = traceItems(
      'a.pkl',
      memorySource(concat(...Array.from({ length: 20 }, () => pickle(op.global('os', 'system'), op.stop)))),
      {
        platform: { ...portablePlatform, now: () => time },
        limits: { artifactMs: 1_000 },
      },
    );
    let next = await items.next();
    for (; next.done !== true; next = await items.next()) time += whileLooking;
    return next.value;
  };
  expect(await read(10_000)).toEqual({ complete: true, streams: 20 });
});

test('the time of the analysis itself is limited, however long its reader takes', async () => {
  let time = 0;
  const bytes = concat(...Array.from({ length: 200 }, () => pickle(op.global('os', 'system'), op.stop)));
  const items = traceItems('a.pkl', memorySource(bytes), {
    platform: { ...portablePlatform, now: () => (time += 10) },
    limits: { artifactMs: 1_000 },
  });
  let next = await items.next();
  for (; next.done !== true; next = await items.next()) time += 100_000;
  expect(next.value.complete).toBe(false);
});
