import { retestWords } from '../src/command/retest-command.js';
import type { Fact } from '../src/model/fact.js';
import type { Policy } from '../src/model/policy.js';
import type { ArtifactReport, Report, RunReport } from '../src/model/report.js';
import { safety, type SafetyLevel } from '../src/model/severity.js';
import { DEFAULT_POLICY } from '../src/policy/defaults.js';
import { buildFindings, decideReport, levelSignals, type DecideInput } from '../src/policy/decide.js';
import type { ReportContext } from '../src/report/reporters.js';
import { applyRules } from '../src/rules/apply.js';
import { RULES } from '../src/rules/index.js';

export const TODAY = '2026-06-01';

/** A run that was asked for nothing beyond the defaults. */
export const RUN: RunReport = {
  paths: [],
  rules: [],
  startedAt: '2026-06-01T00:00:00.000Z',
  policy: null,
  policyFiles: [],
  alsoAllow: [],
  maxAcceptableSeverity: null,
  timeoutSeconds: null,
  requireArtifacts: false,
};

/** What a reporter is given by default: no rules, no colour, no folder of a repository. */
export const CONTEXT: ReportContext = {
  rules: [],
  catalogue: [],
  root: null,
  checkout: () => null,
  color: false,
  verbose: false,
  quiet: false,
  width: null,
};

export function artifact(path: string, level: SafetyLevel = 0, more: Partial<ArtifactReport> = {}): ArtifactReport {
  return {
    path,
    size: 2048,
    format: 'pickle',
    status: 'complete',
    safety: safety(level),
    sha256: null,
    notHashed: 'not asked for',
    coverage: {
      totals: [{ kind: 'parsed', reason: null, bytes: 2048 }],
      ranges: [{ start: 0, end: 2048, kind: 'parsed', reason: null }],
      moreRanges: 0,
    },
    parts: [],
    moreParts: 0,
    ...more,
  };
}

export const EMPTY: Omit<DecideInput, 'policy'> = {
  command: 'sentinel artifact ./models/',
  version: '1.2.3',
  rulesSelected: RULES,
  artifacts: [],
  findings: [],
  incomplete: [],
  notes: [],
  allowUse: [],
  bytesRead: 1000,
  bytesTotal: 5000,
  durationMs: 12,
  skipped: 0,
};

/** The report of one artifact with these facts, by the real rules and the real decision. */
export function reportOf(
  path: string,
  facts: readonly Fact[],
  policy: Policy = DEFAULT_POLICY,
  more: Partial<DecideInput> = {},
): Report {
  const hits = applyRules(facts, RULES, { userAllow: new Set() });
  const level = hits.reduce<SafetyLevel>((most, hit) => (hit.match.level > most ? hit.match.level : most), 0);
  return decideReport({
    ...EMPTY,
    policy,
    artifacts: [artifact(path, level)],
    findings: buildFindings(
      hits,
      { path, sha256: null },
      policy,
      TODAY,
      retestWords({ paths: [path], policy: null }, more.run ?? null),
    ),
    signals: levelSignals(hits, path),
    ...more,
  });
}
