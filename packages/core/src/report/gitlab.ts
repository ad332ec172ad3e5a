import type { Finding, Report } from '../model/report.js';
import type { Severity } from '../model/severity.js';
import { artifactOf } from './artifact-of.js';
import { safeJson, showLine, showPath } from './escape.js';
import { checkoutPath } from './sarif-uri.js';
import {
  bySeverity,
  describeAccept,
  describeAction,
  describeComments,
  describeReach,
  describeState,
  fileLine,
  showLocation,
} from './words.js';

/** GitLab's code quality report, for servers that take no SARIF. */
interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

export interface GitlabOptions {
  /** Folder that artifact paths are made relative to, or null to leave them as they are. */
  readonly root?: string | null;
}

const SEVERITY: Readonly<Record<Severity, Issue['severity']>> = {
  CRITICAL: 'blocker',
  HIGH: 'critical',
  MEDIUM: 'major',
  LOW: 'minor',
};

function describe(finding: Finding): string {
  const state = describeState(finding);
  const reach = describeReach(finding);
  return [
    `${finding.title}: ${showLine(finding.message)}`,
    `Where: ${showLocation(finding.location)}.`,
    `Level: ${finding.safety.name} (${finding.safety.level}).`,
    ...(reach === null ? [] : [`Reach: ${reach}.`]),
    `Action: ${showLine(describeAction(finding))}${state === null ? '' : `, ${state}`}.`,
    ...describeComments(finding).map((text) => `Comment on ${showLine(text)}.`),
    `Fix: ${showLine(finding.fix)}`,
  ].join(' ');
}

const ACCEPTANCE = {
  used: '',
  unused: 'ACCEPTANCE-UNUSED',
  expired: 'ACCEPTANCE-EXPIRED',
  outdated: 'ACCEPTANCE-OUTDATED',
} as const;

/** GitLab shows one issue for each fingerprint: equal findings in equal artifacts of several folders are numbered. */
class Fingerprints {
  readonly #seen = new Map<string, number>();

  next(fingerprint: string): string {
    const count = (this.#seen.get(fingerprint) ?? 0) + 1;
    this.#seen.set(fingerprint, count);
    return count === 1 ? fingerprint : `${fingerprint}-${count}`;
  }
}

/**
 * An accepted finding stays as `info`, with who accepted it; what could not be analysed, a missed
 * threshold and stale acceptances are issues too.
 */
export function renderGitlab(report: Report, { root = null }: GitlabOptions = {}): string {
  const fingerprints = new Fingerprints();
  const locationOf = (path: string, line: number | null): Issue['location'] => ({
    path: checkoutPath(path, root),
    lines: { begin: line ?? 1 },
  });
  const findings = bySeverity(report.findings).map((finding): Issue => ({
    description: describe(finding),
    check_name: finding.ruleId,
    fingerprint: fingerprints.next(finding.fingerprint),
    severity: finding.accepted === null ? SEVERITY[finding.severity] : 'info',
    location: locationOf(finding.artifact, fileLine(finding)),
  }));
  const artifacts = new Set(report.artifacts.map((artifact) => artifact.path));
  const incomplete = report.incomplete.map(({ path, offset, reason }): Issue => {
    const where = `${showPath(path)}${offset === null ? '' : ` @${offset}`}`;
    return {
      description: `Not analysed completely: ${where}: ${showLine(reason)}`,
      check_name: 'INCOMPLETE',
      fingerprint: fingerprints.next(`incomplete ${showPath(path)}`),
      severity: 'critical',
      location: locationOf(artifactOf(path, artifacts) ?? path, null),
    };
  });
  const reasons = report.reasons.map((reason): Issue => ({
    description: showLine(reason),
    check_name: 'SAFETY-LEVEL',
    fingerprint: fingerprints.next(`reason ${showLine(reason)}`),
    severity: 'critical',
    location: locationOf('.', null),
  }));
  const stale = report.accept
    .filter((item) => item.state !== 'used')
    .map((item): Issue => {
      // `sentinel-policy.yml:12`: where the entry is to be renewed or removed.
      const [, file = item.origin, line = '1'] = /^(.*):(\d+)$/s.exec(item.origin) ?? [];
      return {
        description: `Acceptance of ${item.fingerprint}: ${showLine(describeAccept(item))}`,
        check_name: ACCEPTANCE[item.state],
        fingerprint: fingerprints.next(`accept ${item.fingerprint}${item.sha256 == null ? '' : ` ${item.sha256}`}`),
        severity: item.state === 'unused' ? 'info' : 'major',
        location: locationOf(file, Number(line)),
      };
    });
  return safeJson([...findings, ...incomplete, ...reasons, ...stale]);
}
