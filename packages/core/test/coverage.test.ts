import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { memorySource, scan, type Report } from '@artifact-sentinel/core';
import { collect, DEFAULT_POLICY, portablePlatform } from '@artifact-sentinel/core/internal';
import { walk } from '@artifact-sentinel/core/node';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Ledger } from '../src/bytes/ledger.js';
import { COVERAGE_MAPS } from './coverage-maps.js';
import { op, pickle } from './kit.js';
import { tarOf } from './tar-builder.js';
import { bytesOf, concat, zipOf } from './zip-builder.js';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));
const PLAIN = pickle(op.proto(2), op.none, op.stop);
const HDF5 = concat(Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a), new Uint8Array(94));
const PNG = concat(Uint8Array.of(0x89, 0x50, 0x4e, 0x47), new Uint8Array(96));
const NUMBERS = new Uint8Array(100_000).fill(7);

function npy(dtype: string, length: number): Uint8Array {
  const header = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${length},), }`.padEnd(117).concat('\n');
  return concat(
    Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0),
    bytesOf(header),
    new Uint8Array(length),
  );
}

function report(name: string, bytes: Uint8Array): Promise<Report> {
  return scan([{ path: name, source: memorySource(bytes), size: bytes.length }], {
    policy: DEFAULT_POLICY,
    platform: { ...portablePlatform, now: () => 0 },
    today: '2026-01-01',
  });
}

/** The ranges of the one artifact, in short. */
async function ranges(name: string, bytes: Uint8Array): Promise<string[]> {
  const { artifacts } = await report(name, bytes);
  return (artifacts[0]?.coverage.ranges ?? []).map(
    ({ start, end, kind, reason }) => `${start}-${end} ${reason ?? kind}`,
  );
}

describe('every byte has its account', () => {
  test('a pickle', async () => {
    expect(await ranges('a.pkl', PLAIN)).toEqual([`0-${PLAIN.length} parsed`]);
  });

  test('pickles in a row, and bytes behind them', async () => {
    const end = 2 * PLAIN.length;
    expect(await ranges('a.pkl', concat(PLAIN, PLAIN, NUMBERS))).toEqual([
      `0-${end} parsed`,
      `${end}-${end + NUMBERS.length} data`,
    ]);
  });

  test('an array', async () => {
    expect(await ranges('a.npy', npy('|u1', 300))).toEqual(['0-128 parsed', '128-428 array-data']);
  });

  test('a tar: headers, members, what fills up their blocks, and the blocks at its end', async () => {
    const bytes = tarOf({ name: 'a.pkl', data: PLAIN }, { name: 'b.txt', data: bytesOf('some text') });
    expect(await ranges('a.tar', bytes)).toEqual([
      `0-${512 + PLAIN.length} parsed`,
      `${512 + PLAIN.length}-1024 padding`,
      '1024-1536 parsed',
      '1536-1545 data',
      `1545-${bytes.length} padding`,
    ]);
  });

  test('what is packed, by what it holds', async () => {
    const packed = gzipSync(PLAIN);
    expect(await ranges('a.pkl.gz', packed)).toEqual([`0-${packed.length} parsed`]);
    expect(await ranges('a.pkl.gz', concat(packed, NUMBERS))).toEqual([
      `0-${packed.length} parsed`,
      `${packed.length}-${packed.length + NUMBERS.length} data`,
    ]);
  });

  test.each([
    ['stored', 0],
    ['deflated', 8],
  ] as const)('a checkpoint whose storage is %s', async (_, method) => {
    const records = [
      { name: 'x/data.pkl', data: PLAIN },
      { name: 'x/version', data: bytesOf('3') },
    ];
    const bytes = zipOf([...records, { name: 'x/data/0', data: NUMBERS, method }]);
    const { artifacts, incomplete } = await report('a.pt', bytes);
    const { totals, ranges: shown } = artifacts[0]?.coverage ?? { totals: [], ranges: [] };
    expect(incomplete).toEqual([]);
    expect(shown.map(({ kind, reason }) => reason ?? kind)).toEqual([
      'parsed',
      'data',
      'parsed',
      'tensor-storage',
      'parsed',
    ]);
    expect(totals.reduce((sum, { bytes: own }) => sum + own, 0)).toBe(bytes.length);
    const storage = totals.find(({ reason }) => reason === 'tensor-storage');
    if (method === 0) expect(storage?.bytes).toBe(NUMBERS.length);
    else expect(storage?.bytes).toBeLessThan(NUMBERS.length);
  });

  test('what a fault leaves over is unread, and said to be incomplete', async () => {
    const cut = pickle(op.proto(2), op.binBytes8(NUMBERS)).subarray(0, 5000);
    const { artifacts, incomplete } = await report('a.zip', zipOf([{ name: 'a.pkl', data: cut }]));
    expect(artifacts[0]?.status).toBe('incomplete');
    expect(incomplete).toHaveLength(1);
  });

  test('what could not be opened is unread', async () => {
    const { artifacts } = await scan([{ path: 'a.pkl', source: null, size: 70 }]);
    expect(artifacts[0]?.coverage.totals).toEqual([{ kind: 'unread', reason: null, bytes: 70 }]);
  });
});

test.each(COVERAGE_MAPS)('the map of $file is that of a reader which knows nothing of Sentinel', async (entry) => {
  const { file, bytes, ranges: wanted } = entry;
  const found = bytes === undefined ? readFileSync(join(FIXTURES, file)) : Buffer.from(bytes, 'base64');
  expect(await ranges(basename(file), found)).toEqual(wanted);
});

describe('a format that is recognised and not analysed', () => {
  test('stands in the report, without a level', async () => {
    const { artifacts, summary, verdict, notes } = await report('model.h5', HDF5);
    expect(artifacts).toMatchObject([
      {
        path: 'model.h5',
        format: 'hdf5',
        status: 'opaque',
        safety: null,
        coverage: { totals: [{ kind: 'opaque', reason: 'not-analysed', bytes: HDF5.length }] },
        parts: [{ kind: 'opaque', path: 'model.h5', format: 'hdf5', size: HDF5.length }],
      },
    ]);
    expect(summary).toMatchObject({ artifacts: 1, opaque: 1, skipped: 0 });
    expect(verdict).toBe('pass');
    expect(notes).toEqual(['No supported artifact was found (1 other file read).']);
  });

  test('is a part of the archive that holds it', async () => {
    const { artifacts, summary } = await report('a.zip', zipOf([{ name: 'a.png', data: PNG }]));
    expect(artifacts).toMatchObject([{ format: 'zip', status: 'complete', safety: { level: 0 } }]);
    expect(artifacts[0]?.parts).toMatchObject([{ kind: 'opaque', path: 'a.zip!a.png', format: 'png' }]);
    expect(summary.opaque).toBe(0);
  });

  test('is analysed where its bytes are something else as well', async () => {
    const evil = pickle(op.proto(2), op.global('os', 'system'), op.stop);
    const { artifacts, summary } = await report('a.png', concat(PNG, zipOf([{ name: 'a.pkl', data: evil }])));
    expect(artifacts).toMatchObject([{ format: 'pickle', status: 'complete', safety: { level: 4 } }]);
    expect(artifacts[0]?.parts.map(({ kind }) => kind).toSorted()).toEqual(['opaque', 'stream']);
    expect(summary.opaque).toBe(0);
  });

  test('is listed up to a limit, and counted', async () => {
    const many = Array.from({ length: 130 }, (_, i) => ({ name: `${i}.png`, data: PNG }));
    const [artifact] = (await report('a.zip', zipOf(many))).artifacts;
    expect([artifact?.parts.length, artifact?.moreParts]).toEqual([100, 30]);
  });
});

describe('a gap that nobody accounts for', () => {
  afterEach(() => vi.restoreAllMocks());

  test('leaves the artifact incomplete', async () => {
    vi.spyOn(Ledger.prototype, 'claim').mockImplementation(() => undefined);
    const bytes = tarOf({ name: 'a.pkl', data: PLAIN });
    const { notices } = await collect({ path: 'a.tar', source: memorySource(bytes), size: bytes.length });
    const reason = `${bytes.length} of its ${bytes.length} bytes are accounted for by nothing that was read`;
    expect(notices).toEqual([{ path: 'a.tar', offset: 0, cause: 'unsupported', reason }]);
  });

  test.each([
    ['a.pkl', PLAIN],
    ['a.tar', tarOf({ name: 'a.pkl', data: PLAIN })],
    ['a.zip', zipOf([{ name: 'a.pkl', data: PLAIN }])],
    ['a.npy', npy('|u1', 300)],
  ])('is called nothing else: %s, whose parsed bytes nobody claims', async (name, bytes) => {
    const claim = Reflect.get(Ledger.prototype, 'claim');
    vi.spyOn(Ledger.prototype, 'claim').mockImplementation(function (this: Ledger, ...given) {
      if (given[3] !== 'parsed') claim.apply(this, given);
    });
    const { notices } = await collect({ path: name, source: memorySource(bytes), size: bytes.length });
    expect(notices.map(({ reason }) => reason)).toEqual([expect.stringContaining('are accounted for by nothing')]);
  });

  test('is no second reason beside the one that is known', async () => {
    const bytes = PLAIN.subarray(0, PLAIN.length - 1);
    const { notices } = await collect({ path: 'a.pkl', source: memorySource(bytes), size: bytes.length });
    expect(notices.map(({ reason }) => reason)).not.toContainEqual(expect.stringMatching(/accounted for/));
    expect(notices).toHaveLength(1);
  });
});

/** Corpora of honest files that are made beside the repository, where somebody made them. */
const CORPUS = fileURLToPath(new URL('../../../.cache/corpus', import.meta.url));

test.runIf(process.env['SENTINEL_CORPUS'] === '1' && existsSync(CORPUS))(
  'the accounts of every honest file add up to its size',
  async () => {
    const wrong: unknown[] = [];
    for await (const input of walk([CORPUS])) {
      const { path, size, opened, coverage, notices } = await collect(input, { digests: false });
      const sum = coverage.totals.reduce((all, { bytes }) => all + bytes, 0);
      if (opened && sum !== size) wrong.push([path, sum, size]);
      for (const { reason } of notices) if (reason.includes('accounted for')) wrong.push([path, reason]);
    }
    expect(wrong).toEqual([]);
  },
  600_000,
);
