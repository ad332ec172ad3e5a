import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JOB_BATCH, MAX_TREE_BYTES, MAX_TREE_FILES } from '../limits.js';
import { within } from '../traces/tracer.js';
import { isSourceName, sourceReading } from '../verdicts/readings.js';
import { artifactsOf, countAttempt, type Waiting } from './artifacts.js';
import type { Fetched } from './bytes.js';
import { finish, type FinishOptions, type Finished } from './finish.js';
import type { TreeFiles } from './messages.js';
import { bytesOf, collected, endedProcesses, unreadable, type JobInHand, type ScanTools } from './scan.js';
import { CHILD_ATTEMPTS } from '../limits.js';

/** What sources are read with: modules, and the versions that a project asks for. */
const WANTED = /(?:\.pyw?|\.txt|\.in|\.toml|\.cfg|\.ya?ml|(?:^|\/)Pipfile)$/i;
const PAGE = 1_000;

/**
 * Python sources of one intake, with the files around them: what one names may lie in another. All of them are fetched first, for
 * their digest is part of what their facts are stored under.
 */
export async function scanSources(
  tools: ScanTools,
  finishing: FinishOptions,
  job: JobInHand,
  intake: string,
): Promise<void> {
  const found = await filesOf(tools, intake);
  const { sources } = found;
  const folder = await mkdtemp(join(tools.folder, 'tree-'));
  try {
    const tree = await within(job.span.begin('read tree'), () => fetchTree(tools, found, folder));
    for (let at = 0; at < sources.length; at += JOB_BATCH) {
      const batch = sources.slice(at, at + JOB_BATCH);
      const results = await Promise.all(batch.map((source) => scanSource(tools, source, job, tree)));
      await finish(
        finishing,
        results.map((one) => ({ ...one, trace: job.trace })),
        [],
      );
      await tools.queue.touch('scan', [job]);
    }
    await finish(finishing, [], [job]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One source that is read again. */
export async function scanOneSource(tools: ScanTools, source: Waiting, job: JobInHand): Promise<Finished> {
  const found = await filesOf(tools, source.intake);
  const folder = await mkdtemp(join(tools.folder, 'tree-'));
  try {
    const tree = await within(job.span.begin('read tree'), () => fetchTree(tools, found, folder));
    return await scanSource(tools, source, job, tree);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface IntakeFiles {
  readonly paths: readonly string[];
  /** There are no others. */
  readonly isWhole: boolean;
  /** Those that are to be read. */
  readonly sources: readonly Waiting[];
  /** Those that sources are read with. */
  readonly wanted: readonly Waiting[];
}

async function filesOf({ pool, mostPaths }: ScanTools, intake: string): Promise<IntakeFiles> {
  const paths: string[] = [];
  const sources: Waiting[] = [];
  const wanted: Waiting[] = [];
  let after = '';
  let isWhole = true;
  for (;;) {
    const page = await artifactsOf(pool, intake, after, PAGE);
    for (const artifact of page) {
      isWhole &&= paths.length < mostPaths;
      if (isWhole) paths.push(artifact.path);
      if (isWhole && WANTED.test(artifact.path)) wanted.push(artifact);
      if (isSourceName(artifact.path) && (artifact.state === 'received' || artifact.state === 'scanning'))
        sources.push(artifact);
    }
    if (page.length < PAGE) break;
    after = page.at(-1)?.path ?? '';
  }
  return { paths, isWhole, sources, wanted };
}

interface Tree {
  readonly files: TreeFiles;
  readonly digest: string;
}

async function fetchTree(tools: ScanTools, { paths, isWhole, wanted }: IntakeFiles, folder: string): Promise<Tree> {
  if (!isWhole) {
    const unread = `its repository has more than ${tools.mostPaths} files: it was analysed without those around it`;
    return { files: { paths: [], files: {}, unread }, digest: unread };
  }
  const files: Record<string, string> = {};
  const hashes: [string, string][] = [];
  let bytes = 0;
  let count = 0;
  for (const artifact of wanted) {
    if (count === MAX_TREE_FILES || bytes + (artifact.size ?? 0) > MAX_TREE_BYTES) break;
    const fetched = await bytesOf(tools, artifact).catch(() => null);
    // As an artifact of its own it says why.
    if (fetched === null) continue;
    const at = join(folder, String(count));
    if ('bytes' in fetched.at) await writeFile(at, fetched.at.bytes);
    else await copyTo(at, fetched);
    await fetched.done();
    files[artifact.path] = at;
    hashes.push([artifact.path, fetched.sha256]);
    bytes += fetched.size;
    count += 1;
  }
  const digest = createHash('sha256')
    .update(JSON.stringify([paths, hashes]))
    .digest('hex');
  return { files: { paths, files, unread: null }, digest };
}

async function copyTo(at: string, { at: from }: Fetched): Promise<void> {
  const { copyFile } = await import('node:fs/promises');
  if ('file' in from) await copyFile(from.file, at);
}

async function scanSource(tools: ScanTools, source: Waiting, job: JobInHand, tree: Tree): Promise<Finished> {
  if (job.retryCount > 0 && (await countAttempt(tools.pool, source.id)) > CHILD_ATTEMPTS) return endedProcesses(source);
  // A file by itself has nothing around it.
  const isAlone = tree.files.paths.length < 2 && tree.files.unread === null;
  const own = isAlone ? source : { ...source, reading: sourceReading(source.path, tree.digest) };
  const of = { 'sentinel.artifact': source.id };
  let fetched: Fetched;
  try {
    fetched = await within(job.span.begin('read', of), () => bytesOf(tools, source));
  } catch (error) {
    return unreadable(source, job, error);
  }
  try {
    const policy = await tools.verdicts.policy.get();
    return await within(job.span.begin('analyse', of), () =>
      collected(tools, own, fetched, policy, isAlone ? null : tree.files),
    );
  } finally {
    await fetched.done();
  }
}
