import type { Policy, Report } from '@artifact-sentinel/core';
import {
  escapeText,
  judge,
  pinnedNames,
  parseThreshold,
  selectRules,
  asksForRepositories,
  sourceFactsFor,
  UsageError,
  type AllowEntry,
  type Found,
  type Marked,
  type RunDeadline,
  type RunReport,
  type Tightening,
  REPORTERS,
} from '@artifact-sentinel/core/internal';
import { nodePlatform, now } from '@artifact-sentinel/core/node/internal';
import type { HashChoice } from '@artifact-sentinel/core/internal';
import { IdentityRecord } from './identities.js';
import type { ArtifactOptions } from './options.js';
import { commandLine } from '../command-line.js';
import { EXIT } from '../exit-code.js';
import type { Output } from '../outputs.js';
import { checkOutputs, Inputs } from '../output-targets.js';
import { outColumns, wantsColor, writeError } from '../streams.js';
import { VERSION } from '../version.js';
import { findPolicyFiles, namedPolicy, RunPolicy, type PolicyChoice, type PolicyFiles } from './policy-file.js';
import { namedPaths, policyPlaces } from './standard-input.js';
import { retestTarget } from './retest-target.js';
import { cameFromElsewhere } from './trust-boundary.js';
import { ProgressLine } from './progress.js';
import { turnsOf, type TurnOptions } from './turns.js';
import type { InputTurn } from './input-turn.js';
import { writeOutputs } from './write-outputs.js';
import { localPaths, shownAddress } from '../sources/address.js';
import type { LockCheck } from '../lock/check.js';
import type { RemoteOptions } from '../sources/options.js';

/** What `sentinel retest` needs to do the same again. */
function runReport(
  paths: readonly string[],
  options: ArtifactOptions,
  policyFiles: RunReport['policyFiles'],
  started: Date,
): RunReport {
  return {
    startedAt: started.toISOString(),
    paths,
    rules: options.rule ?? [],
    policy: namedPolicy(options)?.file ?? null,
    ...(options.policyFolder === undefined ? {} : { policyFolder: options.policyFolder }),
    ...(options.trustPolicyInTree === undefined ? {} : { trustPolicyInTree: options.trustPolicyInTree }),
    policyFiles,
    maxAcceptableSeverity: options.maxAcceptableSeverity ?? null,
    alsoAllow: options.alsoAllow ?? [],
    timeoutSeconds: options.timeout ?? null,
    requireArtifacts: options.requireArtifacts === true,
    ...(options.followLinks === true ? { followLinks: true } : {}),
    ...(options.allowPrivate === true ? { allowPrivate: true } : {}),
    ...(options.maxDownload === undefined ? {} : { maxDownload: options.maxDownload }),
    ...(options.thorough === true ? { thorough: true } : {}),
  };
}

function hashChoice(options: ArtifactOptions, outputs: readonly Output[]): HashChoice {
  if (options.hash !== undefined) return options.hash;
  const wanted = new Set<HashChoice>(outputs.map(({ format }) => REPORTERS[format].hash));
  return wanted.has('all') ? 'all' : wanted.has('findings') ? 'findings' : 'none';
}

async function allowed(entries: readonly string[]): Promise<AllowEntry[]> {
  if (entries.length === 0) return [];
  const { userAllowEntry } = await import('./read-policy.js');
  return entries.map(userAllowEntry);
}

/** A level of the command line holds for every artifact and outranks every file. */
function withMaximum(policy: Policy, name: string): Policy {
  return {
    ...policy,
    maxAcceptableSeverity: parseThreshold(name),
    paths: [],
    tightenedBy: policy.tightenedBy.map((found) => ({ ...found, maxAcceptableSeverity: null, paths: [] })),
    origins: { ...policy.origins, max_acceptable_severity: '--max-acceptable-severity' },
  };
}

/** The options that say what a policy could say. */
export type PolicyOptions = PolicyChoice & Pick<ArtifactOptions, 'maxAcceptableSeverity' | 'alsoAllow'>;

/** What was asked for on the command line outranks the files. `tightenings`: what others may ask for as well. */
export async function policyOf(
  paths: readonly string[],
  options: PolicyOptions,
  files: PolicyFiles = findPolicyFiles(policyPlaces(paths), namedPolicy(options), options.trustPolicyInTree === true),
  tightenings: readonly Tightening[] = [],
): Promise<RunPolicy> {
  const extra = await allowed(options.alsoAllow ?? []);
  const maximum = options.maxAcceptableSeverity;
  return RunPolicy.read(files, (found) => {
    const policy = maximum === undefined ? found : withMaximum(found, maximum);
    return {
      ...policy,
      allow: [...policy.allow, ...extra],
      tightenedBy: [...policy.tightenedBy, ...tightenings],
    };
  });
}

async function baselineOf({ baseline, failOnNew }: ArtifactOptions): Promise<((found: Found) => Marked) | undefined> {
  if (baseline === undefined) {
    if (failOnNew === true) throw new UsageError('--fail-on-new needs --baseline: without one, every finding is new');
    return undefined;
  }
  const { openBaseline } = await import('../baseline/open-baseline.js');
  return openBaseline(baseline, failOnNew === true);
}

/** What no report may replace: what was named to be read. */
function namedInputs(paths: readonly string[], options: ArtifactOptions): string[] {
  return [...localPaths(paths), ...[namedPolicy(options)?.file, options.baseline].filter((file) => file !== undefined)];
}

async function openLocks(paths: readonly string[], locked: string | true): Promise<LockCheck> {
  const { LockCheck: Check } = await import('../lock/check.js');
  return Check.open(paths, locked);
}

function deadlineOf({ totalTimeout: seconds }: ArtifactOptions, started: number): RunDeadline | null {
  return seconds === undefined ? null : { end: started + seconds * 1000, seconds };
}

/** Who brings the files may bring the baseline as well. */
function baselineNotes(paths: readonly string[], { baseline, failOnNew }: ArtifactOptions): string[] {
  if (baseline === undefined || failOnNew !== true || cameFromElsewhere(baseline, localPaths(paths))) return [];
  return [
    `The baseline ${baseline} lies in what is scanned: the author of the files may have written it, and --fail-on-new lets pass what it knows.`,
  ];
}

function exitCode(report: Report, options: ArtifactOptions): number {
  if (
    report.verdict === 'pass' &&
    report.summary.artifacts === report.summary.opaque &&
    options.requireArtifacts === true
  ) {
    writeError('sentinel: no supported artifact was found, and --require-artifacts asks for one');
    return EXIT.incomplete;
  }
  return EXIT[report.verdict];
}

/** The settings of remote sources; `notes` takes what they say, `paths` their pinned addresses. */
function remoteOptions(
  options: ArtifactOptions,
  progress: ProgressLine,
  paths: string[],
  notes: string[],
  { context, onEntry }: ScanHooks,
): RemoteOptions {
  return {
    context,
    onEntry,
    allowPrivate: options.allowPrivate === true,
    offline: options.offline === true,
    maxDownload: options.maxDownload,
    thorough: options.thorough === true,
    hash: options.hash,
    notes,
    onPinned: (address, pinned) => {
      for (const [i, path] of paths.entries()) if (path === shownAddress(address)) paths[i] = pinned;
    },
    onStart: progress.follow,
    onLine: (line) => {
      progress.clear();
      writeError(`sentinel: ${escapeText(line)}`);
    },
  };
}

/** What a caller of `scanArtifacts` has a say in. */
export interface ScanHooks extends Pick<RemoteOptions, 'context' | 'onEntry'> {
  /** Collects instead of what lies at the paths, which only name it then. */
  readonly turns?: (options: TurnOptions) => AsyncIterable<InputTurn>;
}

/** A scan that is done and not reported. */
export interface Scanned {
  readonly report: Report;
  /** Writes the reports that are asked for; the exit code. */
  readonly write: () => Promise<number>;
}

export async function runArtifact(
  given: readonly string[],
  options: ArtifactOptions,
  outputs: readonly Output[],
): Promise<number> {
  const { write } = await scanArtifacts(given, options, outputs);
  return write();
}

/** One scan of `sentinel artifact`, up to its report. */
export async function scanArtifacts(
  given: readonly string[],
  options: ArtifactOptions,
  outputs: readonly Output[],
  hooks: ScanHooks = {},
): Promise<Scanned> {
  const rules = selectRules(options.rule ?? []);
  const paths = namedPaths(given);
  const inputs = namedInputs(paths, options);
  checkOutputs(outputs, inputs);
  const started = new Date();
  const runDeadline = deadlineOf(options, now());
  const policies = await policyOf(paths, options);
  const locks = options.locked === undefined ? null : await openLocks(paths, options.locked);
  // A report names the revisions that were scanned: `sentinel retest` scans them again.
  const runPaths = paths.map(shownAddress);
  const run = runReport(runPaths, options, policies.files, started);
  const mark = await baselineOf(options);
  const hash = hashChoice(options, outputs);
  const record = new IdentityRecord();
  const progress = new ProgressLine(options.quiet !== true);
  const limits = options.timeout === undefined ? {} : { artifactMs: options.timeout * 1000 };
  const today = started.toISOString().slice(0, 10);
  const { policy, policyFor, policyPaths } = policies;
  // Only these show them; hashing costs a start of OpenSSL.
  const digests = outputs.some(({ format }) => REPORTERS[format].showsDigests);
  const sourceNotes: string[] = [];
  let report: Report;
  try {
    const hashWhere = pinnedNames(policy, today);
    const turns = (hooks.turns ?? ((turning) => turnsOf(paths, turning)))({
      jobs: options.jobs,
      collecting: {
        limits,
        runDeadline,
        digests,
        identities: hash !== 'none',
        hashWhere,
        sources: sourceFactsFor(rules),
        repositories: asksForRepositories(rules),
      },
      followLinks: options.followLinks === true,
      remote: remoteOptions(options, progress, runPaths, sourceNotes, hooks),
    });
    report = await judge(hash === 'none' ? turns : record.watch(turns), {
      command: commandLine(),
      version: VERSION,
      policy,
      policyFor,
      policyPaths,
      rules,
      run,
      ...(mark === undefined ? {} : { mark }),
      retestTarget: retestTarget(paths, policies),
      platform: nodePlatform,
      today,
      onProgress: progress.update,
    });
    if (hash === 'all' || (hash === 'findings' && report.findings.length > 0)) {
      const { addHashes } = await import('../hashes/add-hashes.js');
      report = addHashes(report, hash, record.analysed, { ...limits, runDeadline });
    }
  } finally {
    progress.end();
  }
  const notes = [...policies.notes(), ...baselineNotes(paths, options), ...sourceNotes, ...report.notes];
  report = { ...report, notes };
  if (locks !== null) report = locks.checked(report);
  const final = report;
  return { report, write: () => writeReport(final, { options, outputs, rules, inputs, policies }) };
}

interface Writing {
  readonly options: ArtifactOptions;
  readonly outputs: readonly Output[];
  readonly rules: ReturnType<typeof selectRules>;
  readonly inputs: readonly string[];
  readonly policies: RunPolicy;
}

async function writeReport(report: Report, { options, outputs, rules, inputs, policies }: Writing): Promise<number> {
  const context = {
    rules: rules.map((rule) => rule.meta),
    color: wantsColor(options.color),
    verbose: options.verbose === true,
    quiet: options.quiet === true,
    width: outColumns(),
  };
  const read = new Inputs([...inputs, ...policies.files.map(({ path }) => path)]);
  const unwritten = await writeOutputs(report, outputs, context, read);
  for (const problem of unwritten) writeError(`sentinel: ${escapeText(problem)}`);
  if (unwritten.length > 0) return report.verdict === 'fail' ? EXIT.fail : EXIT.incomplete;
  if (options.quiet !== true && outputs.every((output) => output.file !== null)) {
    writeError(
      `sentinel: ${report.verdict}, ${report.findings.length} findings, ${report.incomplete.length} incomplete; written to ${outputs.map((output) => output.file).join(', ')}`,
    );
  }
  return exitCode(report, options);
}
