import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { EVERY_ARTIFACT, sourceFactsFor } from '@artifact-sentinel/core/internal';
import { memorySource, RULES } from '@artifact-sentinel/core';
import { collect } from '@artifact-sentinel/core/node/internal';
import { describe, expect, test } from 'vitest';
import { sized } from '../../../../oracles/full-size.js';
import { isForFullSize } from '../../../core/test/slow-fixtures.js';
import { canonicalPath, nameOfReading, readingOf, shownUnder, sourceReading } from './readings.js';
import { createHash } from 'node:crypto';

const FIXTURES = join(import.meta.dirname, '../../../../fixtures');

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size < 200_000)
    .toSorted();
}

async function facts(path: string, bytes: Uint8Array): Promise<string> {
  const found = await collect(
    { path, source: memorySource(bytes), size: bytes.length },
    { identities: false, repositories: true, hashWhere: [EVERY_ARTIFACT], sources: sourceFactsFor(RULES) },
  );
  return JSON.stringify(found);
}

describe('readings', () => {
  test.each([
    ['models/a.pkl', '*.pkl'],
    ['b.PKL', '*.pkl'],
    ['pytorch_model-00001-of-00002.bin', '*.bin'],
    ['a.pkl.gz', '*.pkl.gz'],
    ['config.json.gz', 'config.json.gz'],
    ['x/config.json', 'config.json'],
    ['pickle', 'pickle'],
    ['.pkl', '.pkl'],
    ['..\\evil.pkl', '..\\evil.pkl'],
    ['modeling.py', 'modeling.py'],
  ])('%s is read as %s', (path, reading) => expect(readingOf(path)).toBe(reading));

  test('a source of a repository has the reading of its name and what lies around it', () => {
    const reading = sourceReading('a/modeling.py', 'tree');
    expect(nameOfReading(reading)).toBe('modeling.py');
    expect(reading).not.toBe(sourceReading('b/modeling.py', 'tree'));
  });

  // Real names: those of fixtures, and of other kinds than the bytes are.
  const samples = files(FIXTURES).filter((path) => !isForFullSize(path));
  const stems = ['model', 'storages', 'data', 'config', 'requirements-x', 'a.b.c', 'Größe (1)', 'x.index', 'hubconf'];
  const endings = [
    'pkl',
    'PT',
    'pth',
    'bin',
    'npy',
    'npz',
    'zip',
    'tar',
    'gguf',
    'safetensors',
    'h5',
    'pkl.gz',
    'npy.xz',
    'joblib.bz2',
  ];

  test('the same bytes have the same facts under two names of one reading', { timeout: 120_000 }, async () => {
    expect(samples.length).toBeGreaterThan(100);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.constantFrom(...stems),
        fc.option(fc.constantFrom(...endings)),
        async (sample, stem, ending) => {
          const bytes = readFileSync(sample);
          const sha256 = createHash('sha256').update(bytes).digest('hex');
          const own = sample.slice(sample.lastIndexOf('/') + 1);
          const path = ending === null ? `https://host/r/${own}` : `some/folder/${stem}.${ending}`;
          const reading = readingOf(path);
          const stored = await facts(canonicalPath(sha256, reading), bytes);
          expect(shownUnder(stored, sha256, reading, path)).toBe(await facts(path, bytes));
        },
      ),
      { numRuns: sized(600, 100) },
    );
  });
});
