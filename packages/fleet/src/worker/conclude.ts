import { notCollected, type Collected } from '@artifact-sentinel/core/internal';
import { appendAudit } from '../audit/audit.js';
import { inTransaction, type Pool } from '../database/pool.js';
import { storableJson, storableText } from '../database/storable.js';
import { emit } from '../queue/events.js';
import type { Job, Queue } from '../queue/queue.js';
import { unpackFacts } from '../verdicts/facts.js';
import { followFiles } from '../database/intake-verdicts.js';
import { judgedBy, reportOf } from '../verdicts/judge.js';
import { holdPolicy } from '../verdicts/policy.js';
import type { VerdictStore } from '../verdicts/verdict-store.js';
import { TryAgainError } from './scan.js';
import type { VerdictWord } from '../model/shapes.js';

export interface ConcludeTools {
  readonly pool: Pool;
  readonly queue: Queue;
  readonly verdicts: VerdictStore;
  readonly actor: string;
}

/** Facts may be large, names are small. */
const PAGE = 50;
const NAMES_PAGE = 5_000;

/** What the rules say of the repository that the files of an intake make, and with it the verdict of the whole intake. */
export async function concludeIntake(tools: ConcludeTools, job: Job<'conclude'>): Promise<void> {
  const { pool, queue, verdicts, actor } = tools;
  const { intake } = job.data;
  const policy = await verdicts.policy.get();
  const repository = judgedBy(await reportOf(repositoryFacts(tools, intake), policy));
  await inTransaction(pool, async (transaction) => {
    await holdPolicy(transaction);
    // The change asked for another conclusion, which may have come before this one.
    if ((await verdicts.policy.digestIn(transaction)) !== policy.digest) throw new TryAgainError('the policy changed');
    const { rows } = await transaction.query<{ own_verdict: VerdictWord }>(
      // A file that is read again, or a listing that is not complete, is no end.
      // Why the repository as such is incomplete is said, and stays: no decision about a file mends it.
      `UPDATE intakes SET state = 'done', findings = $3, done_at = now(), reason = coalesce(listing_reason, $4),
         own_verdict = CASE WHEN listing_reason IS NOT NULL AND $2 = 'pass' THEN 'incomplete' ELSE $2 END, verdict = NULL
       WHERE id = $1 AND state IN ('scanning', 'done') AND pending = 0 RETURNING own_verdict`,
      [intake, repository.verdict, storableJson(repository.findings), storable(repository.reason)],
    );
    const concluded = rows.length === 0 ? [] : await followFiles(transaction, [intake], { revision: false });
    await emit(
      transaction,
      queue,
      concluded.map(({ verdict }) => ({ kind: 'intake.done', intake, verdict, trace: job.trace })),
    );
    await queue.complete(transaction, 'conclude', [job]);
    await appendAudit(
      transaction,
      concluded.map(({ verdict }) => ({
        actor,
        action: 'intake.done',
        subject: `intake:${intake}`,
        detail: { verdict },
      })),
    );
  });
}

/**
 * What the files say of their repository, and the names of the others where some say anything. Their own facts have their own
 * verdicts, so that a million files need no more memory than their names.
 */
async function* repositoryFacts(tools: ConcludeTools, intake: string): AsyncGenerator<Collected> {
  let isAny = false;
  for await (const found of membersOf(tools, intake)) {
    isAny = true;
    yield { ...found, facts: [], streams: [], opaque: [], moreOpaque: 0, notices: [], unread: [], format: null };
  }
  if (isAny) yield* namesOf(tools, intake);
}

interface MemberRow {
  readonly path: string;
  readonly name: string;
  readonly sha256: Buffer;
  readonly reading: string;
  readonly analysis: string;
  readonly collected: Buffer;
}

async function* membersOf({ pool, verdicts }: ConcludeTools, intake: string): AsyncGenerator<Collected> {
  let after = '';
  for (;;) {
    const { rows } = await pool.query<MemberRow>(
      `SELECT a.path, coalesce(a.name, a.path) AS name, f.sha256, f.reading, f.analysis, f.collected
       FROM artifacts a JOIN facts f ON f.sha256 = a.sha256 AND f.reading = a.reading AND f.analysis = $2 AND f.in_repository
       WHERE a.intake = $1 AND a.path > $3 ORDER BY a.path LIMIT $4`,
      [intake, verdicts.versions.analysis, after, PAGE],
    );
    for (const { path, name, sha256, ...facts } of rows) {
      yield await unpackFacts({ ...facts, sha256: sha256.toString('hex') }, name);
      after = path;
    }
    if (rows.length < PAGE) return;
  }
}

function storable(reason: string | null): string | null {
  return reason === null ? null : storableText(reason);
}

/** That a file is there, and nothing of it. */
async function* namesOf({ pool }: ConcludeTools, intake: string): AsyncGenerator<Collected> {
  let after = '';
  for (;;) {
    const { rows } = await pool.query<{ path: string; name: string; size: number }>(
      `SELECT path, coalesce(name, path) AS name, coalesce(size, 0) AS size FROM artifacts
       WHERE intake = $1 AND path > $2 ORDER BY path LIMIT $3`,
      [intake, after, NAMES_PAGE],
    );
    for (const { path, name, size } of rows) {
      const nothing = notCollected(name, size, { cause: 'unreadable', reason: '' });
      yield { ...nothing, opened: true, notices: [] };
      after = path;
    }
    if (rows.length < NAMES_PAGE) return;
  }
}
