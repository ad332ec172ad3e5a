import { readReport, UsageError } from '@sentinel/core';
import { Shape } from '../retest/json-shape.js';
import { earlierReport } from '../retest/read-report.js';
import { parseJson, readText } from '../retest/read-json.js';
import { MOST_NAMED } from '../limits.js';

export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

/** Predicate types: the version at the end changes with the meaning of a field. */
export const PREDICATES = {
  scan: 'urn:sentinel:predicate:scan:1',
  closure: 'urn:sentinel:predicate:closure:1',
} as const;
export type StatementKind = keyof typeof PREDICATES;

/** In-toto Statement v1, https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export interface Statement {
  readonly _type: typeof STATEMENT_TYPE;
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: string;
  readonly predicate: {
    /** Of the record file as it was. */
    readonly recordSha256: string;
    /** The record; the streams of a report, which are most of it, are left out. */
    readonly record: Readonly<Record<string, unknown>>;
  };
}

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

function withoutStreams(artifact: unknown): Record<string, unknown> {
  const { streams: _streams, ...rest } = artifact as Record<string, unknown>;
  return rest;
}

/** The statement about a record: a JSON report of a scan, or a closure record. */
export function statementOf(file: string): Statement {
  const { text, sha256 } = readText(file, 'record');
  const value = parseJson(text, file, 'record');
  const root = new Shape(value, file);
  const record = value as Record<string, unknown>;
  if (Object.hasOwn(Object(value) as object, 'kind')) {
    root.key('kind').oneOf(['closure']);
    if (record['schemaVersion'] !== 1) throw new UsageError(`${file}: schemaVersion 1 was expected`);
    const seen = root.key('scan').key('artifacts').list(Number.MAX_SAFE_INTEGER).map(readHashed);
    const report = root.key('report');
    const about = [{ path: report.key('path').text(), sha256: report.key('sha256').matching(SHA256, 'a SHA-256') }];
    const subject = subjects([...about, ...seen], file, 'retest when no other program writes to them');
    return statement('closure', subject, { recordSha256: sha256, record });
  }
  const report = earlierReport(readReport(text, file), file, sha256);
  const artifacts = (record['artifacts'] as unknown[]).map(withoutStreams);
  const subject = subjects(report.artifacts.values(), file, 'scan with --hash all');
  return statement('scan', subject, { recordSha256: sha256, record: { ...record, artifacts } });
}

const SHA256 = /^[0-9a-f]{64}$/;

function readHashed(shape: Shape): Hashed {
  return {
    path: shape.key('path').text(),
    sha256: shape.key('sha256').nullable((item) => item.matching(SHA256, 'a SHA-256 of 64 hex digits')),
  };
}

function statement(kind: StatementKind, subject: Statement['subject'], predicate: Statement['predicate']): Statement {
  return { _type: STATEMENT_TYPE, subject, predicateType: PREDICATES[kind], predicate };
}
