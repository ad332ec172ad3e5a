import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_POLICY, RULES, scan, type GlobalReport, type Report } from '@sentinel/core';
import { walk } from '@sentinel/core/node';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../cli/src/exit-code.js';

/** See fixtures/README.md for what the fields mean, and null in them. */
interface ExpectedGlobal {
  readonly module: string | null;
  readonly name: string | null;
  readonly offset: number | null;
  readonly member: string | null;
}
interface Entry {
  readonly file: string;
  readonly sha256: string;
  readonly size: number;
  readonly kind: 'honest' | 'hostile' | 'broken' | 'sample';
  readonly reason: string;
  readonly expect: {
    readonly exit: number;
    readonly rules?: readonly string[];
    readonly globals?: readonly ExpectedGlobal[];
    readonly nested?: readonly unknown[];
    readonly incomplete?: true | string;
  };
}
interface SeenGlobal extends GlobalReport {
  readonly member: string;
}

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));
const MANIFEST = JSON.parse(readFileSync(join(FIXTURES, 'manifest.json'), 'utf8')) as readonly Entry[];

function scanFile(path: string): Promise<Report> {
  return scan(walk([path]), {
    command: 'sentinel artifact',
    version: '0.0.0',
    policy: DEFAULT_POLICY,
    rules: RULES,
    retestPaths: path,
    now: () => performance.now(),
    today: '2026-11-21',
  });
}

function globalsOf(report: Report, path: string): SeenGlobal[] {
  return report.artifacts.flatMap((artifact) =>
    artifact.streams.flatMap((stream) => {
      const member = stream.path === path ? '' : stream.path.slice(path.length + 1);
      return stream.globals.map((global) => ({ ...global, member }));
    }),
  );
}

function isSame(seen: SeenGlobal, wanted: ExpectedGlobal): boolean {
  return (
    (wanted.member === null || wanted.member === seen.member) &&
    (wanted.offset === null || wanted.offset === seen.offset) &&
    (wanted.module === null || wanted.module === seen.module) &&
    (wanted.name === null || wanted.name === seen.name) &&
    (wanted.module !== null || wanted.name !== null || seen.class === 'dynamic')
  );
}

function show(seen: SeenGlobal): string {
  return `${seen.member} @${seen.offset} ${JSON.stringify(seen.module)} ${JSON.stringify(seen.name)} ${seen.class}`;
}

function checkGlobals(wanted: readonly ExpectedGlobal[], seen: readonly SeenGlobal[]): void {
  const missing = wanted.filter((one) => !seen.some((global) => isSame(global, one)));
  expect({ missing, seen: missing.length === 0 ? [] : seen.map(show) }).toEqual({ missing: [], seen: [] });
}

/** Every problem names the file that it is about, and says something. */
function checkIncomplete(report: Report, path: string, wanted: true | string): void {
  const reasons = report.incomplete.map((notice) => notice.reason);
  expect(report.incomplete.every((notice) => notice.path.startsWith(path) && notice.reason !== '')).toBe(true);
  if (wanted === true) expect(reasons).not.toEqual([]);
  else expect(reasons.join('\n')).toContain(wanted);
}

function checkHonest(report: Report): void {
  expect({ findings: report.findings.map((finding) => `${finding.message} (${finding.evidence.signal})`), incomplete: report.incomplete }).toEqual({
    findings: [],
    incomplete: [],
  });
  expect(report.artifacts.map((artifact) => [artifact.status, artifact.safety.level])).toEqual([['complete', 0]]);
}

async function check(entry: Entry): Promise<void> {
  const path = join(FIXTURES, entry.file);
  const bytes = readFileSync(path);
  expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([entry.size, entry.sha256]);
  const report = await scanFile(path);
  const { exit, rules, globals, incomplete } = entry.expect;
  if (exit === EXIT.pass) checkHonest(report);
  if (rules !== undefined) expect(report.findings.map((finding) => finding.ruleId)).toEqual(expect.arrayContaining([...rules]));
  if (globals !== undefined) checkGlobals(globals, globalsOf(report, path));
  if (incomplete !== undefined) checkIncomplete(report, path, incomplete);
  expect({ exit: EXIT[report.verdict], why: exit === EXIT[report.verdict] ? [] : explain(report) }).toEqual({ exit, why: [] });
}

function explain(report: Report): string[] {
  return [
    ...report.reasons,
    ...report.findings.map((finding) => `${finding.ruleId} ${finding.evidence.signal}`),
    ...report.incomplete.map((notice) => `${notice.path.split('/').at(-1)} @${notice.offset}: ${notice.reason}`),
  ];
}


function byFolder(): Map<string, Entry[]> {
  const folders = new Map<string, Entry[]>();
  for (const entry of MANIFEST) {
    const folder = dirname(entry.file);
    folders.set(folder, [...(folders.get(folder) ?? []), entry]);
  }
  return folders;
}

describe.each([...byFolder()])('fixtures/%s', (_folder, entries) => {
  test.each(entries.map((entry) => [entry.file.split('/').at(-1) ?? '', entry] as const))('%s', (_name, entry) => check(entry));
});

test('the manifest is as large as promised, and names every file', () => {
  const count = (kind: Entry['kind']): number => MANIFEST.filter((entry) => entry.kind === kind).length;
  expect(count('honest')).toBeGreaterThanOrEqual(60);
  expect(count('hostile')).toBeGreaterThanOrEqual(100);
  expect(count('broken')).toBeGreaterThanOrEqual(80);
  const stored = ['honest', 'hostile', 'broken', 'samples'].flatMap((folder) =>
    readdirSync(join(FIXTURES, folder), { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile())
      .map((item) => join(item.parentPath, item.name).slice(FIXTURES.length + 1)),
  );
  expect(stored.toSorted()).toEqual(MANIFEST.map((entry) => entry.file).toSorted());
});
