import { RULES, type Finding, type Report } from '@artifact-sentinel/core';
import {
  append,
  DEFAULT_POLICY,
  judge,
  pinnedNames,
  refuseUserEntry,
  selectRules,
  asksForRepositories,
  sourceFactsFor,
  userEntry,
  type AllowEntry,
  type Collected,
  type RunReport,
} from '@artifact-sentinel/core/internal';
import { nodePlatform } from '@artifact-sentinel/core/node/internal';
import type { RunPolicy } from '../artifact/policy-file.js';
import { ProgressLine } from '../artifact/progress.js';
import { retestTarget } from '../artifact/retest-target.js';
import { turnsOf } from '../artifact/turns.js';
import { only, watched } from '../artifact/watched.js';
import { VERSION } from '../version.js';
import { fullPath } from '../sources/address.js';
import type { RemoteOptions } from '../sources/options.js';
import type { EarlierReport } from './read-report.js';

/** What was seen of one file. */
export interface Sight {
  /** The path by which the report knows it. */
  readonly path: string;
  readonly identity: string | null;
  /** Why it was not analysed completely, or null. */
  readonly incomplete: string | null;
  /** Findings that the policy of the run may have taken out. */
  readonly bare: readonly Finding[];
}

export interface Rescan {
  readonly report: Report;
  /** By full path. */
  readonly sights: ReadonlyMap<string, Sight>;
}

export interface RescanOptions {
  readonly run: RunReport;
  readonly paths: readonly string[];
  readonly policies: RunPolicy;
  readonly command: string;
  readonly jobs: number | undefined;
  readonly quiet: boolean;
  /** What holds for remote sources, without what is shown. */
  readonly remote: Pick<RemoteOptions, 'allowPrivate' | 'offline' | 'maxDownload' | 'thorough' | 'onLine'>;
  readonly today: string;
}

/** The allow entries of the earlier run, as far as they would be taken today. */
function earlierAllow(entries: readonly string[]): AllowEntry[] {
  return entries
    .map(userEntry)
    .filter(({ entry }) => refuseUserEntry(entry) === null)
    .map((item) => ({ ...item, why: null, owner: null, expires: null, sha256: null, origin: 'the earlier report' }));
}

/**
 * Scans as the policy of today says, and each file with earlier findings once more without it: what a new allow entry,
 * an acceptance or a selection of rules takes out of the report is still there.
 */
export async function scanAgain(
  earlier: EarlierReport,
  wanted: ReadonlySet<string>,
  { run, paths, policies, command, jobs, quiet, remote, today }: RescanOptions,
): Promise<Rescan> {
  const { policy, policyFor, policyPaths } = policies;
  const sights = new Map<string, Sight>();
  const allow = earlierAllow(earlier.allow);
  const barePolicies = [DEFAULT_POLICY, ...(allow.length === 0 ? [] : [{ ...DEFAULT_POLICY, allow }])];
  const look = async (found: Collected): Promise<void> => {
    const full = fullPath(found.path);
    const bare: Finding[] = [];
    const reasons = found.notices.map((notice) => notice.reason);
    if (wanted.has(full)) {
      for (const bareness of barePolicies) {
        const report = await judge(only(found), { policy: bareness, rules: RULES, today });
        append(bare, report.findings);
        append(
          reasons,
          report.incomplete.map((item) => item.reason),
        );
      }
    }
    sights.set(full, { path: found.path, identity: found.identity, incomplete: reasons[0] ?? null, bare });
  };
  const { timeoutSeconds } = run;
  const limits = timeoutSeconds === null ? {} : { artifactMs: timeoutSeconds * 1000 };
  const progress = new ProgressLine(!quiet);
  const hashWhere = pinnedNames(policy, today);
  const rules = selectRules(run.rules);
  // The facts of the rules of earlier findings are collected for any selection of rules.
  const answering = new Set(earlier.findings.map((finding) => finding.ruleId));
  const asking = [...rules, ...RULES.filter(({ meta }) => answering.has(meta.id))];
  const sources = sourceFactsFor(asking);
  try {
    const turns = turnsOf(paths, {
      jobs,
      collecting: {
        limits,
        runDeadline: null,
        digests: false,
        identities: true,
        hashWhere,
        sources,
        repositories: asksForRepositories(asking),
      },
      followLinks: run.followLinks === true,
      remote: { ...remote, hash: undefined, notes: [], onPinned: () => {}, onStart: progress.follow },
    });
    const report = await judge(watched(turns, look), {
      command,
      run,
      retestTarget: retestTarget(paths, policies),
      version: VERSION,
      policy,
      policyFor,
      policyPaths,
      rules,
      platform: nodePlatform,
      today,
      onProgress: progress.update,
    });
    return { report, sights };
  } finally {
    progress.end();
  }
}
