import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RULES, scan, type Coverage, type GlobalReport, type Report, type Rule } from '@artifact-sentinel/core';
import { DEFAULT_POLICY, findRule, streamsOf, type Fact } from '@artifact-sentinel/core/internal';
import { walk } from '@artifact-sentinel/core/node';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../cli/src/exit-code.js';
import { STRUCT_SIGNALS } from '../src/model/fact.js';
import { isUnpackedAtFullSize } from './slow-fixtures.js';

/** See fixtures/README.md for what the fields mean, and null in them. */
interface Pair {
  readonly module: string | null;
  readonly name: string | null;
}
interface ExpectedGlobal extends Pair {
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
    readonly nested?: readonly Pair[];
    readonly incomplete?: true | string;
  };
}
interface SeenGlobal extends GlobalReport {
  readonly member: string;
}

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));
const MANIFEST = JSON.parse(readFileSync(join(FIXTURES, 'manifest.json'), 'utf8')) as readonly Entry[];

/** The structural signals that the files of each kind have shown so far, for any level of the rule. */
const SIGNALS = new Map<Entry['kind'], Set<string>>();
let scanned: Entry['kind'] = 'sample';
const listener: Rule = {
  meta: findRule('PICKLE-STRUCT').meta,
  on: ['pickle.structure'],
  check: (fact: Fact) => {
    if (fact.kind === 'pickle.structure') SIGNALS.set(scanned, (SIGNALS.get(scanned) ?? new Set()).add(fact.signal));
    return undefined;
  },
};

function scanFile(path: string): Promise<Report> {
  return scan(walk([path]), {
    policy: DEFAULT_POLICY,
    rules: [...RULES, listener],
    today: '2026-11-21',
  });
}

function globalsOf(report: Report, path: string): SeenGlobal[] {
  return report.artifacts.flatMap((artifact) =>
    streamsOf(artifact).flatMap((stream) => {
      const member = stream.path === path ? '' : stream.path.slice(path.length + 1);
      return stream.globals.map((global) => ({ ...global, member }));
    }),
  );
}

/** What tells apart several readings of one member, such as `data.pkl [local header]` or `a.pkl [2]`. */
function withoutReading(member: string): string {
  return member.replaceAll(/ \[[^\]!]+\](?=!|$)/g, '');
}

function isNamed(seen: SeenGlobal, wanted: ExpectedGlobal): boolean {
  const isMember =
    wanted.member === null || wanted.member === seen.member || wanted.member === withoutReading(seen.member);
  const isComputed = wanted.module === null || wanted.name === null;
  if (isComputed && seen.class !== 'dynamic') return false;
  return isMember && (wanted.module ?? seen.module) === seen.module && (wanted.name ?? seen.name) === seen.name;
}

/** A name that a stream asks for again is reported with its first offset and a count. */
function isFound(seen: SeenGlobal, wanted: ExpectedGlobal): boolean {
  if (!isNamed(seen, wanted)) return false;
  return wanted.offset === null || wanted.offset === seen.offset || (seen.count > 1 && seen.offset < wanted.offset);
}

function show(seen: SeenGlobal): string {
  return `${seen.member} @${seen.offset} ×${seen.count} ${JSON.stringify(seen.module)} ${JSON.stringify(seen.name)} ${seen.class}`;
}

/** Each lookup is there, as often as it happens, and no lookup is reported that no reader makes. */
function checkGlobals(wanted: readonly ExpectedGlobal[], nested: readonly Pair[], seen: readonly SeenGlobal[]): void {
  const missing = wanted.filter((one) => !seen.some((global) => isFound(global, one)));
  const uncounted = wanted.filter((one) => one.offset !== null && timesSeen(seen, one) < timesWanted(wanted, one));
  const known = [...wanted, ...nested];
  const extra = seen.filter(
    (global) => global.class !== 'allowed' && !hasReadings(global, seen) && !known.some((pair) => isPair(global, pair)),
  );
  const isRight = missing.length + uncounted.length + extra.length === 0;
  expect({ missing, uncounted, extra: extra.map(show), seen: isRight ? [] : seen.map(show) }).toEqual({
    missing: [],
    uncounted: [],
    extra: [],
    seen: [],
  });
}

/** Some reader profiles of a member find names cut short. */
function hasReadings(global: SeenGlobal, seen: readonly SeenGlobal[]): boolean {
  return seen.some(
    (other) => other.member !== global.member && withoutReading(other.member) === withoutReading(global.member),
  );
}

function isPair(global: SeenGlobal, pair: Pair): boolean {
  return (pair.module ?? global.module) === global.module && (pair.name ?? global.name) === global.name;
}

function timesSeen(seen: readonly SeenGlobal[], one: ExpectedGlobal): number {
  return seen.reduce((sum, global) => (isNamed(global, one) ? sum + global.count : sum), 0);
}

function timesWanted(wanted: readonly ExpectedGlobal[], one: ExpectedGlobal): number {
  return wanted.filter((other) => other.module === one.module && other.name === one.name && other.member === one.member)
    .length;
}

/** Every problem names the file that it is about, and says something. */
function checkIncomplete(report: Report, path: string, wanted: true | string): void {
  const reasons = report.incomplete.map((notice) => notice.reason);
  expect(report.incomplete.every((notice) => notice.path.startsWith(path) && notice.reason !== '')).toBe(true);
  if (wanted === true) expect(reasons).not.toEqual([]);
  else expect(reasons.join('\n')).toContain(wanted);
}

function checkHonest(report: Report): void {
  expect({
    findings: report.findings.map((finding) => `${finding.message} (${finding.evidence.signal})`),
    incomplete: report.incomplete,
  }).toEqual({
    findings: [],
    incomplete: [],
  });
  expect(report.artifacts.map((artifact) => [artifact.status, artifact.safety?.level])).toEqual([['complete', 0]]);
}

/** An honest file of which something has to be said: exactly that, and nothing about what it runs. */
function checkRemarkable(report: Report, rules: readonly string[]): void {
  expect(report.findings.map((finding) => finding.ruleId)).toEqual(rules);
  expect(report.incomplete).toEqual([]);
  expect(report.artifacts.map((artifact) => streamsOf(artifact).map((stream) => stream.safety.level))).toEqual(
    report.artifacts.map((artifact) => streamsOf(artifact).map(() => 0)),
  );
}

/** Every byte has its account, and none is left out without a word. */
function checkCoverage(report: Report): void {
  for (const artifact of report.artifacts) {
    const { path, size, coverage, status } = artifact;
    const { totals, ranges, moreRanges } = coverage;
    expect(totals.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(size);
    const ends = [0, ...ranges.map(({ end }) => end)];
    expect(ranges.map(({ start }) => start)).toEqual(ends.slice(0, -1));
    if (moreRanges === 0) expect(ends.at(-1)).toBe(size);
    if (totals.some(({ kind, reason }) => kind === 'unread' && reason === null)) expect(status).toBe('incomplete');
    // What a stream does was found by reading it.
    const streams = streamsOf(artifact).filter((stream) => stream.path === path && stream.end === 'stop');
    for (const { offset, length } of streams) expect(notParsed(coverage, offset, offset + length)).toEqual([]);
  }
  // That nobody accounts for a range is a gap in the analysis and no property of a file.
  expect(report.incomplete.filter(({ reason }) => reason.includes('accounted for by nothing'))).toEqual([]);
}

/** The ranges within [start, end) that are not parsed, but for the arrays between the opcodes of a stream. */
function notParsed({ ranges, moreRanges }: Coverage, start: number, end: number): Coverage['ranges'] {
  if (moreRanges > 0) return [];
  return ranges.filter(
    (range) => range.kind !== 'parsed' && range.reason !== 'array-data' && range.start < end && range.end > start,
  );
}

async function check(entry: Entry): Promise<void> {
  const path = join(FIXTURES, entry.file);
  const bytes = readFileSync(path);
  expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([entry.size, entry.sha256]);
  scanned = entry.kind;
  const report = await scanFile(path);
  const { exit, rules, globals, nested, incomplete } = entry.expect;
  checkCoverage(report);
  // Every finding in a file that could be read has an identity of its whole content.
  if (report.incomplete.length === 0)
    expect(report.findings.filter(({ covers }) => covers === undefined || covers === 'unknown')).toEqual([]);
  if (exit === EXIT.pass && rules === undefined) checkHonest(report);
  else if (entry.kind === 'honest') checkRemarkable(report, rules ?? []);
  if (rules !== undefined)
    expect(report.findings.map((finding) => finding.ruleId)).toEqual(expect.arrayContaining([...rules]));
  if (globals !== undefined) checkGlobals(globals, nested ?? [], globalsOf(report, path));
  if (incomplete !== undefined) checkIncomplete(report, path, incomplete);
  expect({ exit: EXIT[report.verdict], why: exit === EXIT[report.verdict] ? [] : explain(report) }).toEqual({
    exit,
    why: [],
  });
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
  const now = entries.filter(({ file }) => !isUnpackedAtFullSize(file));
  test.each(now.map((entry) => [entry.file.split('/').at(-1) ?? '', entry] as const))('%s', (_name, entry) =>
    check(entry),
  );
});

test('each structural signal has a hostile file that fires it, and no honest file fires any', () => {
  const hostile = SIGNALS.get('hostile') ?? new Set();
  expect(STRUCT_SIGNALS.filter((signal) => !hostile.has(signal))).toEqual([]);
  expect([...(SIGNALS.get('honest') ?? [])]).toEqual([]);
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
