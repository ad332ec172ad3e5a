import { DEFAULT_LIMITS } from '@artifact-sentinel/core/internal';
import { SourceError } from '@artifact-sentinel/sources';
import { isDatabaseAway, type Pool } from '../database/pool.js';
import { CHILD_ATTEMPTS, OPEN_TRIES, SOURCE_TRIES } from '../limits.js';
import type { Job, Queue } from '../queue/queue.js';
import { within, type Span } from '../traces/tracer.js';
import { policyDigest, type PolicyInForce } from '../verdicts/policy.js';
import type { VerdictStore } from '../verdicts/verdict-store.js';
import { countAttempt, noteChanged, type Waiting } from './artifacts.js';
import { BytesError, fetchInput, fetchStream, type Fetched } from './bytes.js';
import type { Collectors } from './collectors.js';
import type { Finished } from './finish.js';
import type { Listings } from './listings.js';
import type { ChildAnswer, TreeFiles } from './messages.js';
import type { WorkerStore } from '../objects/worker-store.js';

export interface ScanTools {
  readonly pool: Pool;
  readonly queue: Queue;
  readonly verdicts: VerdictStore;
  readonly collectors: Collectors;
  readonly store: WorkerStore;
  readonly listings: () => Promise<Listings>;
  /** For files that are being read. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Files of a repository up to which its sources are analysed together. */
  readonly mostPaths: number;
}

/** A job in hand, and its span. */
export type JobInHand = Job<'scan'> & { readonly span: Span };

/** It may succeed another time. */
export class TryAgainError extends Error {
  override readonly name = 'TryAgainError';
}

/** What comes of one artifact. `again`: its bytes are read also where all of it is known. */
export async function scanArtifact(
  tools: ScanTools,
  artifact: Waiting,
  job: Pick<JobInHand, 'retryCount' | 'span'>,
  again: boolean,
): Promise<Finished> {
  const policy = await tools.verdicts.policy.get();
  if (!again && artifact.sha256 !== null) {
    const known = await fromFacts(tools, artifact, artifact.sha256, policy);
    if (known !== null) return known;
  }
  // Fetched before, and not completed: its process may have ended with this file.
  if (job.retryCount > 0 && (await countAttempt(tools.pool, artifact.id)) > CHILD_ATTEMPTS)
    return endedProcesses(artifact);
  let fetched: Fetched;
  try {
    fetched = await within(job.span.begin('read'), () => bytesOf(tools, artifact));
  } catch (error) {
    return unreadable(artifact, job, error);
  }
  try {
    if (!again) {
      const known = await fromFacts(
        tools,
        { ...artifact, isComputed: true, size: fetched.size },
        fetched.sha256,
        policy,
      );
      if (known !== null) return known;
    }
    return await within(job.span.begin('analyse'), () => collected(tools, artifact, fetched, policy, null));
  } finally {
    await fetched.done();
  }
}

/** From facts that are there; null where there are none. The hash of a source stands for the bytes that had it. */
export async function fromFacts(
  { pool, verdicts }: Pick<ScanTools, 'pool' | 'verdicts'>,
  artifact: Pick<Waiting, 'id' | 'reading' | 'size' | 'path' | 'isComputed'>,
  sha256: string,
  policy: PolicyInForce,
): Promise<Finished | null> {
  const { id, reading, size, path, isComputed } = artifact;
  const known = await verdicts.verdict(pool, sha256, reading, policy, { path });
  if (known === null) return null;
  const { verdict, findings, gaps } = known;
  return {
    artifact: id,
    content: { sha256, size: size ?? (await sizeOf(pool, sha256)), isComputed },
    reading,
    verdict,
    findings,
    reason: verdict === 'incomplete' ? reasonOf(gaps) : null,
    gaps,
    policy: policy.digest,
    facts: null,
    newVerdict: null,
  };
}

/** Why an artifact is incomplete, in words. */
export function reasonOf([first]: readonly string[]): string {
  return first ?? 'it could not be analysed as a whole; its report says why';
}

async function sizeOf(pool: Pool, sha256: string): Promise<number> {
  const { rows } = await pool.query<{ size: number }>('SELECT size FROM contents WHERE sha256 = $1', [
    Buffer.from(sha256, 'hex'),
  ]);
  return rows[0]?.size ?? 0;
}

/** Analyses bytes in a child process. `tree`: the files around a Python source. */
export async function collected(
  { collectors, verdicts, signal }: ScanTools,
  artifact: Waiting,
  fetched: Fetched,
  policy: PolicyInForce,
  tree: TreeFiles | null,
): Promise<Finished> {
  const { id, reading, path } = artifact;
  const { sha256, size, at } = fetched;
  const outcome = await collectors.run(
    {
      kind: 'collect',
      sha256,
      // What was read into memory or a temporary file was hashed as it came.
      isChecked: fetched.isChecked,
      reading,
      size,
      at,
      path,
      tree: tree === null ? null : { own: path, files: tree },
      policy,
    },
    size,
    signal,
  );
  if ('failure' in outcome) {
    const { reason, detail } = outcome.failure;
    if (reason === 'closing' || reason === 'cancelled' || reason === 'queue' || reason === 'unavailable')
      throw new TryAgainError(detail ?? reason);
    const limit = reason === 'deadline' ? ` (${DEFAULT_LIMITS.artifactMs / 1000} s)` : '';
    const why = `it ended ${CHILD_ATTEMPTS} processes that analysed it: ${detail ?? reason}${limit}`;
    return { ...incomplete(artifact, why), content: { sha256, size, isComputed: true } };
  }
  return finishedBy(id, reading, path, fetched, outcome.result, policy, verdicts);
}

function finishedBy(
  artifact: string,
  reading: string,
  path: string,
  { sha256, size }: Fetched,
  { judged, collected: facts, inRepository, durationMs, problem }: ChildAnswer,
  policy: PolicyInForce,
  { versions }: VerdictStore,
): Finished {
  if (problem !== null) throw new TryAgainError(problem);
  const { verdict, findings, reason, gaps } = judged;
  const stored = facts === null ? null : Buffer.from(facts.buffer, facts.byteOffset, facts.byteLength);
  return {
    artifact,
    content: { sha256, size, isComputed: true },
    reading,
    verdict,
    findings,
    reason,
    gaps,
    policy: policy.digest,
    facts: stored === null ? null : { sha256, size, reading, collected: stored, inRepository, durationMs },
    newVerdict: { sha256, reading, ...versions, policy: policyDigest(policy, path, findings.length > 0), judged },
  };
}

export function incomplete({ id, reading }: Pick<Waiting, 'id' | 'reading'>, reason: string): Finished {
  return {
    artifact: id,
    content: null,
    reading,
    verdict: 'incomplete',
    findings: [],
    reason,
    gaps: [reason],
    policy: null,
    facts: null,
    newVerdict: null,
  };
}

/** It is not tried again. */
export function endedProcesses(artifact: Waiting): Finished {
  return unread(artifact, `${CHILD_ATTEMPTS} processes ended while it was analysed; it is not tried again`);
}

/** What is known of its bytes stays: it is they that could not be analysed. */
export function unread(artifact: Waiting, reason: string): Finished {
  const { sha256, size, isComputed } = artifact;
  return {
    ...incomplete(artifact, reason),
    content: sha256 === null ? null : { sha256, size: size ?? 0, isComputed },
  };
}

/** The bytes of an artifact, from the store or from where it was found. */
export async function bytesOf(tools: ScanTools, artifact: Waiting): Promise<Fetched> {
  const { kind, sha256, size, isComputed } = artifact;
  if (kind === 'upload' && sha256 !== null && isComputed) {
    const file = tools.store.path(sha256);
    if (file !== null)
      return { sha256, size: size ?? 0, at: { file }, isChecked: false, done: () => Promise.resolve() };
    const stream = await tools.store.get(sha256);
    if (stream === null) throw new BytesError('the store does not have its bytes');
    const fetched = await fetchStream(stream, size ?? 0, tools.folder);
    if (fetched.sha256 === sha256) return fetched;
    await fetched.done();
    throw new BytesError('the store has other bytes under this hash');
  }
  const listings = await tools.listings();
  try {
    const entry = await listings.entry(artifact);
    return await fetchInput(await entry.open(tools.signal), tools.folder);
  } catch (error) {
    const { listed } = artifact;
    if (!(error instanceof SourceError) || error.code !== 'changed' || listed === null) throw error;
    const entry = await listings.current(artifact, listed.key);
    // The bucket still names the state that it does not give.
    if (entry.listed === undefined || entry.listed.etag === listed.etag) throw error;
    await noteChanged(tools.pool, artifact, entry.listed);
    return fetchInput(await entry.open(tools.signal), tools.folder);
  }
}

const WAITABLE = new Set(['unreachable', 'timeout', 'rate-limited', 'status', 'bad-answer', 'changed', 'aborted']);

/** What cannot be had is incomplete, after some tries where another time may be better. */
export function unreadable(
  artifact: Waiting,
  { retryCount }: Pick<Job<'scan'>, 'retryCount'>,
  error: unknown,
): Finished {
  if (isDatabaseAway(error)) throw error;
  if (error instanceof SourceError) {
    if (WAITABLE.has(error.code) && retryCount < SOURCE_TRIES) throw new TryAgainError(error.message);
    return incomplete(artifact, error.message);
  }
  if (error instanceof BytesError) {
    if (!error.isLasting && retryCount < OPEN_TRIES && artifact.kind !== 'upload')
      throw new TryAgainError(error.message);
    return incomplete(artifact, error.message);
  }
  throw error;
}
