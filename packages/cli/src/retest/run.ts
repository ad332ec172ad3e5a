import { isAbsolute, relative, resolve } from 'node:path';
import {
  CATALOGUE_VERSION,
  isOutdated,
  selectRules,
  shellQuote,
  UsageError,
  type ClosureRecord,
  type PolicyFileReport,
  type RunReport,
} from '@sentinel/core';
import type { ArtifactOptions } from '../artifact/options.js';
import { RunPolicy } from '../artifact/policy-file.js';
import { checkOutputs } from '../artifact/write-outputs.js';
import { EXIT } from '../exit-code.js';
import type { Output } from '../outputs.js';
import { writeError } from '../streams.js';
import { isSystemError, systemReason } from '../system-error.js';
import { VERSION } from '../version.js';
import type { RecordFormat, RetestOptions } from './options.js';
import { placeOf, type Place } from './place.js';
import { readEarlierReport, type EarlierReport } from './read-report.js';
import { buildRecord, emptyRecord, wantedFiles, type Frame } from './record.js';
import { scanAgain } from './scan-again.js';
import { writeRecord } from './write-record.js';

/** The options of the earlier run, as `sentinel artifact` takes them. */
function scanOptions(run: RunReport, policy: string | undefined): ArtifactOptions {
  return {
    rule: run.rules,
    ...(policy === undefined ? {} : { policy }),
    ...(run.maxAcceptableSeverity === null ? {} : { maxAcceptableSeverity: run.maxAcceptableSeverity }),
    alsoAllow: run.alsoAllow,
    color: false,
  };
}

/** The policy file to name: that of the command line, or that of the report where it lies below the root. */
function namedPolicy(run: RunReport, given: string | undefined, root: string): string | undefined {
  if (given !== undefined) return given;
  if (run.policy === null) return undefined;
  const way = relative(root, resolve(root, run.policy));
  if (way.startsWith('..') || isAbsolute(way))
    throw new UsageError(`the policy of the report, ${run.policy}, lies outside of ${root}; name it with --policy`);
  return run.policy;
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

/** Findings of an earlier version are told by their signals alone. */
function outdatedNote({ findings }: EarlierReport): string[] {
  return findings.some(({ fingerprint }) => isOutdated(fingerprint))
    ? [
        'The report was written by an earlier version of Sentinel, whose fingerprints covered less of what would run: its findings were looked for by their signals, and an acceptance needs the new fingerprint.',
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
  place: Place,
  given: string | undefined,
): Promise<Resolved> {
  try {
    selectRules(report.run.rules);
    const { policyOf } = await import('../artifact/run.js');
    const policies = await policyOf(paths, scanOptions(report.run, namedPolicy(report.run, given, place.root)));
    return { policies, problem: null };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { policies: RunPolicy.none(), problem: error.message };
  }
}

export async function runRetest(
  file: string,
  given: readonly string[],
  options: RetestOptions,
  outputs: readonly Output<RecordFormat>[],
): Promise<number> {
  const started = new Date();
  const report = readEarlierReport(file);
  const targets = outputs.map((output) => ({ ...output, file: output.file === null ? null : resolve(output.file) }));
  checkOutputs(targets);
  const place = placeOf(report, { root: options.root, paths: given });
  const policy = options.policy === undefined ? undefined : resolve(options.policy);
  // From here on paths mean what they meant to the scan of the report.
  enter(place.root);
  const paths = place.scanned.filter((item) => item.exists).map((item) => item.now);
  const { policies, problem } = await resolvePolicy(report, paths, place, policy);
  const command = ['sentinel', ...process.argv.slice(2).map(shellQuote)].join(' ');
  const run: RunReport = {
    ...report.run,
    startedAt: started.toISOString(),
    paths: place.scanned.map((item) => item.now),
    policy: policy ?? report.run.policy,
    policyFiles: policies.files,
  };
  // Asked for once the scan is over: it may come upon further policies.
  const frame = (): Frame => ({
    report,
    run,
    command,
    tool: { name: 'sentinel', version: VERSION, rules: CATALOGUE_VERSION },
    changes: policyChanges(report.run.policyFiles, policies.files),
    notes: [...outdatedNote(report), ...policies.notes()],
  });
  let record: ClosureRecord;
  if (problem !== null) record = emptyRecord(frame(), `the run cannot be repeated: ${problem}`);
  else {
    const rescan = await scanAgain(report, wantedFiles(report, place), {
      run,
      paths,
      policies,
      command,
      jobs: options.jobs,
      quiet: options.quiet === true,
      today: started.toISOString().slice(0, 10),
    });
    record = buildRecord(frame(), place, rescan);
  }
  await writeRecord(record, targets);
  if (options.quiet !== true && targets.every((output) => output.file !== null)) {
    writeError(`sentinel: ${record.outcome}; written to ${outputs.map((output) => output.file).join(', ')}`);
  }
  return { closed: EXIT.pass, open: EXIT.fail, unverifiable: EXIT.incomplete }[record.outcome];
}
