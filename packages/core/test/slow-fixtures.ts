import { FULL_SIZE } from '../../../oracles/full-size.js';

/** Fixtures whose analysis takes 0.2 s and more each; the other thirteen hundred take 3 s together. */
const SLOW = [
  'framing/behind-50-megabytes.pkl.xz',
  'models/dataset-cache.zip',
  'scanner/bz2-high-ratio.pkl.bz2',
  'scanner/deep-tuples.pkl',
  'scanner/gzip-high-ratio.pkl.gz',
  'scanner/torch-record-high-ratio.pt',
  'scanner/xz-high-ratio.pkl.xz',
  'scanner/zip-nested-bomb.zip',
  'scanner/zip-overlapping.zip',
  'scanner/zip-size-lies.zip',
  'scanner/zstd-high-ratio.pkl.zst',
];

/**
 * Whether a test that goes over the fixtures leaves this one to the run at full size. `fixtures.test.ts` has all of them always.
 */
export function isForFullSize(path: string): boolean {
  return !FULL_SIZE && SLOW.some((name) => path.endsWith(name));
}
