import { gzipSync } from 'node:zlib';
import { REMOTE_READS, scan, type ByteSource, type ReadProfile, type Report } from '@artifact-sentinel/core';
import { FILE_READS } from '@artifact-sentinel/core/internal';
import { describe, expect, test } from 'vitest';
import { sized } from '../../../oracles/full-size.js';
import { op, pickle, repeat } from './kit.js';
import { seeded } from './random-pickle.js';
import { tarOf } from './tar-builder.js';
import { zipOf } from './zip-builder.js';

/*
 * A source may fail at any read: by throwing, or by an answer that is too short. Whatever was wanted there, and whoever took
 * the fault for chance, the artifact is incomplete, and the source is not asked without end.
 */

/** Larger than what is read at once (256 KB), and nothing that compresses away. */
function filler(length: number): Uint8Array {
  const random = seeded(7);
  return Uint8Array.from({ length }, () => random(256));
}

const DATA = filler(600_000);
/** Some opcodes around long texts, so that the stream is read in pieces. */
const PIECE = [repeat(2000, op.none, op.pop), op.unicode('x'.repeat(150_000)), op.pop];
const STREAM = pickle(
  ...PIECE,
  ...PIECE,
  op.global('os', 'system'),
  op.mark,
  op.unicode('id'),
  op.tuple,
  op.reduce,
  op.stop,
);
const NPY = Buffer.concat([
  Buffer.from(
    "\x93NUMPY\x01\0\x46\0{'descr': '|u1', 'fortran_order': False, 'shape': (600000,), }".padEnd(79) + '\n',
    'latin1',
  ),
  DATA,
]);

const ARTIFACTS: readonly (readonly [string, Uint8Array])[] = [
  ['a.pkl', STREAM],
  ['two.pkl', Buffer.concat([STREAM, STREAM])],
  ['a.npy', NPY],
  [
    'a.zip',
    zipOf([
      { name: 'data.bin', data: DATA },
      { name: 'a.pkl', data: STREAM },
    ]),
  ],
  ['a.tar', tarOf({ name: 'data.bin', data: DATA }, { name: 'a.pkl', data: STREAM })],
  ['a.pkl.gz', gzipSync(Buffer.concat([STREAM, DATA]))],
  ['a.py', Buffer.from(`x = 1\n${'# nothing\n'.repeat(40_000)}`)],
];

type Answer = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;

const FAULTS: readonly (readonly [string, Answer])[] = [
  [
    'throws',
    () => {
      throw new Error('ECONNRESET');
    },
  ],
  ['rejects', () => Promise.reject(new Error('503'))],
  ['gives nothing', () => new Uint8Array(0)],
  ['gives one byte less', (bytes) => bytes.subarray(1)],
  ['gives half', (bytes) => bytes.subarray((bytes.length + 1) >> 1)],
];

interface Run {
  readonly report: Report;
  readonly reads: number;
}

/** Scans through a source whose reads fail where `isFaulty` says so, counted from 1. */
async function run(
  path: string,
  bytes: Uint8Array,
  profile: ReadProfile | undefined,
  fault: Answer,
  isFaulty: (read: number) => boolean,
): Promise<Run> {
  let reads = 0;
  const source: ByteSource = {
    size: bytes.length,
    profile,
    read(offset, length) {
      reads += 1;
      const right = bytes.subarray(offset, offset + length);
      return isFaulty(reads) ? fault(right) : right;
    },
  };
  return { report: await scan([{ path, source }]), reads };
}

const PROFILES: readonly (readonly [string, ReadProfile | undefined])[] = [
  ['memory', undefined],
  ['a file', FILE_READS],
  ['a remote source', REMOTE_READS],
];

describe.each(PROFILES)('read as %s', (_name, profile) => {
  test.each(ARTIFACTS)('%s', async (path, bytes) => {
    const whole = await run(
      path,
      bytes,
      profile,
      (right) => right,
      () => false,
    );
    expect(whole.report.incomplete).toEqual([]);
    expect(whole.reads).toBeGreaterThan(1);
    const at = [...new Set([1, 2, Math.ceil(whole.reads / 2), whole.reads])];
    for (const [i, [what, fault]] of FAULTS.entries())
      // At full size each fault at each of these reads, else at every fourth of them by turns.
      for (const first of at.filter((_read, j) => (i + j) % sized(1, 4) === 0))
        for (const isFaulty of [(read: number) => read === first, (read: number) => read >= first]) {
          const { report, reads } = await run(path, bytes, profile, fault, isFaulty);
          expect([what, first, report.artifacts[0]?.status]).toEqual([what, first, 'incomplete']);
          expect(report.verdict).not.toBe('pass');
          expect(reads).toBeLessThan(whole.reads * 2 + 20);
        }
  });
});
