import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JOB_BATCH, MAX_TREE_BYTES, MAX_TREE_FILES } from '../limits.js';
import type { Job } from '../queue/queue.js';
import { isSourceName, sourceReading } from '../verdicts/readings.js';
import { artifactsOf, countAttempt, type Waiting } from './artifacts.js';
import type { Fetched } from './bytes.js';
import { finish, type FinishOptions, type Finished } from './finish.js';
import type { TreeFiles } from './messages.js';
import { bytesOf, collected, incomplete, unreadable, type ScanTools } from './scan.js';
import { CHILD_ATTEMPTS } from '../limits.js';

/** What sources are read with: modules, and the versions that a project asks for. */
const WANTED = /(?:\.pyw?|\.txt|\.in|\.toml|\.cfg|\.ya?ml|(?:^|\/)Pipfile)$/i;
const PAGE = 1_000;
/** Paths of one repository that are held at once; of larger ones a source is analysed by itself. */
const MAX_PATHS = 50_000;

/**
 * Python sources of one intake, with the files around them: what one names may lie in another. All of them are fetched first, for
 * their digest is part of what their facts are stored under.
 */
export async function scanSources(
  tools: ScanTools,
  finishing: FinishOptions,
  job: Job<'scan'>,
  intake: string,
): Promise<void> {
  const { paths, sources, wanted } = await filesOf(tools, intake);
  const folder = await mkdtemp(join(tools.folder, 'tree-'));
  try {
    const tree = await fetchTree(tools, wanted, paths, folder);
    for (let at = 0; at < sources.length; at += JOB_BATCH) {
      const batch = sources.slice(at, at + JOB_BATCH);
      const results = await Promise.all(batch.map((source) => scanSource(tools, source, job, tree)));
      await finish(finishing, results, []);
      await tools.queue.touch('scan', [job]);
    }
    await finish(finishing, [], [job]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One source that is read again. */
export async function scanOneSource(tools: ScanTools, source: Waiting, job: Job<'scan'>): Promise<Finished> {
  const { paths, wanted } = await filesOf(tools, source.intake);
  const folder = await mkdtemp(join(tools.folder, 'tree-'));
  try {
    return await scanSource(tools, source, job, await fetchTree(tools, wanted, paths, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface IntakeFiles {
  readonly paths: readonly string[];
  /** Those that are to be read. */
  readonly sources: readonly Waiting[];
  /** Those that sources are read with. */
  readonly wanted: readonly Waiting[];
}

async function filesOf({ pool }: ScanTools, intake: string): Promise<IntakeFiles> {
  const paths: string[] = [];
  const sources: Waiting[] = [];
  const wanted: Waiting[] = [];
  let after = '';
  for (;;) {
    const page = await artifactsOf(pool, intake, after, PAGE);
    for (const artifact of page) {
      if (paths.length < MAX_PATHS) paths.push(artifact.path);
      if (WANTED.test(artifact.path)) wanted.push(artifact);
      if (isSourceName(artifact.path) && (artifact.state === 'received' || artifact.state === 'scanning'))
        sources.push(artifact);
    }
    if (page.length < PAGE) break;
    after = page.at(-1)?.path ?? '';
  }
  return { paths, sources, wanted };
}

interface Tree {
  readonly files: TreeFiles;
  readonly digest: string;
  readonly isWhole: boolean;
}

async function fetchTree(
  tools: ScanTools,
  wanted: readonly Waiting[],
  paths: readonly string[],
  folder: string,
): Promise<Tree> {
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
  const isWhole = paths.length < MAX_PATHS;
  const digest = createHash('sha256')
    .update(JSON.stringify([paths, hashes]))
    .digest('hex');
  return { files: { paths, files }, digest, isWhole };
}

async function copyTo(at: string, { at: from }: Fetched): Promise<void> {
  const { copyFile } = await import('node:fs/promises');
  if ('file' in from) await copyFile(from.file, at);
}

async function scanSource(tools: ScanTools, source: Waiting, job: Job<'scan'>, tree: Tree): Promise<Finished> {
  if (job.retryCount > 0 && (await countAttempt(tools.pool, source.id)) > CHILD_ATTEMPTS)
    return incomplete(source, `${CHILD_ATTEMPTS} processes ended while it was analysed; it is not tried again`);
  // A file by itself has nothing around it.
  const isAlone = tree.files.paths.length < 2 || !tree.isWhole;
  const own = isAlone ? source : { ...source, reading: sourceReading(source.path, tree.digest) };
  let fetched: Fetched;
  try {
    fetched = await bytesOf(tools, source);
  } catch (error) {
    return unreadable(source, job, error);
  }
  try {
    const policy = await tools.verdicts.policy.get();
    return await collected(tools, own, fetched, policy, isAlone ? null : tree.files);
  } finally {
    await fetched.done();
  }
}
