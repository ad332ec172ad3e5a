import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArtifactReport, Report } from '@artifact-sentinel/core';
import { safety } from '@artifact-sentinel/core/internal';
import { now, openInput, type Input } from '@artifact-sentinel/core/node/internal';
import { describe, expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { call, globalFact, str } from '../../../core/test/fact-kit.js';
import { artifact, reportOf } from '../../../core/test/report-kit.js';
import type { HashChoice } from '@artifact-sentinel/core/internal';
import { addHashes, type AnalysedInputs } from './add-hashes.js';
import { hashDeadline } from './hash-deadline.js';

const BYTES = Buffer.from('a pickle');
const SHA256 = createHash('sha256').update(BYTES).digest('hex');
type SafetyLevel = Parameters<typeof safety>[0];
const NOBODY_WAITS = { runDeadline: null };
const OVER = 'the total time of 1 s for the run was over while it was hashed';

/** Both were analysed in this state. */
function analysed(identity: string | null = SHA256): AnalysedInputs {
  const input = (name: string): Input => ({ kind: 'bytes', name, size: BYTES.length, bytes: BYTES });
  return new Map(['bad.pkl', 'good.pkl'].map((name) => [name, { input: input(name), identity }]));
}

/** Findings in `bad.pkl`, none in `good.pkl`. */
function report(artifacts: readonly ArtifactReport[] = [artifact('bad.pkl', 4), artifact('good.pkl')]): Report {
  return reportOf('bad.pkl', [globalFact('os', 'system', [call([str('id')])])], undefined, { artifacts });
}

function hashes({ artifacts }: Report): readonly (readonly [string | null, string | null])[] {
  return artifacts.map(({ sha256, notHashed }) => [sha256, notHashed]);
}

describe('which artifacts are hashed', () => {
  const NOT_WANTED = [null, 'no finding; --hash all hashes it'] as const;
  test.each<readonly [HashChoice, readonly unknown[]]>([
    ['all', [SHA256, null]],
    ['findings', NOT_WANTED],
    ['none', [null, 'not asked for']],
  ])('--hash %s', (choice, good) => {
    expect(report().findings.map((finding) => finding.artifact)).toEqual(['bad.pkl']);
    const found = addHashes(report(), choice, analysed(), NOBODY_WAITS);
    expect(hashes(found)).toEqual([[SHA256, null], good]);
    expect(found.incomplete).toEqual([]);
  });

  test('a hash that is there stays', () => {
    const known = { sha256: 'a'.repeat(64), notHashed: null };
    const given = report([artifact('bad.pkl', 4, known), artifact('good.pkl', 0, known)]);
    for (const choice of ['none', 'findings', 'all'] as const)
      expect(addHashes(given, choice, new Map(), NOBODY_WAITS)).toEqual(given);
  });

  test('what could not be opened, or has changed since, has none', () => {
    const problem = [null, 'it could not be opened'];
    expect(hashes(addHashes(report(), 'all', analysed(null), NOBODY_WAITS))).toEqual([problem, problem]);
    expect(hashes(addHashes(report(), 'all', new Map(), NOBODY_WAITS))).toEqual([problem, problem]);
    const changed = [null, 'it changed since it was analysed'];
    const found = addHashes(report(), 'all', analysed('b'.repeat(64)), NOBODY_WAITS);
    expect(hashes(found)).toEqual([changed, changed]);
    expect([found.incomplete, found.verdict]).toEqual([[], 'fail']);
  });
});

test('a report whose hashes all came in time decides as it did', () => {
  const given = reportOf('good.pkl', [], undefined, { artifacts: [artifact('good.pkl')] });
  const summary = { ...given.summary, opaque: 5 };
  expect(given.verdict).toBe('pass');
  const found = addHashes({ ...given, summary }, 'all', analysed(), NOBODY_WAITS);
  expect([found.verdict, found.summary, hashes(found)]).toEqual(['pass', summary, [[SHA256, null]]]);
});

describe('what is not hashed in time', () => {
  async function late(level: SafetyLevel | null, verdict: Report['verdict']): Promise<Report> {
    const name = join(folderOfTest('sentinel-hashes-'), 'a.pkl');
    writeFileSync(name, BYTES);
    const input: Input = { kind: 'file', name, size: BYTES.length };
    const { identity } = await openInput(input);
    const known = artifact(name, level ?? 0, { status: 'opaque', ...(level === null ? { safety: null } : {}) });
    const given = reportOf(name, [], undefined, { artifacts: [known] });
    const summary = { ...given.summary, opaque: 1 };
    return addHashes({ ...given, verdict, summary }, 'all', new Map([[name, { input, identity: identity ?? '' }]]), {
      runDeadline: { end: now() - 1, seconds: 1 },
    });
  }

  test.each<readonly [SafetyLevel | null, Report['verdict'], SafetyLevel, Report['verdict']]>([
    [0, 'pass', 3, 'incomplete'],
    [2, 'pass', 3, 'incomplete'],
    [null, 'incomplete', 3, 'incomplete'],
    [3, 'incomplete', 3, 'incomplete'],
    [4, 'fail', 4, 'fail'],
  ])('of level %s and verdict %s is incomplete', async (level, verdict, after, decided) => {
    const found = await late(level, verdict);
    const [item] = found.artifacts;
    expect(item).toMatchObject({ status: 'incomplete', safety: safety(after), sha256: null, notHashed: OVER });
    expect(found.verdict).toBe(decided);
    expect(found.incomplete).toEqual([{ path: item?.path, offset: null, cause: 'limit', reason: OVER }]);
    expect(found.summary.opaque).toBe(0);
  });
});

test('hashing takes as long as an analysis may, and no longer than the run', () => {
  expect(hashDeadline()()).toBeNull();
  expect(hashDeadline(60_000, { end: now() + 60_000, seconds: 60 })()).toBeNull();
  expect(hashDeadline(-1_000)()).toBe('it was not hashed within -1 s');
  expect(hashDeadline(60_000, { end: now() - 1, seconds: 1 })()).toBe(OVER);
});
