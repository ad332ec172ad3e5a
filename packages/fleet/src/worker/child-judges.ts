import type { Report } from '@artifact-sentinel/core';
import { RefusedError } from '../model/errors.js';
import type { StoredFacts } from '../verdicts/facts.js';
import type { Judges } from '../verdicts/facts-judge.js';
import type { Judged } from '../verdicts/judge.js';
import type { PolicyInForce } from '../verdicts/policy.js';
import { Collectors } from './collectors.js';
import type { ChildAnswer, ChildJob } from './messages.js';

/** Judges large facts in child processes. `collectors`: asked for when there is the first of them. */
export class ChildJudges implements Judges {
  readonly #collectors: () => Collectors;

  constructor(collectors: () => Collectors) {
    this.#collectors = collectors;
  }

  async judge(facts: StoredFacts, path: string, policy: PolicyInForce): Promise<Judged | { readonly failed: string }> {
    const answer = await this.#run('judge', facts, path, policy);
    return 'failed' in answer ? answer : answer.judged;
  }

  async report(facts: StoredFacts, path: string, policy: PolicyInForce): Promise<Report | null> {
    const answer = await this.#run('report', facts, path, policy);
    if ('failed' in answer) throw new RefusedError(503, 'too-large', `the report cannot be made: ${answer.failed}`);
    // Made by the process above of a `Report`.
    return answer.report === null ? null : (JSON.parse(answer.report) as Report);
  }

  async #run(
    kind: 'judge' | 'report',
    { sha256, reading, collected }: StoredFacts,
    path: string,
    policy: PolicyInForce,
  ): Promise<ChildAnswer | { readonly failed: string }> {
    const job: ChildJob = { kind, sha256, reading, collected, path, policy };
    const outcome = await this.#collectors().run(job, collected.length);
    if ('result' in outcome) return outcome.result;
    const { reason, detail } = outcome.failure;
    if (reason === 'closing' || reason === 'cancelled' || reason === 'queue' || reason === 'unavailable')
      throw new RefusedError(503, 'busy', 'nothing judges large files just now: try again');
    return { failed: `it ended the processes that judged it: ${detail ?? reason}` };
  }
}

/** For a process that has no child yet: one is started with the first large file. */
export class OwnJudges extends ChildJudges {
  readonly #own: { collectors: Collectors | null };

  constructor() {
    const own: { collectors: Collectors | null } = { collectors: null };
    super(() => (own.collectors ??= new Collectors({ processes: 1, readable: [] })));
    this.#own = own;
  }

  close(): void {
    this.#own.collectors?.close();
  }
}
