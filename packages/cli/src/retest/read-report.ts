import { SEVERITIES, UsageError, type ArtifactState, type EarlierFinding, type RunReport } from '@sentinel/core';
import { Shape } from './json-shape.js';
import { readJson } from './read-json.js';

/** What a retest takes from a report. The command in it is shown and never run. */
export interface EarlierReport {
  readonly path: string;
  readonly sha256: string;
  readonly tool: { readonly name: 'sentinel'; readonly version: string; readonly rules: string };
  readonly command: string;
  readonly run: RunReport;
  readonly artifacts: ReadonlyMap<string, ArtifactState>;
  readonly findings: readonly EarlierFinding[];
  /** The user's allow entries that counted. */
  readonly allow: readonly string[];
}

/** CWE-770. More than any real run has, so that a report of a few megabytes cannot ask for hours of work. */
const MOST_FINDINGS = 200_000;
const MOST_ARTIFACTS = 5_000_000;
const MOST_PATHS = 10_000;
const MOST_ENTRIES = 10_000;
/** Linux takes 4,096 bytes. */
const LONGEST_PATH = 4096;
const LONGEST_TIMEOUT_S = 86_400;

const SHA256 = /^[0-9a-f]{64}$/;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;

export function readReport(file: string): EarlierReport {
  const { value, sha256 } = readJson(file, 'report');
  const root = new Shape(value, file);
  const version = root.key('schemaVersion').nullable((shape) => shape.number(-Infinity, Infinity));
  if (version !== 1) throw new UsageError(`${file}: schemaVersion 1 was expected, not ${String(version)}`);
  root.key('tool').key('name').oneOf(['sentinel']);
  const runShape = root.key('run');
  const run = runShape.nullable(readRun);
  if (run === null)
    throw new UsageError(
      `${file}: the report does not tell how it was made; write one with: sentinel artifact PATH -f json=report.json`,
    );
  const artifacts = new Map<string, ArtifactState>();
  for (const shape of root.key('artifacts').list(MOST_ARTIFACTS)) {
    const artifact = readArtifact(shape);
    artifacts.set(artifact.path, artifact);
  }
  const findings = root.key('findings').list(MOST_FINDINGS).map(readFinding);
  const stray = findings.find((finding) => !artifacts.has(finding.artifact));
  if (stray !== undefined)
    throw new UsageError(
      `${file}: finding ${stray.fingerprint} is about ${stray.artifact}, which is no artifact of the report`,
    );
  return {
    path: file,
    sha256,
    tool: {
      name: 'sentinel',
      version: root.key('tool').key('version').text(),
      rules: root.key('tool').key('rules').text(),
    },
    command: root.key('command').text(),
    run,
    artifacts,
    findings,
    allow: root
      .key('allow')
      .list(MOST_ENTRIES)
      .filter((entry) => entry.key('state').text() !== 'expired')
      .map((entry) => entry.key('entry').text()),
  };
}

function readArtifact(shape: Shape): ArtifactState {
  return {
    path: shape.key('path').text(),
    sha256: shape.key('sha256').nullable(readSha256),
    notHashed: shape.key('notHashed').nullable((item) => item.text()),
  };
}

function readSha256(shape: Shape): string {
  return shape.matching(SHA256, 'a SHA-256 of 64 hex digits');
}

function readFinding(shape: Shape): EarlierFinding {
  const location = shape.key('location');
  const evidence = shape.key('evidence');
  const count = (item: Shape): number => item.number(0, Number.MAX_SAFE_INTEGER);
  return {
    ruleId: shape.key('ruleId').matching(/^[A-Z][A-Z0-9-]{0,63}$/, 'a rule ID'),
    severity: shape.key('severity').oneOf(SEVERITIES),
    title: shape.key('title').text(),
    owner: shape.key('owner').text(),
    artifact: shape.key('artifact').text(),
    location: {
      path: location.key('path').text(),
      offset: location.key('offset').nullable(count),
      line: location.key('line').nullable(count),
    },
    evidence: {
      signal: evidence.key('signal').text(),
      call: evidence.key('call').nullable((item) => item.text()),
      chain: evidence
        .key('chain')
        .list(MOST_ENTRIES)
        .map((item) => item.text()),
    },
    fingerprint: shape.key('fingerprint').matching(/^[0-9a-f]{32}$/, 'a fingerprint of 32 hex digits'),
  };
}

function readRun(shape: Shape): RunReport {
  return {
    startedAt: shape.key('startedAt').matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/, 'an ISO time'),
    paths: shape.key('paths').list(MOST_PATHS).map(readPath),
    rules: shape
      .key('rules')
      .list(MOST_ENTRIES)
      .map((item) => item.text()),
    policy: shape.key('policy').nullable(readPath),
    policyFiles: shape
      .key('policyFiles')
      .list(MOST_PATHS)
      .map((item) => ({
        path: readPath(item.key('path')),
        sha256: readSha256(item.key('sha256')),
        trusted: item.key('trusted').bool(),
      })),
    maxAcceptableSeverity: shape.key('maxAcceptableSeverity').nullable((item) => item.text()),
    alsoAllow: shape
      .key('alsoAllow')
      .list(MOST_ENTRIES)
      .map((item) => item.text()),
    requireArtifacts: shape.key('requireArtifacts').bool(),
    timeoutSeconds: shape.key('timeoutSeconds').nullable((item) => item.number(Number.MIN_VALUE, LONGEST_TIMEOUT_S)),
  };
}

/** A path that is opened: nothing in it may move a cursor or end a line of a record. */
function readPath(shape: Shape): string {
  const path = shape.text(LONGEST_PATH);
  if (path === '' || CONTROL.test(path)) return shape.matching(/^(?!)/, 'a path without control characters');
  return path;
}
