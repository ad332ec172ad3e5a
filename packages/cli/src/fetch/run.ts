import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ReadError, type Report } from '@artifact-sentinel/core';
import {
  escapeText,
  plural,
  showBytes,
  UsageError,
  type Lock,
  type LockedFile,
} from '@artifact-sentinel/core/internal';
import { isSystemError, openInput, systemReason, type Input } from '@artifact-sentinel/core/node/internal';
import { Slots, SourceError, type Source, type SourceContext, type SourceEntry } from '@artifact-sentinel/sources';
import type { ArtifactOptions } from '../artifact/options.js';
import { ProgressLine } from '../artifact/progress.js';
import { scanArtifacts, type Scanned } from '../artifact/run.js';
import { EXIT } from '../exit-code.js';
import { LOCK_NAME } from '../lock/file.js';
import type { Output } from '../outputs.js';
import { isAddress } from '../sources/address.js';
import { contextOf, turnsOfSource } from '../sources/remote-turns.js';
import { writeError } from '../streams.js';
import { VERSION } from '../version.js';
import { writeFile } from '../write-file.js';
import { nameProblems } from './names.js';
import type { FetchOptions } from './options.js';
import { moveIn, moveProblems } from './move-in.js';
import { Quarantine, type Downloaded } from './quarantine.js';
import { pickledSiblings } from './siblings.js';

/** Files that are downloaded at the same time. */
const AT_ONCE = 4;

/** What is fetched of a source, and what is not. */
interface Plan {
  readonly files: readonly SourceEntry[];
  readonly skipped: Lock['skipped'];
}

/** `sentinel fetch`: scan, download, scan what came, move it in, lock it. The exit code. */
export async function runFetch(source: string, options: FetchOptions, outputs: readonly Output[]): Promise<number> {
  if (!isAddress(source) || /^hf-cache:/i.test(source))
    throw new UsageError(`${source}: fetch takes the address of a remote source, such as hf://org/model`);
  const ending = new AbortController();
  const context = contextOf(
    { allowPrivate: options.allowPrivate === true, maxDownload: options.maxDownload, onLine: say },
    ending.signal,
  );
  try {
    return await fetchFrom(source, options, outputs, context);
  } finally {
    context.client.close();
  }
}

async function fetchFrom(
  source: string,
  options: FetchOptions,
  outputs: readonly Output[],
  context: SourceContext,
): Promise<number> {
  const entries: SourceEntry[] = [];
  const scanOptions: ArtifactOptions = { ...scanOf(options), hash: 'none' };
  const first = await scanArtifacts([source], scanOptions, outputs, {
    context,
    onEntry: (entry) => entries.push(entry),
  });
  const revision = first.report.run?.paths[0] ?? source;
  // Nothing is downloaded of what does not pass where it lies.
  if (first.report.verdict !== 'pass') {
    const code = await first.write();
    if (options.quiet !== true) say('nothing was downloaded: the source does not pass');
    return code;
  }
  const plan = planOf(entries, options);
  const problems = [...nameProblems(plan.files), ...targetProblems(plan, options)];
  if (problems.length > 0) return refused(problems, options);
  const quarantine = Quarantine.open(options.to);
  try {
    const downloaded = await download(plan, quarantine, revision, options, context);
    if (!Array.isArray(downloaded)) {
      for (const problem of downloaded.problems) say(problem);
      say(`nothing was placed; what was downloaded stays in ${quarantine.folder}, and the next run goes on with it`);
      return EXIT.incomplete;
    }
    const notes = notesOf(first.report, revision);
    return await judged(source, revision, { plan, downloaded, notes, quarantine, options, outputs });
  } finally {
    quarantine.leave();
  }
}

interface Fetched {
  readonly plan: Plan;
  readonly downloaded: readonly Downloaded[];
  /** What the source says of its files. */
  readonly notes: readonly string[];
  readonly quarantine: Quarantine;
  readonly options: FetchOptions;
  readonly outputs: readonly Output[];
}

/**
 * Scans what was downloaded, all of it and thoroughly: a server may answer ranges with other bytes than a download, and the
 * hash that it claims says nothing of the ranges. What passes is placed.
 */
async function judged(source: string, revision: string, fetched: Fetched): Promise<number> {
  const { downloaded, notes, quarantine, options, outputs, plan } = fetched;
  const second = await scanArtifacts([revision], { ...scanOf(options), thorough: true, hash: 'none' }, outputs, {
    turns: ({ remote, collecting }) => turnsOfSource(sourceOf(revision, downloaded, notes), collecting, remote),
  });
  if (second.report.verdict !== 'pass') {
    quarantine.remove();
    say('what was downloaded does not pass, though the source did when it was scanned; it is deleted');
    return second.write();
  }
  const { to } = options;
  const problems = moveProblems(downloaded, to, options.replace === true);
  if (problems.length > 0) return refused(problems, options);
  const broken = moveIn(downloaded, to);
  if (broken !== null) {
    say(`${broken}; the files before it are placed, without a lock`);
    return EXIT.incomplete;
  }
  const lock = lockOf(source, revision, second.report, plan, downloaded);
  await writeFile(join(to, LOCK_NAME), `${JSON.stringify(lock, null, 2)}\n`);
  quarantine.remove();
  return finished(second, fetched);
}

/** Says what was done, behind the report. */
async function finished(scanned: Scanned, { downloaded, plan, options }: Fetched): Promise<number> {
  const code = await scanned.write();
  if (options.quiet === true) return code;
  const bytes = downloaded.reduce((sum, { size }) => sum + size, 0);
  const lines = plan.skipped.map(
    ({ path, reason }) => `skipped ${escapeText(path)}: ${escapeText(reason)}; --all takes both`,
  );
  lines.push(
    `${plural(downloaded.length, 'file')} (${showBytes(bytes)}) placed in ${escapeText(options.to)}, with ${LOCK_NAME}`,
  );
  for (const line of lines) say(line);
  return code;
}

function planOf(entries: readonly SourceEntry[], { all }: FetchOptions): Plan {
  const siblings = all === true ? [] : pickledSiblings(entries.map(({ path }) => path));
  const skipped = new Set(siblings.map(({ path }) => path));
  return { files: entries.filter(({ path }) => !skipped.has(path)), skipped: siblings };
}

/** What can be known before anything is downloaded. */
function targetProblems({ files }: Plan, { to, replace }: FetchOptions): string[] {
  const folder = statSync(to, { throwIfNoEntry: false });
  if (folder !== undefined && !folder.isDirectory()) return [`${to}: it is no folder`];
  if (folder === undefined || replace === true) return [];
  return files.flatMap(({ path, size }) => {
    const stats = lstatSync(join(to, path), { throwIfNoEntry: false });
    const isOther = stats !== undefined && (!stats.isFile() || (size !== null && stats.size !== size));
    return isOther ? [`${path}: there is another file of this name; --replace replaces it`] : [];
  });
}

function refused(problems: readonly string[], { to }: FetchOptions): number {
  for (const problem of problems) say(problem);
  say(`nothing was placed in ${to}`);
  return EXIT.incomplete;
}

async function download(
  { files }: Plan,
  quarantine: Quarantine,
  revision: string,
  { quiet }: FetchOptions,
  { client, signal }: SourceContext,
): Promise<Downloaded[] | { readonly problems: readonly string[] }> {
  const progress = new ProgressLine(quiet !== true);
  const total = files.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const before = client.traffic.bytes;
  progress.follow(() => `${showBytes(client.traffic.bytes - before)} of ${showBytes(total)} downloaded`);
  const slots = new Slots(AT_ONCE);
  const problems: string[] = [];
  const one = async (entry: SourceEntry): Promise<Downloaded | null> => {
    const release = await slots.take('');
    try {
      return await quarantine.download(entry, revision, signal);
    } catch (error) {
      problems.push(`${escapeText(entry.path)}: ${reasonOf(error)}`);
      return null;
    } finally {
      release();
    }
  };
  try {
    const downloaded = (await Promise.all(files.map(one))).filter((file) => file !== null);
    return problems.length > 0 ? { problems } : downloaded;
  } finally {
    progress.end();
  }
}

/** What a source or a disk refuses; anything else is a bug and goes on. */
function reasonOf(error: unknown): string {
  if (error instanceof SourceError || error instanceof ReadError) return escapeText(error.message);
  if (isSystemError(error)) return systemReason(error);
  throw error;
}

/** What the source itself says, such as the verdicts of the Hub: the report on what was downloaded repeats it. */
function notesOf({ notes }: Report, revision: string): string[] {
  const prefix = `${revision}: `;
  return notes.filter((note) => note.startsWith(prefix)).map((note) => note.slice(prefix.length));
}

/** What was downloaded, under the names that the source has for it. */
function sourceOf(revision: string, downloaded: readonly Downloaded[], notes: readonly string[]): Source {
  return {
    name: revision,
    pinned: revision,
    notes,
    async *list() {
      for (const { name, path, at, size, sha256 } of downloaded) {
        const input: Input = { kind: 'file', name, at, size };
        yield { kind: 'file', name, path, size, sha256, open: async () => openInput(input) };
      }
    },
  };
}

function lockOf(
  source: string,
  revision: string,
  report: Report,
  { skipped }: Plan,
  downloaded: readonly Downloaded[],
): Lock {
  const artifacts = new Map(report.artifacts.map((artifact) => [artifact.path, artifact]));
  return {
    lockVersion: 1,
    source: shownSource(source, revision),
    revision,
    tool: { name: report.tool.name, version: VERSION, rules: report.tool.rules },
    date: new Date().toISOString().slice(0, 10),
    verdict: 'pass',
    policy: report.run?.policyFiles.map(({ path }) => path) ?? [],
    files: downloaded.map(({ path, name, size, sha256, claimed }): LockedFile => {
      const artifact = artifacts.get(name);
      const status = artifact === undefined ? 'other' : artifact.status === 'opaque' ? 'opaque' : 'complete';
      return {
        path,
        size,
        sha256,
        ...(claimed === null ? {} : { claimed: true }),
        status,
        level: artifact?.safety?.name ?? null,
      };
    }),
    skipped: [...skipped],
  };
}

/** A query may be a signature, and is not shown where it is no part of the name of a version. */
function shownSource(source: string, revision: string): string {
  return /^https?:/i.test(source) ? revision : source;
}

/** What both scans share of the options. */
function scanOf(options: FetchOptions): ArtifactOptions {
  const { to: _to, all: _all, replace: _replace, ...scan } = options;
  return scan;
}

function say(line: string): void {
  writeError(`sentinel: ${line}`);
}
