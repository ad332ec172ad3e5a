import { FULL_SIZE } from '../../../oracles/full-size.js';

/** Those that unpack tens of megabytes, a second and more each. Smaller ones of each kind are always scanned. */
const UNPACKED = [
  'framing/behind-50-megabytes.pkl.xz',
  'models/dataset-cache.zip',
  'scanner/bz2-high-ratio.pkl.bz2',
  'scanner/xz-high-ratio.pkl.xz',
  'scanner/zip-nested-bomb.zip',
  'scanner/zstd-high-ratio.pkl.zst',
];

/** Fixtures whose analysis takes 0.2 s and more each; the other thirteen hundred take 3 s together. */
const SLOW = [
  ...UNPACKED,
  'scanner/deep-tuples.pkl',
  'scanner/gzip-high-ratio.pkl.gz',
  'scanner/torch-record-high-ratio.pt',
  'scanner/zip-overlapping.zip',
  'scanner/zip-size-lies.zip',
];

/** Whether a test that goes over the fixtures leaves this one to the run at full size. `fixtures.test.ts` has more of them. */
export function isForFullSize(path: string): boolean {
  return !FULL_SIZE && SLOW.some((name) => path.endsWith(name));
}

/** Whether `fixtures.test.ts`, which has the other slow ones always, leaves this one to the run at full size. */
export function isUnpackedAtFullSize(path: string): boolean {
  return !FULL_SIZE && UNPACKED.some((name) => path.endsWith(name));
}
