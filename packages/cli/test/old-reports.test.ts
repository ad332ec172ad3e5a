import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Report } from '@artifact-sentinel/core';
import type { ClosureRecord } from '@artifact-sentinel/core/internal';
import { describe, expect, test } from 'vitest';
import { sized } from '../../../oracles/full-size.js';
import { Cli } from './kit.js';

/*
 * Reports as releases of earlier schema versions wrote them: 2 and 3 by the first commit of each (5f9bee97, 88b0b015), of
 * fixtures/samples. Only the folder of the checkout and line breaks are others in them.
 */

const cli = new Cli();
const SAMPLES = fileURLToPath(new URL('../../../fixtures/samples', import.meta.url));
const path = (version: number): string =>
  fileURLToPath(new URL(`../../core/test/reports/version-${version}.json`, import.meta.url));

const VERSIONS: readonly (readonly [version: number, status: string, unchanged: number])[] = [
  [1, 'removed', 0],
  [2, 'open', 17],
  [3, 'open', 17],
];

describe.each(sized(VERSIONS, VERSIONS.slice(0, 2)))('a report of schema version %i', (version, status, unchanged) => {
  const old = JSON.parse(readFileSync(path(version), 'utf8')) as Pick<Report, 'findings'>;

  test('is tested again', () => {
    const run = cli.run(SAMPLES, ['retest', path(version), '--root', '.', '-f', 'json']);
    const record = JSON.parse(run.stdout) as ClosureRecord;
    expect(record.findings.map((finding) => [finding.fingerprint, finding.status])).toEqual(
      old.findings.map(({ fingerprint }) => [fingerprint, status]),
    );
  });

  test('is a baseline', () => {
    const run = cli.run(SAMPLES, ['artifact', 'models', '--baseline', path(version), '-f', 'json']);
    const { baseline } = JSON.parse(run.stdout) as Report;
    expect(baseline).toMatchObject({ unchanged, absent: [] });
    expect(unchanged + (baseline?.notCompared.length ?? 0)).toBe(old.findings.length);
  });

  test('is rendered', () => {
    const run = cli.run(SAMPLES, ['report', path(version), '-f', 'html']);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain('Dangerous Pickle Execution');
  });
});
