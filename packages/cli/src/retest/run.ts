import { isAbsolute, relative, resolve } from 'node:path';
import {
  CATALOGUE_VERSION,
  escapeText,
  isOutdated,
  selectRules,
  UsageError,
  type ClosureRecord,
  type PolicyFileReport,
  type RunReport,
} from '@artifact-sentinel/core/internal';
import { commandLine } from '../command-line.js';
import {
  findPolicyFiles,
  namedPolicy,
  RunPolicy,
  withReported,
  type OwnPolicy,
  type PolicyFiles,
} from '../artifact/policy-file.js';
import { policyPlaces } from '../artifact/standard-input.js';
import { EXIT } from '../exit-code.js';
import type { Output } from '../outputs.js';
import { checkOutputs, Inputs } from '../output-targets.js';
import { writeError } from '../streams.js';
import { isSystemError, systemReason } from '../system-error.js';
import { VERSION } from '../version.js';
import { askableServers } from './askable-servers.js';
import type { RecordFormat, RetestOptions } from './options.js';
import { locate, type Located } from './locate.js';
import { readEarlierReport, type EarlierReport } from './read-report.js';
import { buildRecord, emptyRecord, wantedFiles, type Frame } from './record.js';
import { isAddress, localPaths } from '../sources/address.js';
import { scanAgain, type RescanOptions } from './scan-again.js';
import { settingsOf, tighteningOf, type Settings } from './settings.js';
import { writeRecord } from './write-record.js';

/**
 * The policies of the retest: the one that the user names now, or what is found as for a scan, and with it the one that
 * the report names where it lies below the root. The author of the report chose which policy it names: it only tightens.
 */
function policyFiles(
  run: RunReport,
  paths: readonly string[],
  { root, untrusted }: Located,
  choice: Choice,
): PolicyFiles {
  const found = findPolicyFiles(policyPlaces(paths), choice.named, choice.trustsTree, untrusted);
  if (choice.named !== null || run.policy === null) return found;
  const path = relative(root, resolve(root, run.policy));
  if (path.startsWith('..') || isAbsolute(path))
    throw new UsageError(`the policy of the report, ${run.policy}, lies outside of ${root}; name it with --policy`);
  return withReported(found, run.policy);
}

/** With absolute paths, which do not depend on the working folder. */
function resolved(own: OwnPolicy | null): OwnPolicy | null {
  return own === null
    ? null
    : { ...own, file: resolve(own.file), folder: own.folder === null ? null : resolve(own.folder) };
}

/** What the command line of the retest says of policies. */
interface Choice {
  readonly named: OwnPolicy | null;
  readonly trustsTree: boolean;
}

function policyChanges(before: readonly PolicyFileReport[], after: readonly PolicyFileReport[]): string[] {
  const then = new Map(before.map((file) => [file.path, file]));
  const changes: string[] = [];
  for (const file of after) {
    const old = then.get(file.path);
    then.delete(file.path);
    if (old === undefined) changes.push(`${file.path} was not used before (SHA-256 ${file.sha256})`);
    else if (old.sha256 !== file.sha256)
      changes.push(`${file.path} has changed since (SHA-256 ${old.sha256} before, ${file.sha256} now)`);
    else if (old.trusted !== file.trusted)
      changes.push(
        `${file.path} ${file.trusted ? 'could only tighten the gate before' : 'can only tighten the gate now'}`,
      );
  }
  for (const file of then.values()) changes.push(`${file.path} is no longer used (SHA-256 ${file.sha256})`);
  return changes;
}

/** Findings of an earlier version are compared by their signals alone. */
function outdatedNote({ findings }: EarlierReport): string[] {
  return findings.some(({ fingerprint }) => isOutdated(fingerprint))
    ? [
        'The report was written by an earlier version of Sentinel, whose fingerprints covered less of what would run: its findings were searched for by their signals, and an acceptance needs the new fingerprint.',
      ]
    : [];
}

function enter(folder: string): void {
  try {
    process.chdir(folder);
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot enter ${folder}: ${systemReason(error)}`);
    throw error;
  }
}

interface Resolved {
  readonly policies: RunPolicy;
  /** Why the run cannot be repeated, or null. */
  readonly problem: string | null;
}

/** A policy, rule or entry that cannot be resolved makes the findings unverifiable; it is no reason for no record. */
async function resolvePolicy(
  report: EarlierReport,
  paths: readonly string[],
  located: Located,
  choice: Choice,
  settings: Settings,
): Promise<Resolved> {
  try {
    const { policyOf } = await import('../artifact/run.js');
    const files = policyFiles(report.run, paths, located, choice);
    const { alsoAllow, maxAcceptableSeverity: level } = settings;
    const asked = { alsoAllow, ...(level === null ? {} : { maxAcceptableSeverity: level }) };
    const policies = await policyOf(paths, asked, files, tighteningOf(settings, report.path));
    return { policies, problem: null };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { policies: RunPolicy.none(), problem: error.message };
  }
}

/** The settings of remote sources. A report alone has no say in them. */
function remoteOptions({ allowPrivate, offline, maxDownload, thorough }: RetestOptions): RescanOptions['remote'] {
  return {
    allowPrivate: allowPrivate === true,
    offline: offline === true,
    maxDownload,
    thorough: thorough === true,
    onLine: (line) => writeError(`sentinel: ${escapeText(line)}`),
  };
}

/** Where artifacts lie now has to be known before they are scanned: addresses with their revisions pinned. */
async function pinnedAddresses(named: readonly string[], remote: RescanOptions['remote']): Promise<readonly string[]> {
  if (!named.some(isAddress)) return named;
  const { pinAddresses } = await import('../sources/remote-turns.js');
  return pinAddresses(named, remote);
}

export async function runRetest(
  file: string,
  named: readonly string[],
  options: RetestOptions,
  outputs: readonly Output<RecordFormat>[],
): Promise<number> {
  const started = new Date();
  const report = readEarlierReport(file);
  const targets = outputs.map((output) => ({ ...output, file: output.file === null ? null : resolve(output.file) }));
  const remote = remoteOptions(options);
  const given = await pinnedAddresses(named, remote);
  const mayAsk = await askableServers(report.run.paths, options.allowHost ?? []);
  const located = locate(report, { root: options.root, paths: given, mayAsk });
  const choice = { named: resolved(namedPolicy(options)), trustsTree: options.trustPolicyInTree === true };
  const files = [resolve(file), ...(choice.named === null ? [] : [choice.named.file])];
  checkOutputs(targets, [
    ...files,
    ...localPaths(located.scanned.map(({ now }) => now)).map((now) => resolve(located.root, now)),
  ]);
  // From here on paths are relative to the folder of the report's scan.
  enter(located.root);
  const paths = located.scanned.filter((item) => item.exists).map((item) => item.now);
  const settings = settingsOf(report.run, located, given.length > 0, options);
  selectRules(settings.rules);
  const { policies, problem } = await resolvePolicy(report, paths, located, choice, settings);
  const command = commandLine();
  const run: RunReport = {
    startedAt: started.toISOString(),
    paths: located.scanned.map((item) => item.now),
    rules: settings.rules,
    policy: choice.named?.file ?? null,
    maxAcceptableSeverity: settings.maxAcceptableSeverity,
    alsoAllow: settings.alsoAllow,
    timeoutSeconds: settings.timeoutSeconds,
    requireArtifacts: report.run.requireArtifacts,
    ...(settings.followLinks ? { followLinks: true } : {}),
    ...(remote.allowPrivate ? { allowPrivate: true } : {}),
    ...(remote.maxDownload === undefined ? {} : { maxDownload: remote.maxDownload }),
    ...(remote.thorough ? { thorough: true } : {}),
    ...(options.policyFolder === undefined ? {} : { policyFolder: options.policyFolder }),
    ...(choice.trustsTree ? { trustPolicyInTree: true } : {}),
    policyFiles: policies.files,
  };
  // Asked for once the scan is over: it may come upon further policies.
  const frame = (): Frame => ({
    report,
    run,
    command,
    settings: settings.recorded,
    tool: { name: 'sentinel', version: VERSION, rules: CATALOGUE_VERSION },
    changes: policyChanges(report.run.policyFiles, policies.files),
    notes: [...outdatedNote(report), ...policies.notes()],
  });
  let record: ClosureRecord;
  if (problem !== null) record = emptyRecord(frame(), `the run cannot be repeated: ${problem}`);
  else {
    const rescan = await scanAgain(report, wantedFiles(report, located), {
      run,
      paths,
      policies,
      command,
      jobs: options.jobs,
      quiet: options.quiet === true,
      remote,
      today: started.toISOString().slice(0, 10),
    });
    record = buildRecord(frame(), located, rescan);
  }
  const wanted = new Inputs([...files, ...localPaths([...wantedFiles(report, located)])]);
  const unwritten = await writeRecord(record, targets, wanted.has);
  for (const line of unwritten) writeError(`sentinel: ${escapeText(line)}`);
  if (unwritten.length > 0) return record.outcome === 'open' ? EXIT.fail : EXIT.incomplete;
  if (options.quiet !== true && targets.every((output) => output.file !== null)) {
    writeError(`sentinel: ${record.outcome}; written to ${outputs.map((output) => output.file).join(', ')}`);
  }
  return { closed: EXIT.pass, open: EXIT.fail, unverifiable: EXIT.incomplete }[record.outcome];
}
