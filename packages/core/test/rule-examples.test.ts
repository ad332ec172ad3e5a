import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memorySource, RULES, scan, type Report } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { sized } from '../../../oracles/full-size.js';

/** The examples of the rules' pages do what the pages say: the bad one has the finding, the good one has none. */

const HERE = fileURLToPath(new URL('rule-examples/', import.meta.url));
const REMEDY = 'run node tools/rule-examples.mjs';

interface Entry {
  readonly rule: string;
  readonly kind: string;
  readonly file: string;
  readonly writtenBy: string;
  readonly sha256: string;
}
interface Example {
  readonly rule: string;
  readonly kind: 'bad' | 'good';
  readonly code: string;
}

const manifest = JSON.parse(readFileSync(join(HERE, 'manifest.json'), 'utf8')) as readonly Entry[];
const metas = RULES.map((rule) => rule.meta);
const KINDS = ['bad', 'good'] as const;
const written: readonly Example[] = metas.flatMap(({ id, artifacts }) =>
  artifacts === undefined ? [] : KINDS.map((kind) => ({ rule: id, kind, code: artifacts[kind] })),
);
const sources: readonly Example[] = metas
  .filter((meta) => meta.sources !== undefined || meta.artifacts === undefined)
  .flatMap((meta) => KINDS.map((kind) => ({ rule: meta.id, kind, code: (meta.sources ?? meta)[kind] })));

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const scanBytes = (path: string, bytes: Uint8Array): Promise<Report> =>
  scan([{ path, source: memorySource(bytes), size: bytes.length }]);

/** What a scan has to say. An artifact that was not read has no finding either. */
function outcome({ rule, kind }: Example, report: Report): Readonly<Record<string, unknown>> {
  const found = report.findings.map((finding) => finding.ruleId);
  if (kind === 'bad') return { fires: found.includes(rule) };
  return { found, verdict: report.verdict, read: report.artifacts.length };
}
const EXPECTED = { bad: { fires: true }, good: { found: [], verdict: 'pass', read: 1 } } as const;

test('every rule has an artifact or a source to show', () => {
  const shown = new Set([...written, ...sources].map(({ rule, kind }) => `${rule} ${kind}`));
  expect(shown.size).toBe(metas.length * 2);
  expect(manifest.map(({ rule, kind }) => `${rule} ${kind}`)).toEqual(
    written.map(({ rule, kind }) => `${rule} ${kind}`),
  );
});

test.each(written)('$rule: what writes the $kind artifact loads nothing', ({ code }) => {
  expect(code).not.toMatch(/\bloads?\b|\bextract|\beval\b|\bexec\b|"rb"/);
});

describe('the stored artifacts, written by the examples as they stand', () => {
  test.each(written)('$rule $kind', async (example) => {
    const entry = manifest.find((item) => item.rule === example.rule && item.kind === example.kind);
    if (entry === undefined) throw new Error(REMEDY);
    const bytes = readFileSync(join(HERE, entry.file));
    expect([entry.writtenBy, entry.sha256], REMEDY).toEqual([sha256(example.code), sha256(bytes)]);
    expect(outcome(example, await scanBytes(entry.file, bytes))).toEqual(EXPECTED[example.kind]);
  });
});

describe.skipIf(sources.length === 0)('the examples that are sources themselves', () => {
  test.each(sources)('$rule $kind', async (example) => {
    // A source without any loader is no artifact: this one makes it one, and is no finding.
    const code =
      example.kind === 'good' ? `${example.code}\nimport pickle\npickle.load(open("own", "rb"))\n` : example.code;
    expect(outcome(example, await scanBytes('example.py', new TextEncoder().encode(code)))).toEqual(
      EXPECTED[example.kind],
    );
  });
});

function findPython(): string | null {
  const candidates = [
    process.env['SENTINEL_PYTHON'],
    fileURLToPath(new URL('../../../.cache/venv/bin/python', import.meta.url)),
    'python3',
  ];
  for (const python of candidates)
    if (python !== undefined && spawnSync(python, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0)
      return python;
  return null;
}

const python = findPython();
const SKIPPED = 'no Python with numpy was found (SENTINEL_PYTHON names one): the examples were not run afresh';
if (python === null) process.stderr.write(`rule-examples: ${SKIPPED}\n`);

describe.skipIf(python === null)(python === null ? SKIPPED : 'the examples run afresh', () => {
  // At full size all of them, else every fourth: an interpreter is started for each.
  test.each(written.filter((_example, at) => at % sized(1, 4) === 0))('$rule $kind', async (example) => {
    const folder = mkdtempSync(join(tmpdir(), 'sentinel-example-'));
    try {
      writeFileSync(join(folder, 'example.py'), example.code);
      execFileSync(python ?? '', ['-W', 'ignore', 'example.py'], { cwd: folder, timeout: 15_000 });
      const files = readdirSync(folder).filter((name) => name !== 'example.py');
      expect(files).toHaveLength(1);
      const [file = ''] = files;
      expect(outcome(example, await scanBytes(file, readFileSync(join(folder, file))))).toEqual(EXPECTED[example.kind]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
