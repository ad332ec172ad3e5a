import type { Collected } from '@artifact-sentinel/core/internal';
import { appendAudit } from '../audit/audit.js';
import { inTransaction, type Pool } from '../database/pool.js';
import { emit } from '../queue/events.js';
import type { Job, Queue } from '../queue/queue.js';
import { readFactsOf, unpackFacts } from '../verdicts/facts.js';
import { judgedBy, reportOf, worst, type Judged } from '../verdicts/judge.js';
import type { VerdictStore } from '../verdicts/verdict-store.js';
import type { VerdictWord } from '../model/shapes.js';
import { artifactsOf } from './artifacts.js';

export interface ConcludeTools {
  readonly pool: Pool;
  readonly queue: Queue;
  readonly verdicts: VerdictStore;
  readonly actor: string;
}

const PAGE = 200;

/** The verdict of a whole intake: the worst of its files, and what the rules say of the repository that they make. */
export async function concludeIntake(tools: ConcludeTools, job: Job<'conclude'>): Promise<void> {
  const { pool, queue, verdicts, actor } = tools;
  const { intake } = job.data;
  const policy = await verdicts.policy.get();
  const repository = judgedBy(await reportOf(repositoryFacts(tools, intake), policy));
  await inTransaction(pool, async (transaction) => {
    const verdict = worst([repository.verdict, await filesVerdict(transaction, intake)]);
    const { rows } = await transaction.query<{ verdict: VerdictWord }>(
      // A file that is read again, or a listing that is not complete, is no end.
      `UPDATE intakes SET state = 'done', findings = $3, done_at = now(),
         verdict = CASE WHEN reason IS NOT NULL AND $2 = 'pass' THEN 'incomplete' ELSE $2 END
       WHERE id = $1 AND state IN ('scanning', 'done') AND pending = 0 RETURNING verdict`,
      [intake, verdict, JSON.stringify(repository.findings)],
    );
    const [row] = rows;
    if (row !== undefined) await emit(transaction, queue, [{ kind: 'intake.done', intake, verdict: row.verdict }]);
    await queue.complete(transaction, 'conclude', [job]);
    if (row !== undefined)
      await appendAudit(transaction, [
        { actor, action: 'intake.done', subject: `intake:${intake}`, detail: { verdict: row.verdict } },
      ]);
  });
}

/**
 * What the files say of their repository. Their own facts have their own verdicts; only the first lines of each are taken here, so
 * that a million files need no more memory than their names.
 */
async function* repositoryFacts({ pool, verdicts }: ConcludeTools, intake: string): AsyncGenerator<Collected> {
  let after = '';
  for (;;) {
    const page = await artifactsOf(pool, intake, after, PAGE);
    for (const { sha256, reading, name } of page) {
      const facts = sha256 === null ? null : await readFactsOf(pool, sha256, reading, verdicts.versions.analysis);
      if (facts === null) continue;
      const found = await unpackFacts(facts, name);
      yield { ...found, facts: [], streams: [], opaque: [], moreOpaque: 0, notices: [], unread: [], format: null };
    }
    if (page.length < PAGE) return;
    after = page.at(-1)?.path ?? '';
  }
}

async function filesVerdict(db: Parameters<typeof readFactsOf>[0], intake: string): Promise<Judged['verdict']> {
  const { rows } = await db.query<{ state: string }>('SELECT DISTINCT state FROM artifacts WHERE intake = $1', [intake]);
  const words: Readonly<Record<string, VerdictWord>> = { passed: 'pass', promoted: 'pass', failed: 'fail', rejected: 'fail' };
  return worst(rows.map(({ state }) => words[state] ?? 'incomplete'));
}
