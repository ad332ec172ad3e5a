import { describeRepositories } from './repositories.js';
import { sarifFingerprint } from '../model/fingerprint.js';
import type { Artifact, Invocation, Log, Notification, Result, Run, VersionControlDetails } from 'sarif';
import { escapeText } from '../model/escape.js';
import type { Finding, KnownFinding, Report } from '../model/report.js';
import type { Category, RuleMeta } from '../model/rule.js';
import { artifactOf } from './artifact-of.js';
import { safeJson, showCommand, showLine, showPath } from './escape.js';
import { codeFlowsOf, fixesOf, logicalLocations, regionOf } from './sarif-location.js';
import { atlasTaxonomy, SARIF_LEVEL, sarifRule } from './sarif-rule.js';
import { artifactLocation } from './sarif-uri.js';
import {
  bySeverity,
  describeAccept,
  describeAction,
  describeAllow,
  describeBaseline,
  describeComments,
  describeReach,
  describeKnown,
  describePass,
  showLocation,
} from './words.js';
import { MAX_NOTIFICATIONS, MAX_RESULTS, MAX_SARIF_ARTIFACTS } from '../model/limits.js';

export interface SarifOptions {
  /** The records of the rules that were applied. */
  readonly rules: readonly RuleMeta[];
  /** All rules, for the titles of related ones. */
  readonly catalogue?: readonly RuleMeta[];
  /** Folder that artifact paths are made relative to, or null to leave them as they are. */
  readonly root?: string | null;
  /** What the working folder is a checkout of, if anything. */
  readonly checkout?: Checkout | null;
}

/** The checkout around the working folder. */
export interface Checkout {
  /** An address without user and password. */
  readonly repositoryUri: string;
  readonly revision: string | null;
  readonly branch: string | null;
  /** From the working folder to the root of the checkout: empty, or `../` and so on. */
  readonly above: string;
}

function provenance({ repositoryUri, revision, branch, above }: Checkout): VersionControlDetails {
  return {
    repositoryUri,
    ...(revision === null ? {} : { revisionId: revision }),
    ...(branch === null ? {} : { branch }),
    mappedTo: { uriBaseId: '%SRCROOT%', ...(above === '' ? {} : { uri: `${above}/` }) },
  };
}

function messageOf(finding: Finding): string {
  const comments = describeComments(finding).map((text) => `Comment on ${showLine(text)}\n`);
  const reach = describeReach(finding);
  return `${showLine(finding.message)}\n${showLocation(finding.location)}\n${reach === null ? '' : `Reach: ${reach}\n`}${comments.join('')}Fix: ${showLine(finding.fix)}\nRetest: ${showCommand(finding.retest)}`;
}

function resultOf(finding: Finding, ruleIndex: number, root: string | null): Result {
  const { location, artifact, accepted } = finding;
  const { offset } = location;
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    level: SARIF_LEVEL[finding.severity],
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactLocation(artifact, root),
          region: regionOf(finding),
        },
        ...logicalLocations(finding),
      },
    ],
    partialFingerprints: {
      [sarifFingerprint(finding.fingerprint)]: finding.fingerprint,
      primaryLocationLineHash: `${finding.fingerprint.slice(-32, -16)}:1`,
    },
    ...codeFlowsOf(finding, root),
    ...fixesOf(finding, root),
    ...(finding.baseline === null ? {} : { baselineState: finding.baseline.state }),
    ...(accepted === null
      ? {}
      : {
          suppressions: [
            {
              kind: accepted.inSource === true ? ('inSource' as const) : ('external' as const),
              status: 'accepted' as const,
              justification: showLine(describeAction(finding)),
            },
          ],
        }),
    properties: {
      action: finding.action,
      owner: finding.owner,
      decision: finding.decision,
      retest: finding.retest,
      signal: finding.evidence.signal,
      call: finding.evidence.call,
      chain: finding.evidence.chain,
      member: location.path,
      memberOffset: offset,
      ...(finding.reach === undefined ? {} : { reach: finding.reach }),
      ...(finding.loweredByReach === undefined ? {} : { loweredByReach: true }),
      ...(finding.comments === undefined ? {} : { comments: describeComments(finding) }),
      ...(accepted === null ? {} : { acceptedBy: accepted.owner, acceptedUntil: accepted.expires }),
      ...(finding.baseline === null ? {} : { toleratedByBaseline: finding.baseline.tolerated }),
      safety: finding.safety.name,
      fpRisk: finding.fpRisk,
      covers: finding.covers,
      atlas: [...finding.atlas],
    },
  };
}

/**
 * A finding of the baseline that is gone. `pass`: the rule was applied and finds nothing, so that viewers that know no
 * baselines open no alert for it.
 */
function absentResult(known: KnownFinding, ruleIndex: number, root: string | null): Result {
  return {
    ruleId: known.ruleId,
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    kind: 'pass',
    level: 'none',
    baselineState: 'absent',
    message: { text: `Absent since the baseline: ${showLine(describeKnown(known))}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactLocation(known.artifact, root),
          region: { startLine: known.location.line ?? 1 },
        },
      },
    ],
    partialFingerprints: { [sarifFingerprint(known.fingerprint)]: known.fingerprint },
    properties: { signal: known.evidence.signal, member: known.location.path, severity: known.severity },
  };
}

function incompleteNotifications(report: Report, root: string | null): Notification[] {
  const artifacts = new Set(report.artifacts.map((artifact) => artifact.path));
  const shown = report.incomplete.slice(0, MAX_NOTIFICATIONS).map(({ path, offset, reason }): Notification => {
    // The outermost file is what a viewer can open.
    const artifact = artifactOf(path, artifacts) ?? path;
    return {
      level: 'error',
      message: {
        text: `Not analysed completely: ${showPath(path)}${offset === null ? '' : ` @${offset}`}: ${showLine(reason)}`,
      },
      locations: [{ physicalLocation: { artifactLocation: artifactLocation(artifact, root) } }],
    };
  });
  const left = report.incomplete.length - shown.length;
  return left > 0
    ? [...shown, { level: 'error', message: { text: `${left} more items were not analysed completely.` } }]
    : shown;
}

function invocationOf(report: Report, total: number, root: string | null): Invocation {
  const notifications = incompleteNotifications(report, root);
  if (total > MAX_RESULTS) {
    notifications.push({
      level: 'warning',
      message: {
        text: `Only the ${MAX_RESULTS} most severe of ${total} results are listed; the JSON report has all of them.`,
      },
    });
  }
  return {
    commandLine: escapeText(report.command),
    executionSuccessful: report.verdict !== 'incomplete' && report.incomplete.length === 0,
    toolExecutionNotifications: notifications,
  };
}

/** The artifacts with their levels, the highest first where there are more than a viewer takes. */
function artifactsOf(report: Report, root: string | null): Artifact[] {
  const all =
    report.artifacts.length <= MAX_SARIF_ARTIFACTS
      ? report.artifacts
      : report.artifacts.toSorted((a, b) => levelOf(b) - levelOf(a)).slice(0, MAX_SARIF_ARTIFACTS);
  return all.map(({ path, size, format, status, safety, sha256 }) => ({
    location: artifactLocation(path, root),
    ...(Number.isFinite(size) ? { length: size } : {}),
    ...(sha256 === null ? {} : { hashes: { 'sha-256': sha256 } }),
    properties: { ...(safety === null ? {} : { safety: safety.name, level: safety.level }), status, format },
  }));
}

/** What was not analysed comes last. */
function levelOf({ safety }: Report['artifacts'][number]): number {
  return safety?.level ?? -1;
}

/** What one run of the log is about. */
interface Own {
  readonly findings: readonly Finding[];
  readonly absent: readonly KnownFinding[];
  /** Written in one run of the log only: they are those of the whole scan. */
  readonly artifacts: readonly Artifact[];
}

function runOf(report: Report, category: Category, options: SarifOptions, own: Own): Run {
  const { findings, absent } = own;
  const root = options.root ?? null;
  const rules = options.rules.filter((meta) => meta.category === category);
  const index = new Map(rules.map((meta, at) => [meta.id, at]));
  const taxonomy = atlasTaxonomy(rules);
  const sorted = bySeverity(findings);
  const proof = describePass(report);
  const results = sorted
    .slice(0, MAX_RESULTS)
    .map((finding) => resultOf(finding, index.get(finding.ruleId) ?? -1, root));
  for (const known of absent.slice(0, MAX_RESULTS - results.length))
    results.push(absentResult(known, index.get(known.ruleId) ?? -1, root));
  return {
    tool: {
      driver: {
        name: 'Sentinel',
        version: report.tool.version,
        semanticVersion: report.tool.version,
        supportedTaxonomies: [{ name: taxonomy.name }],
        rules: rules.map((meta) => sarifRule(meta, options.catalogue ?? options.rules)),
      },
    },
    taxonomies: [taxonomy],
    automationDetails: { id: `sentinel/${category}/` },
    columnKind: 'utf16CodeUnits',
    ...(options.checkout === undefined || options.checkout === null
      ? {}
      : { versionControlProvenance: [provenance(options.checkout)] }),
    invocations: [invocationOf(report, sorted.length + absent.length, root)],
    ...(own.artifacts.length === 0 ? {} : { artifacts: [...own.artifacts] }),
    results,
    properties: {
      verdict: report.verdict,
      ...(proof === null ? {} : { proof }),
      reasons: report.reasons.map(showLine),
      notes: report.notes.map(showLine),
      catalogue: report.tool.rules,
      ...(category === 'REPO' ? { repositories: describeRepositories(report).map(showLine) } : {}),
      allow: report.allow.map((item) =>
        showLine(`${item.entry} (${item.origin}): ${item.state}; ${describeAllow(item)}`),
      ),
      accept: report.accept.map((item) => showLine(`${item.fingerprint} (${item.origin}): ${describeAccept(item)}`)),
      ...(report.baseline === null
        ? {}
        : {
            baseline: showLine(describeBaseline(report.baseline)),
            notCompared: report.baseline.notCompared.slice(0, MAX_NOTIFICATIONS).map(describeKnown).map(showLine),
          }),
    },
  };
}

/**
 * SARIF 2.1.0 as code scanning wants it: one run for each category of the rules that were applied, found or not, so
 * that a finding that is gone is closed there.
 */
export function renderSarif(report: Report, options: SarifOptions): string {
  const categories = [...new Set(options.rules.map((meta) => meta.category))];
  const categoryOf = new Map(options.rules.map((meta) => [meta.id, meta.category]));
  const runs = categories.map((category, at) => {
    const isOwn = ({ ruleId }: { readonly ruleId: string }): boolean =>
      (categoryOf.get(ruleId) ?? (at === 0 ? category : null)) === category;
    return runOf(report, category, options, {
      findings: report.findings.filter(isOwn),
      absent: report.baseline?.absent.filter(isOwn) ?? [],
      artifacts: at === 0 ? artifactsOf(report, options.root ?? null) : [],
    });
  });
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs,
  };
  return safeJson(log);
}
