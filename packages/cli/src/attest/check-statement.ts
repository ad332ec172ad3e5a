import { MOST_NAMES } from '../limits.js';
import type { Report } from '@artifact-sentinel/core';
import { CATALOGUE_VERSION, contradictions, readReport, UsageError } from '@artifact-sentinel/core/internal';
import { Shape } from '../retest/json-shape.js';
import { closureProblem } from './closure-problem.js';
import { Refusal } from './dsse.js';
import { policyDigest } from './policy-digest.js';
import {
  requireClosurePolicy,
  requirePolicy,
  requireRules,
  requireVerdict,
  type AskedRun,
  type Requirements,
} from './requirements.js';
import { PREDICATES, STATEMENT_TYPE, type StatementKind } from './statement.js';
import { MOST_SUBJECTS } from '../limits.js';

/** Clocks of two machines may differ by so much. */
const SKEW_MS = 5 * 60 * 1000;
const DAY_MS = 86_400_000;

export interface StatementRules extends Requirements {
  readonly type: StatementKind | undefined;
  readonly maxAgeDays: number | undefined;
  readonly anyCatalogue: boolean;
  readonly now: Date;
}

export interface CheckedStatement {
  readonly kind: StatementKind;
  readonly verdict: string;
  readonly time: string;
  readonly tool: string;
  readonly catalogue: string;
  /** Categories and rules that were asked for; empty for all. */
  readonly rules: readonly string[];
  /** Digest of the policy as it held; null for a closure. */
  readonly policySha256: string | null;
  /** SHA-256 → name. */
  readonly subjects: ReadonlyMap<string, string>;
}

interface ReadStatement extends CheckedStatement {
  /** Refuses what does not fit the requirements. */
  readonly require: (required: Requirements) => void;
}

/** Reads what a verified payload says and refuses what the rules do not take. */
export function checkStatement(payload: Uint8Array, rules: StatementRules): CheckedStatement {
  const checked = readPayload(payload, readStatement);
  const { kind, verdict, time, catalogue } = checked;
  if (rules.type !== undefined && rules.type !== kind)
    throw new Refusal(`it is about a ${kind}, not about a ${rules.type}`);
  const age = rules.now.getTime() - Date.parse(time);
  if (Number.isNaN(age)) throw new Refusal(`its time, ${time}, is none`);
  if (age < -SKEW_MS) throw new Refusal(`its time, ${time}, lies in the future`);
  if (rules.maxAgeDays !== undefined && age > rules.maxAgeDays * DAY_MS)
    throw new Refusal(`it is stale: ${Math.floor(age / DAY_MS)} days old, more than ${rules.maxAgeDays}`);
  if (!rules.anyCatalogue && catalogue !== CATALOGUE_VERSION)
    throw new Refusal(
      `it is stale: made with catalogue ${catalogue}, this version has ${CATALOGUE_VERSION}; scan again, or take it with --any-catalogue`,
    );
  requireVerdict(kind, verdict, rules);
  checked.require(rules);
  return checked;
}

/** What `read` makes of a payload; a payload of another form is a refusal. */
export function readPayload<T>(payload: Uint8Array, read: (root: unknown) => T): T {
  let root: unknown;
  try {
    root = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch (error) {
    // No JSON, or no UTF-8.
    if (error instanceof SyntaxError || error instanceof TypeError) throw new Refusal('the payload is no JSON');
    throw error;
  }
  try {
    return read(root);
  } catch (error) {
    if (error instanceof UsageError) throw new Refusal(error.message);
    throw error;
  }
}

/** SHA-256 → name. */
export function readSubjects(root: Shape): Map<string, string> {
  const subjects = new Map<string, string>();
  for (const subject of root.key('subject').list(MOST_SUBJECTS)) {
    const digest = subject
      .key('digest')
      .key('sha256')
      .matching(/^[0-9a-f]{64}$/, 'a SHA-256 of 64 hex digits');
    subjects.set(digest, subject.key('name').text());
  }
  return subjects;
}

/** A scan statement of an earlier version says nothing of the policy that held. */
const EARLIER_SCAN = 'urn:sentinel:predicate:scan:1';

function readStatement(value: unknown): ReadStatement {
  const root = new Shape(value, 'the statement');
  root.key('_type').oneOf([STATEMENT_TYPE]);
  const type = root.key('predicateType').oneOf([...Object.values(PREDICATES), EARLIER_SCAN]);
  if (type === EARLIER_SCAN)
    throw new Refusal('an earlier version made it, which did not say what policy held; scan and attest again');
  const subjects = readSubjects(root);
  const predicate = root.key('predicate');
  const record = predicate.key('record');
  return type === PREDICATES.scan ? readScan(predicate, record.fields(), subjects) : readClosure(record, subjects);
}

/** The report behind a statement; the parts of its artifacts were left out, which schema version 1 had as streams. */
function reportOf(record: Readonly<Record<string, unknown>>): Report {
  const { artifacts } = record;
  const filled = Array.isArray(artifacts)
    ? artifacts.map((artifact: unknown) => ({ ...(artifact as object), streams: [], parts: [] }))
    : artifacts;
  return readReport(JSON.stringify({ ...record, artifacts: filled }), 'the record');
}

function readScan(
  predicate: Shape,
  record: Readonly<Record<string, unknown>>,
  subjects: Map<string, string>,
): ReadStatement {
  const report = reportOf(record);
  const { run, policy } = report;
  const found = contradictions(report, false);
  if (run === null || policy === null || found === null)
    throw new Refusal('the record does not say how it was made, and under which policy');
  if (found.length > 0) throw new Refusal(`the record contradicts itself: ${found.join('; ')}`);
  checkSubjects(report, subjects);
  const sha256 = checkPredicate(predicate, report, policyDigest(policy, record as unknown as Report));
  return {
    kind: 'scan',
    verdict: report.verdict,
    time: run.startedAt,
    tool: report.tool.version,
    catalogue: report.tool.rules,
    rules: run.rules,
    policySha256: sha256,
    subjects,
    require(required) {
      requireRules(run, required);
      requirePolicy(report, run, policy, required);
    },
  };
}

/** The subjects are the artifacts of the record that were analysed, no more and no fewer. */
function checkSubjects(report: Report, subjects: ReadonlyMap<string, string>): void {
  const artifacts = report.artifacts.filter(({ status }) => status !== 'opaque');
  const digests = new Set(artifacts.map((artifact) => artifact.sha256));
  if (digests.size !== subjects.size || artifacts.some(({ sha256 }) => sha256 === null || !subjects.has(sha256)))
    throw new Refusal('its subjects are not the artifacts of its record');
}

/**
 * What the predicate says beside the record has to be what the record says. `sha256`: of the policy, by the record as it was
 * signed: one of an early version has fewer keys than it is read with.
 */
function checkPredicate(predicate: Shape, report: Report, sha256: string): string {
  if (predicate.key('policy').key('sha256').text() !== sha256)
    throw new Refusal('the digest of its policy is not that of the policy in its record');
  if (predicate.key('verdict').text() !== report.verdict) throw new Refusal('its verdict is not that of its record');
  return sha256;
}

function readClosure(shape: Shape, subjects: Map<string, string>): ReadStatement {
  const problem = closureProblem(shape);
  if (problem !== null) throw new Refusal(`the record contradicts itself: ${problem}`);
  const tool = shape.key('tool');
  const run = readRun(shape.key('run'));
  return {
    kind: 'closure',
    verdict: shape.key('outcome').text(),
    time: shape.key('time').text(),
    tool: tool.key('version').text(),
    catalogue: tool.key('rules').text(),
    rules: run.rules,
    policySha256: null,
    subjects,
    require(required) {
      requireRules(run, required);
      requireClosurePolicy(run, required);
    },
  };
}

/** The run of a closure, as far as it is asked for. */
function readRun(shape: Shape): AskedRun {
  const texts = (key: string): string[] =>
    shape
      .key(key)
      .list(MOST_NAMES)
      .map((item) => item.text());
  return {
    rules: texts('rules'),
    alsoAllow: texts('alsoAllow'),
    maxAcceptableSeverity: shape.key('maxAcceptableSeverity').nullable((item) => item.text()),
    policyFiles: shape
      .key('policyFiles')
      .list(MOST_NAMES)
      .map((item) => ({
        path: item.key('path').text(),
        sha256: item.key('sha256').text(),
        trusted: item.key('trusted').bool(),
      })),
  };
}
