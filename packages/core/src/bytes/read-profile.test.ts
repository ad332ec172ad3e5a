import { expect, test } from 'vitest';
import { BLOB_READS, FILE_READS, REMOTE_READS } from './read-profile.js';

const KIB = 2 ** 10;
const MIB = 2 ** 20;

// bench/gates.mjs counts the requests and the bytes that follow from these numbers.
test('files, blobs and remote sources are read as they are measured', () => {
  expect(FILE_READS).toEqual({
    page: KIB,
    first: 2 * KIB,
    most: 64 * KIB,
    gap: 16 * KIB,
    straight: 16 * KIB,
    cached: 8 * MIB,
    remote: false,
  });
  expect(BLOB_READS).toEqual({
    page: 16 * KIB,
    first: 64 * KIB,
    most: MIB,
    gap: 256 * KIB,
    straight: MIB,
    cached: 16 * MIB,
    remote: false,
  });
  expect(REMOTE_READS).toEqual({
    page: 32 * KIB,
    first: 64 * KIB,
    most: 4 * MIB,
    gap: MIB,
    straight: Infinity,
    cached: 32 * MIB,
    remote: true,
  });
});

test.each([FILE_READS, BLOB_READS, REMOTE_READS])('pages are powers of two, and requests whole pages', (profile) => {
  expect(Math.log2(profile.page) % 1).toBe(0);
  for (const size of [profile.first, profile.most, profile.cached]) expect(size % profile.page).toBe(0);
  expect(profile.first).toBeLessThanOrEqual(profile.most);
  expect(profile.most).toBeLessThan(profile.cached);
});
