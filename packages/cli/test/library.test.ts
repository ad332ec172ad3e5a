import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as core from '@artifact-sentinel/core';
import { scan, scanFiles, walk, type Report, type ScanInput } from '@artifact-sentinel/core/node';
import { describe, expect, test } from 'vitest';
import { FULL_SIZE, sized } from '../../../oracles/full-size.js';
import { Cli } from './kit.js';

/*
 * Who scans with the library gets what the command line says, field by field. Left out is only what tells the run: the command
 * and its options, the commands of retests, which repeat them, and how long it took.
 */

const cli = new Cli();
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FIXTURES = `${ROOT}fixtures`;
const BROKEN = sized(['7z', 'gzip', 'joblib', 'numpy', 'pickle', 'tar', 'torch', 'zip'], ['zip']);
const HONEST = sized(['honest/old', 'honest/keras'], ['honest/keras']);
const SAMPLES = readdirSync(`${FIXTURES}/samples/models`).map((name) => `samples/models/${name}`);
/** At full size the archive that unpacks to gigabytes as well. */
const PATHS = [...SAMPLES, ...HONEST, ...BROKEN.map((name) => `broken/${name}`)]
  .filter((name) => FULL_SIZE || !name.endsWith('dataset-cache.zip'))
  .map((name) => `${FIXTURES}/${name}`);
/** Artifacts that are compared, at least. */
const LEAST = sized(100, 25);

function compared({ command: _command, run: _run, summary, findings, ...report }: Report): unknown {
  const { durationMs: _duration, ...counts } = summary;
  return { ...report, summary: counts, findings: findings.map(({ retest: _retest, ...finding }) => finding) };
}

/** Without what depends on the size of reads, and on files around a source. */
function withoutReads(report: Report): unknown {
  return { ...(compared(report) as Report), summary: null };
}

function fromCommandLine(paths: readonly string[], ...options: readonly string[]): Report {
  const run = cli.run(ROOT, ['artifact', ...paths, '-f', 'json', ...options]);
  return JSON.parse(run.stdout) as Report;
}

const toJson = (report: Report): Report => JSON.parse(core.renderJson(report)) as Report;

describe.each(sized(['none', 'findings', 'all'], ['findings']) as readonly ('none' | 'findings' | 'all')[])(
  'with --hash %s',
  (hash) => {
    let told: Report | null = null;
    const expected = (): Report => (told ??= fromCommandLine(PATHS, '--hash', hash));

    test('scanFiles', async () => {
      const report = toJson(await scanFiles(PATHS, { hash }));
      expect(report.artifacts.length).toBeGreaterThan(LEAST);
      expect(compared(report)).toEqual(compared(expected()));
    });

    test('scan of what walk gives, also where somebody picks from it', async () => {
      async function* picked(): AsyncGenerator<ScanInput> {
        for await (const input of walk(PATHS)) yield input;
      }
      const wanted = compared(expected());
      expect(compared(toJson(await scan(walk(PATHS), { hash })))).toEqual(wanted);
      expect(compared(toJson(await core.scan(picked(), { hash })))).toEqual(wanted);
    });
  },
);

test('scan of bytes in memory, where nothing depends on other files', async () => {
  const inputs: ScanInput[] = [];
  const paths: string[] = [];
  for await (const input of walk(PATHS)) {
    const { path, source } = input;
    input.close?.();
    if (source === null || source.size === 0 || path.endsWith('.py')) continue;
    paths.push(path);
    inputs.push({ path, source: core.memorySource(readFileSync(path)) });
  }
  expect(paths.length).toBeGreaterThan(LEAST);
  const report = toJson(await core.scan(inputs, { hash: 'all' }));
  expect(withoutReads(report)).toEqual(withoutReads(fromCommandLine(paths, '--hash', 'all')));
});
