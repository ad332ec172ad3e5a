import type { Report } from '@artifact-sentinel/core';
import {
  contradictions,
  readReport,
  selectRules,
  UsageError,
  type PolicyReport,
} from '@artifact-sentinel/core/internal';
import { Shape } from '../retest/json-shape.js';
import { earlierReport } from '../retest/read-report.js';
import { parseJson, readText } from '../retest/read-json.js';
import { MOST_NAMED } from '../limits.js';
import { closureProblem } from './closure-problem.js';
import { policyDigest } from './policy-digest.js';

export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

/** Predicate types: the version at the end changes with the meaning of a field. */
export const PREDICATES = {
  scan: 'urn:sentinel:predicate:scan:2',
  closure: 'urn:sentinel:predicate:closure:1',
} as const;
export type StatementKind = keyof typeof PREDICATES;

interface RecordPredicate {
  /** Of the record file as it was. */
  readonly recordSha256: string;
  /** The record; the parts of a report's artifacts, which are most of it, are left out. */
  readonly record: Readonly<Record<string, unknown>>;
}

export interface ScanPredicate extends RecordPredicate {
  readonly verdict: Report['verdict'];
  readonly startedAt: string;
  /** Every rule that was applied. */
  readonly rules: readonly string[];
  /** What held, and the digest of all of it, allow entries and acceptances included. */
  readonly policy: PolicyReport & { readonly sha256: string };
}

/** In-toto Statement v1, https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export interface Statement<Predicate = RecordPredicate> {
  readonly _type: typeof STATEMENT_TYPE;
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: string;
  readonly predicate: Predicate;
}

/** A statement about a record, by its kind. */
export type RecordStatement =
  | { readonly kind: 'scan'; readonly statement: Statement<ScanPredicate> }
  | { readonly kind: 'closure'; readonly statement: Statement };

interface Hashed {
  readonly path: string;
  readonly sha256: string | null;
}

function subjects(artifacts: Iterable<Hashed>, file: string, advice: string): Statement['subject'] {
  const all = [...artifacts];
  const missing = all.filter((artifact) => artifact.sha256 === null).map((artifact) => artifact.path);
  if (missing.length > 0) {
    const left = missing.length - MOST_NAMED;
    const names = missing.slice(0, MOST_NAMED).join(', ') + (left > 0 ? ` and ${left} more` : '');
    throw new UsageError(`${file}: nothing can be signed about artifacts without a hash (${names}); ${advice}`);
  }
  if (all.length === 0) throw new UsageError(`${file}: there is no artifact to sign for`);
  return all.flatMap(({ path, sha256 }) => (sha256 === null ? [] : [{ name: path, digest: { sha256 } }]));
}

/** Parts are what schema version 1 had as streams. */
function withoutParts(artifact: unknown): Record<string, unknown> {
  const { streams: _streams, parts: _parts, ...rest } = artifact as Record<string, unknown>;
  return rest;
}

/** The policy that a report records, of one whose parts fit together: nobody signs one that says two things. */
function checkedPolicy(report: Report, file: string): PolicyReport {
  const { policy } = report;
  const found = contradictions(report);
  if (policy === null || found === null)
    throw new UsageError(`${file}: the report does not record the policy that held; scan again with this version`);
  if (found.length > 0) throw new UsageError(`${file}: the report contradicts itself: ${found.join('; ')}`);
  return policy;
}

/** The statement about a record: a JSON report of a scan, or a closure record. */
export function statementOf(file: string): RecordStatement {
  const { text, sha256 } = readText(file, 'record');
  const value = parseJson(text, file, 'record');
  const root = new Shape(value, file);
  const record = value as Record<string, unknown>;
  if (Object.hasOwn(Object(value) as object, 'kind')) {
    root.key('kind').oneOf(['closure']);
    if (record['schemaVersion'] !== 1) throw new UsageError(`${file}: schemaVersion 1 was expected`);
    const problem = closureProblem(root);
    if (problem !== null) throw new UsageError(`${file}: the record contradicts itself: ${problem}`);
    const seen = root.key('scan').key('artifacts').list(Number.MAX_SAFE_INTEGER).map(readHashed);
    const report = root.key('report');
    const about = [{ path: report.key('path').text(), sha256: report.key('sha256').matching(SHA256, 'a SHA-256') }];
    const subject = subjects([...about, ...seen], file, 'retest when no other program writes to them');
    const predicate = { recordSha256: sha256, record };
    return {
      kind: 'closure',
      statement: { _type: STATEMENT_TYPE, subject, predicateType: PREDICATES.closure, predicate },
    };
  }
  const report = readReport(text, file);
  const { run } = earlierReport(report, file, sha256);
  const analysed = report.artifacts.filter(({ status }) => status !== 'opaque');
  const subject = subjects(analysed, file, 'scan with --hash all');
  const policy = checkedPolicy(report, file);
  const predicate: ScanPredicate = {
    recordSha256: sha256,
    verdict: report.verdict,
    startedAt: run.startedAt,
    rules: selectRules(run.rules).map((rule) => rule.meta.id),
    policy: { sha256: policyDigest(policy, report), ...policy },
    record: { ...record, artifacts: (record['artifacts'] as unknown[]).map(withoutParts) },
  };
  return { kind: 'scan', statement: { _type: STATEMENT_TYPE, subject, predicateType: PREDICATES.scan, predicate } };
}

const SHA256 = /^[0-9a-f]{64}$/;

function readHashed(shape: Shape): Hashed {
  return {
    path: shape.key('path').text(),
    sha256: shape.key('sha256').nullable((item) => item.matching(SHA256, 'a SHA-256 of 64 hex digits')),
  };
}
