import { deflateSync, inflateSync } from 'node:zlib';
import { memorySource, RULES } from '@artifact-sentinel/core';
import {
  EVERY_ARTIFACT,
  IN_LATER_FINDINGS,
  sourceFactsFor,
  type Collected,
  type CollectOptions,
  type ScanInput,
} from '@artifact-sentinel/core/internal';
import { collect, JobLoop, now, openInput, type ToWorker } from '@artifact-sentinel/core/node/internal';
import { judgedBy, judgeOne, reportOfOne } from '../verdicts/judge.js';
import { canonicalPath, shownUnder, treePath } from '../verdicts/readings.js';
import { MAX_FACTS_BYTES } from '../limits.js';
import type { ChildAnswer, ChildJob } from './messages.js';
import { repositoryNeighbours } from './tree.js';

/*
 * The entry of a process that reads strangers' bytes. It may read its own code and what is to be analysed, write nothing, start
 * nothing, and it knows no environment: no address of a database, no secret.
 */

const COLLECTING: CollectOptions = {
  interest: IN_LATER_FINDINGS,
  identities: false,
  repositories: true,
  sources: sourceFactsFor(RULES),
};

const loop = new JobLoop<ChildJob, ChildAnswer>((message) => process.send?.(message), work);
process.on('message', (message: ToWorker<ChildJob, never>) => loop.receive(message));
process.on('disconnect', () => process.exit(0));

async function work(job: ChildJob): Promise<ChildAnswer> {
  const started = now();
  const { sha256, reading, path, policy } = job;
  if (job.kind !== 'collect') {
    const json = inflateSync(job.collected, { maxOutputLength: MAX_FACTS_BYTES }).toString('utf8');
    const report = await reportOfOne(JSON.parse(shownUnder(json, sha256, reading, path)) as Collected, policy);
    const isWanted = job.kind === 'report';
    return {
      judged: judgedBy(report),
      report: isWanted ? JSON.stringify(report) : null,
      collected: null,
      inRepository: false,
      durationMs: now() - started,
      problem: null,
    };
  }
  const { tree } = job;
  const canonical = tree === null ? canonicalPath(sha256, reading) : treePath(sha256, tree.own);
  const analysed = await collect(await opened(job, canonical), {
    ...COLLECTING,
    ...(job.isChecked ? {} : { hashWhere: [EVERY_ARTIFACT] }),
    ...(tree === null ? {} : { neighbours: repositoryNeighbours(tree.files, treePath(sha256, '').slice(0, -1)) }),
  });
  const found = withUnread(analysed, tree?.files.unread ?? null);
  const whole = job.isChecked ? { ...found, sha256 } : found;
  const json = JSON.stringify(whole);
  const problem = whole.sha256 === sha256 ? null : `its bytes are not those of the hash ${sha256}`;
  return {
    report: null,
    judged: await judgeOne(JSON.parse(shownUnder(json, sha256, reading, path)) as Collected, policy),
    collected: deflateSync(json),
    inRepository: found.repository.length > 0,
    durationMs: now() - started,
    problem,
  };
}

/** What was not looked at is part of the facts: the judgement of them says so. */
function withUnread(found: Collected, reason: string | null): Collected {
  if (reason === null) return found;
  return { ...found, notices: [...found.notices, { path: found.path, offset: null, cause: 'limit', reason }] };
}

async function opened({ at, size }: ChildJob & { kind: 'collect' }, path: string): Promise<ScanInput> {
  if ('bytes' in at) return { path, source: memorySource(at.bytes), size: at.bytes.length };
  return openInput({ kind: 'file', name: path, at: at.file, size });
}
