import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { CATALOGUE_VERSION, UsageError, type RunReport } from '@artifact-sentinel/core/internal';
import { afterAll, describe, expect, test } from 'vitest';
import { artifact, reportOf, RUN as NO_RUN } from '../../../core/test/report-kit.js';
import { checkStatement, readPayload, type StatementRules } from './check-statement.js';
import { Refusal } from './dsse.js';
import { policyDigest } from './policy-digest.js';
import { PREDICATES, statementOf, type ScanPredicate, type Statement } from './statement.js';
import { resourceOf, summaryOf } from './summary.js';

const folder = mkdtempSync(join(tmpdir(), 'sentinel-statement-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
function file(value: unknown): string {
  const path = join(folder, `${(count += 1)}.json`);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

const RUN: RunReport = { ...NO_RUN, paths: ['in'] };
const A = 'aa'.repeat(32);
const B = 'bb'.repeat(32);
const hashed = (path: string, sha256: string) => artifact(path, 0, { sha256, notHashed: null });

function scan(more: Partial<Report> = {}): Report {
  const made = reportOf('a.pkl', [], undefined, { run: RUN, artifacts: [hashed('a.pkl', A), hashed('b.pkl', B)] });
  return { ...made, tool: { ...made.tool, rules: CATALOGUE_VERSION }, ...more };
}

function scanStatement(report = scan()): Statement<ScanPredicate> {
  const made = statementOf(file(report));
  if (made.kind !== 'scan') throw new Error('no scan');
  return made.statement;
}

const CLOSURE = {
  schemaVersion: 1,
  kind: 'closure',
  time: '2026-06-01T00:00:00.000Z',
  tool: { version: '1', rules: CATALOGUE_VERSION },
  outcome: 'closed',
  counts: { closed: 0, removed: 0, open: 0, unverifiable: 0, new: 0 },
  findings: [],
  newFindings: [],
  scan: { verdict: 'pass', artifacts: [{ path: 'a.pkl', sha256: A }] },
  report: { path: 'old.json', sha256: B },
  run: { rules: [], alsoAllow: [], maxAcceptableSeverity: null, policyFiles: [] },
};

describe('the statement', () => {
  test('of a scan: its artifacts, its policy, its record without the parts', () => {
    const report = scan();
    const path = file(report);
    const { kind, statement } = statementOf(path);
    expect(kind).toBe('scan');
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [
        { name: 'a.pkl', digest: { sha256: A } },
        { name: 'b.pkl', digest: { sha256: B } },
      ],
      predicateType: PREDICATES.scan,
      predicate: {
        recordSha256: createHash('sha256').update(JSON.stringify(report)).digest('hex'),
        verdict: 'pass',
        startedAt: RUN.startedAt,
        policy: { failOn: ['CRITICAL', 'HIGH'] },
      },
    });
    const { artifacts } = statement.predicate.record as { readonly artifacts: readonly object[] };
    expect(artifacts[0]).not.toHaveProperty('parts');
    expect(artifacts[0]).toHaveProperty('coverage');
  });

  test('of a closure: the report and its artifacts', () => {
    expect(statementOf(file(CLOSURE))).toMatchObject({
      kind: 'closure',
      statement: {
        predicateType: PREDICATES.closure,
        subject: [
          { name: 'old.json', digest: { sha256: B } },
          { name: 'a.pkl', digest: { sha256: A } },
        ],
        predicate: { record: CLOSURE },
      },
    });
  });

  const opaque = artifact('c.bin', 0, { status: 'opaque', safety: null });
  const without = (...names: string[]): Partial<Report> => ({
    artifacts: names.map((name) => artifact(name)),
    summary: { ...scan().summary, artifacts: names.length },
  });
  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'the record is no JSON'],
    [
      'an artifact without a hash',
      scan(without('x')),
      'nothing can be signed about artifacts without a hash (x); scan with --hash all',
    ],
    ['three of them', scan(without('x', 'y', 'z')), 'without a hash (x, y, z);'],
    ['five of them', scan(without('v', 'w', 'x', 'y', 'z')), 'without a hash (v, w, x and 2 more);'],
    [
      'no artifact',
      scan({ artifacts: [], summary: { ...scan().summary, artifacts: 0 } }),
      'there is no artifact to sign for',
    ],
    [
      'only what was not analysed',
      scan({ artifacts: [opaque], summary: { ...scan().summary, artifacts: 1, opaque: 1 } }),
      'there is no artifact to sign for',
    ],
    ['no run', scan({ run: null }), 'does not tell how it was made'],
    ['no policy', scan({ policy: null }), 'does not record the policy that held'],
    ['two verdicts', scan({ verdict: 'fail' }), 'the report contradicts itself: '],
    ['another kind', { ...CLOSURE, kind: 'scan' }, 'one of closure was expected'],
    ['another version', { ...CLOSURE, schemaVersion: 2 }, 'schemaVersion 1 was expected'],
    [
      'other counts',
      { ...CLOSURE, counts: { ...CLOSURE.counts, open: 1 } },
      'the record contradicts itself: it counts 1 findings as open',
    ],
    ['no digest of the report', { ...CLOSURE, report: { path: 'x', sha256: 'a' } }, 'a SHA-256 was expected'],
    [
      'no hash of an artifact',
      { ...CLOSURE, scan: { verdict: 'pass', artifacts: [{ path: 'a', sha256: null }] } },
      'without a hash (a); retest when no other program writes to them',
    ],
  ])('of what has %s is refused', (_name, value, message) => {
    expect(() => statementOf(file(value))).toThrow(UsageError);
    expect(() => statementOf(file(value))).toThrow(message);
  });
});

describe('the digest of a policy', () => {
  const { policy } = scan();
  if (policy === null) throw new Error('no policy');
  const entry = {
    entry: 'a.B',
    role: 'bare',
    state: 'used',
    detail: null,
    why: 'w',
    owner: null,
    expires: null,
    sha256: null,
    origin: 'p:1',
  } as const;
  const of = (more: object = {}): string => policyDigest(policy, { allow: [{ ...entry, ...more }], accept: [] });
  test('is about what held, not about what is said of it', () => {
    for (const same of [{ state: 'unused' }, { detail: 'x' }, { why: 'x' }, { owner: 'x' }, { origin: 'x' }])
      expect(of(same)).toBe(of());
    for (const other of [{ entry: 'a.C' }, { role: 'maker' }, { expires: '2030-01-01' }, { sha256: A }])
      expect(of(other)).not.toBe(of());
    const turned = Object.fromEntries(Object.entries(policy).toReversed()) as unknown as typeof policy;
    expect(policyDigest(turned, { allow: [], accept: [] })).toBe(policyDigest(policy, { allow: [], accept: [] }));
  });
});

describe('the summary', () => {
  test('of a scan that passes, and of one that does not', () => {
    const statement = scanStatement();
    const of = (predicate: Partial<ScanPredicate>) =>
      summaryOf({ ...statement, predicate: { ...statement.predicate, ...predicate } }, 'e', {
        verifier: 'v',
        resource: null,
      });
    expect(of({})).toMatchObject({
      subject: statement.subject,
      predicate: {
        verifier: { id: 'v' },
        timeVerified: RUN.startedAt,
        resourceUri: resourceOf(statement.subject),
        policy: { digest: { sha256: statement.predicate.policy.sha256 } },
        inputAttestations: [{ digest: { sha256: createHash('sha256').update('e').digest('hex') } }],
        verificationResult: 'PASSED',
        verifiedLevels: ['SENTINEL_SCAN_PASSED'],
      },
    });
    for (const verdict of ['fail', 'incomplete'] as const)
      expect(of({ verdict }).predicate).toMatchObject({ verificationResult: 'FAILED', verifiedLevels: ['FAILED'] });
    expect(summaryOf(statement, 'e', { verifier: 'v', resource: 'r' }).predicate.resourceUri).toBe('r');
  });

  test('the name of artifacts does not depend on their order', () => {
    const { subject } = scanStatement();
    expect(resourceOf(subject)).toBe(resourceOf(subject.toReversed()));
    expect(resourceOf(subject)).not.toBe(resourceOf(subject.slice(1)));
  });
});

describe('a statement is checked', () => {
  const NOW = new Date('2026-06-11T00:00:00.000Z');
  const RULES: StatementRules = {
    rules: [],
    policy: null,
    anyPolicy: false,
    anyVerdict: false,
    allowIncomplete: false,
    type: undefined,
    maxAgeDays: undefined,
    anyCatalogue: false,
    now: NOW,
  };
  /** What it says in short, or why it is refused. */
  function answer(statement: object, rules: Partial<StatementRules> = {}): string {
    try {
      const found = checkStatement(Buffer.from(JSON.stringify(statement)), { ...RULES, ...rules });
      return `${found.kind} ${found.verdict} ${found.time} ${[...found.subjects.values()].join()} ${found.policySha256 === null ? '-' : 'policy'}`;
    } catch (error) {
      if (error instanceof Refusal) return error.message;
      throw error;
    }
  }
  const good = scanStatement();
  const change = (more: object): object => ({ ...good, predicate: { ...good.predicate, ...more } });
  const record = (more: object): object => change({ record: { ...good.predicate.record, ...more } });
  const closure = statementOf(file(CLOSURE)).statement;
  const minutes = (after: number): Date => new Date(Date.parse(RUN.startedAt) + after * 60_000);
  const OK = `scan pass ${RUN.startedAt} a.pkl,b.pkl policy`;

  test.each<[string, object, Partial<StatementRules>, string]>([
    ['a scan', good, {}, OK],
    ['a closure', closure, {}, `closure closed ${CLOSURE.time} old.json,a.pkl -`],
    ['of its kind', good, { type: 'scan' }, OK],
    ['of another kind', good, { type: 'closure' }, 'it is about a scan, not about a closure'],
    ['as old as it may be', good, { maxAgeDays: 10 }, OK],
    ['older', good, { maxAgeDays: 9 }, 'it is stale: 10 days old, more than 9'],
    ['of a clock that goes ahead', good, { now: minutes(-5) }, OK],
    ['of the future', good, { now: minutes(-6) }, `its time, ${RUN.startedAt}, lies in the future`],
    [
      'of a clock that goes ahead a little more',
      good,
      { now: minutes(-5.05) },
      `its time, ${RUN.startedAt}, lies in the future`,
    ],
    ['whose streams were left out', record({ summary: { ...scan().summary, streams: 3 } }), {}, OK],
    [
      'of no time',
      { ...closure, predicate: { ...closure.predicate, record: { ...CLOSURE, time: 'x' } } },
      {},
      'its time, x, is none',
    ],
    [
      'of another catalogue',
      record({ tool: { ...scan().tool, rules: 'old' } }),
      {},
      `it is stale: made with catalogue old, this version has ${CATALOGUE_VERSION}`,
    ],
    [
      'of another catalogue that is taken',
      record({ tool: { ...scan().tool, rules: 'old' } }),
      { anyCatalogue: true },
      OK,
    ],
    [
      'of an earlier version',
      { ...good, predicateType: 'urn:sentinel:predicate:scan:1' },
      {},
      'an earlier version made it',
    ],
    ['of no form', { ...good, _type: 'x' }, {}, 'the statement: _type: one of '],
    [
      'with one subject less',
      { ...good, subject: good.subject.slice(1) },
      {},
      'its subjects are not the artifacts of its record',
    ],
    [
      'with another subject',
      { ...good, subject: [good.subject[0], { name: 'x', digest: { sha256: 'cc'.repeat(32) } }] },
      {},
      'its subjects are not the artifacts of its record',
    ],
    [
      'with a digest of no form',
      { ...good, subject: [{ name: 'x', digest: { sha256: 'AA'.repeat(32) } }] },
      {},
      'a SHA-256 of 64 hex digits was expected',
    ],
    ['with another verdict', change({ verdict: 'fail' }), {}, 'its verdict is not that of its record'],
    [
      'with the digest of another policy',
      change({ policy: { ...good.predicate.policy, sha256: A } }),
      {},
      'the digest of its policy is not that of the policy in its record',
    ],
    ['that contradicts itself', record({ verdict: 'fail' }), {}, 'the record contradicts itself: '],
    ['without a run', record({ run: null }), {}, 'the record does not say how it was made'],
    ['without a policy', record({ policy: null }), {}, 'the record does not say how it was made'],
    [
      'a closure that contradicts itself',
      { ...closure, predicate: { ...closure.predicate, record: { ...CLOSURE, outcome: 'open' } } },
      {},
      'its outcome is "open"',
    ],
  ])('%s', (_name, statement, rules, expected) => {
    const said = answer(statement, rules);
    expect(said.includes(expected) ? expected : said).toBe(expected);
  });

  test('a payload of another form', () => {
    const read = (bytes: Uint8Array): unknown => readPayload(bytes, (root) => root);
    expect(read(Buffer.from('[1]'))).toEqual([1]);
    for (const bytes of [Buffer.from('{'), Uint8Array.of(0x22, 0xff, 0x22)])
      expect(() => read(bytes)).toThrow(new Refusal('the payload is no JSON'));
    expect(() =>
      readPayload(Buffer.from('1'), () => {
        throw new RangeError('ours');
      }),
    ).toThrow(RangeError);
  });
});
