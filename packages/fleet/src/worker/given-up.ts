import { appendAudit } from '../audit/audit.js';
import { followFiles } from '../database/intake-verdicts.js';
import { inTransaction, type Transaction } from '../database/pool.js';
import { storableText } from '../database/storable.js';
import { JOB_BATCH } from '../limits.js';
import { emit } from '../queue/events.js';
import type { DeadLetter } from '../queue/queue.js';
import { isSourceName } from '../verdicts/readings.js';
import { artifactsOf, waitingArtifacts, type Waiting } from './artifacts.js';
import type { ConcludeTools } from './conclude.js';
import { finishIn } from './finish.js';
import { endListing } from './list.js';
import { unread } from './scan.js';

/** Jobs whose end somebody waits for. What failed of the others changes no verdict: it is counted in the metrics. */
export const ENDED_QUEUES = ['list', 'scan', 'conclude'] as const;
export type EndedQueue = (typeof ENDED_QUEUES)[number];

/**
 * Ends what a job was about that failed for good: an artifact is incomplete, an intake as well, and both say why. Without it they
 * would wait for ever. `name`: of the queue that the job failed in.
 */
export async function giveUp(tools: ConcludeTools, name: EndedQueue, letter: DeadLetter<EndedQueue>): Promise<void> {
  const { data } = letter;
  const reason = storableText(
    `given up after ${letter.tries} tries; the last one: ${letter.reason ?? 'it did not end'}`,
  );
  // All but the last of what follows may be there from a try before: only what still waits is changed.
  if ('sourcesOf' in data) await endSources(tools, data.sourcesOf, reason);
  await inTransaction(tools.pool, async (transaction) => {
    await tools.queue.bury(transaction, name, letter);
    if ('artifact' in data)
      await endScans(tools, transaction, await waitingArtifacts(transaction, [data.artifact]), {
        reason,
        isRescan: data.rescan ?? false,
      });
    else if (!('intake' in data)) return;
    else if (name === 'list')
      await endListing(tools, transaction, { intake: data.intake, reason, trace: letter.trace });
    else await endConclusion(tools, transaction, data.intake, reason);
  });
}

function endScans(
  { queue, verdicts, actor }: ConcludeTools,
  transaction: Transaction,
  artifacts: readonly Waiting[],
  { reason, isRescan }: { readonly reason: string; readonly isRescan: boolean },
): Promise<void> {
  const { policy } = verdicts;
  const results = artifacts.map((one) => ({ ...unread(one, reason), isRescan }));
  return finishIn(transaction, { queue, policy, actor, analysis: verdicts.versions.analysis }, results, []);
}

async function endSources(tools: ConcludeTools, intake: string, reason: string): Promise<void> {
  let after: string | undefined = '';
  while (after !== undefined) {
    const page: readonly Waiting[] = await artifactsOf(tools.pool, intake, after, JOB_BATCH);
    const waiting = page.filter(
      ({ path, state }) => isSourceName(path) && (state === 'received' || state === 'scanning'),
    );
    if (waiting.length > 0)
      await inTransaction(tools.pool, (transaction) =>
        endScans(tools, transaction, waiting, { reason, isRescan: false }),
      );
    after = page.at(-1)?.path;
  }
}

/** The rules for repositories said nothing: that is no pass. Another conclusion may say more. */
async function endConclusion(
  { queue, actor }: ConcludeTools,
  transaction: Transaction,
  intake: string,
  reason: string,
): Promise<void> {
  await transaction.query(
    `UPDATE intakes SET state = 'done', done_at = now(), reason = coalesce(listing_reason, $2), verdict = NULL,
       own_verdict = CASE WHEN own_verdict = 'fail' THEN 'fail' ELSE 'incomplete' END
     WHERE id = $1 AND state IN ('scanning', 'done') AND pending = 0`,
    [intake, reason],
  );
  const followed = await followFiles(transaction, [intake], { revision: false });
  await emit(
    transaction,
    queue,
    followed.map(({ verdict }) => ({ kind: 'intake.done', intake, verdict })),
  );
  await appendAudit(
    transaction,
    followed.map(({ verdict }) => ({
      actor,
      action: 'intake.done',
      subject: `intake:${intake}`,
      detail: { verdict, reason },
    })),
  );
}
