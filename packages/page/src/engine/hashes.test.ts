import { createHash } from 'node:crypto';
import type { ArtifactReport, Report } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { DANGEROUS, HARMLESS, reportOf } from '../../test/report-kit.js';
import type { DroppedTree } from './dropped-tree.js';
import { addHashes, unhashed } from './hashes.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const treeOf = (files: Readonly<Record<string, Blob>>): DroppedTree =>
  ({ file: (path: string) => files[path] }) as unknown as DroppedTree;
/** Without what the scan hashed by itself. */
const bare = (report: Report): Report => ({
  ...report,
  artifacts: report.artifacts.map((artifact) => ({ ...artifact, sha256: null, notHashed: 'not asked for' })),
});
const shown = ({ path, sha256: hash, notHashed, status }: ArtifactReport): unknown => [path, hash, notHashed, status];
const FILES = { 'a.pkl': DANGEROUS, 'b.pkl': HARMLESS };
const BLOBS = { 'a.pkl': new Blob([new Uint8Array(DANGEROUS)]), 'b.pkl': new Blob([new Uint8Array(HARMLESS)]) };

describe('the SHA-256 of files', () => {
  test('of all that have none yet', async () => {
    const report = bare(await reportOf(FILES));
    const read: [number, string][] = [];
    const hashed = await addHashes(report, 'all', treeOf(BLOBS), (bytes, path) => read.push([bytes, path]));
    expect(hashed.artifacts.map(shown)).toEqual([
      ['a.pkl', sha256(DANGEROUS), null, 'complete'],
      ['b.pkl', sha256(HARMLESS), null, 'complete'],
    ]);
    expect(read).toEqual([
      [DANGEROUS.length, 'a.pkl'],
      [HARMLESS.length, 'b.pkl'],
    ]);
    expect(hashed.verdict).toBe(report.verdict);
    expect(unhashed(hashed, 'all')).toEqual([]);
  });

  test('of those with findings; the others say so', async () => {
    const report = bare(await reportOf(FILES));
    expect(unhashed(report, 'findings').map(({ path }) => path)).toEqual(['a.pkl']);
    const hashed = await addHashes(report, 'findings', treeOf(BLOBS), () => undefined);
    expect(hashed.artifacts.map(shown)).toEqual([
      ['a.pkl', sha256(DANGEROUS), null, 'complete'],
      ['b.pkl', null, 'no finding; --hash all hashes it', 'complete'],
    ]);
  });

  test('of none, and where nothing was found', async () => {
    const report = bare(await reportOf(FILES));
    expect(unhashed(report, 'none')).toEqual([]);
    expect(await addHashes(report, 'none', treeOf(BLOBS), () => undefined)).toBe(report);
    const clean = bare(await reportOf({ 'b.pkl': HARMLESS }));
    expect(await addHashes(clean, 'findings', treeOf(BLOBS), () => undefined)).toBe(clean);
    expect(unhashed(clean, 'all').map(({ path }) => path)).toEqual(['b.pkl']);
  });

  test('of a large file in pieces', async () => {
    const bytes = new Uint8Array(4 * 2 ** 20 + 3).fill(7);
    const report = bare(await reportOf({ 'b.pkl': HARMLESS }));
    const read: number[] = [];
    const hashed = await addHashes(report, 'all', treeOf({ 'b.pkl': new Blob([bytes]) }), (size) => read.push(size));
    expect(hashed.artifacts[0]?.sha256).toBe(sha256(bytes));
    expect(read).toEqual([4 * 2 ** 20, 3]);
  });
});

describe('a file that cannot be read any more', () => {
  const gone = {
    size: 1,
    slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }),
  } as unknown as Blob;

  test('makes a clean report incomplete, with the reason', async () => {
    const report = bare(await reportOf({ 'b.pkl': HARMLESS, 'c.pkl': HARMLESS }));
    expect(report.verdict).toBe('pass');
    const hashed = await addHashes(report, 'all', treeOf({ 'b.pkl': gone }), () => undefined);
    const reasons = ['it cannot be read any more, or was changed: gone', 'it could not be opened'];
    expect(hashed.verdict).toBe('incomplete');
    expect(hashed.artifacts.map(shown)).toEqual([
      ['b.pkl', null, reasons[0], 'incomplete'],
      ['c.pkl', null, reasons[1], 'incomplete'],
    ]);
    expect(hashed.artifacts.map(({ safety }) => safety?.level)).toEqual([3, 3]);
    expect(hashed.incomplete).toEqual([
      { path: 'b.pkl', offset: null, cause: 'unreadable', reason: reasons[0] },
      { path: 'c.pkl', offset: null, cause: 'unreadable', reason: reasons[1] },
    ]);
  });

  test('leaves a report that fails as it is', async () => {
    const report = bare(await reportOf({ 'a.pkl': DANGEROUS }));
    const hashed = await addHashes(report, 'all', treeOf({}), () => undefined);
    expect([report.verdict, hashed.verdict]).toEqual(['fail', 'fail']);
    const level = report.artifacts[0]?.safety?.level ?? 0;
    expect(hashed.artifacts[0]?.safety?.level).toBe(Math.max(3, level));
  });

  test('another fault is one of ours', async () => {
    const report = bare(await reportOf({ 'b.pkl': HARMLESS }));
    const broken = { size: 1, slice: () => ({ arrayBuffer: () => Promise.reject(new TypeError('x')) }) };
    const tree = treeOf({ 'b.pkl': broken as unknown as Blob });
    await expect(addHashes(report, 'all', tree, () => undefined)).rejects.toThrow(TypeError);
  });
});
