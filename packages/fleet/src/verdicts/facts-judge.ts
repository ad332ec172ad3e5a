import type { Report } from '@artifact-sentinel/core';
import { Slots } from '@artifact-sentinel/sources';
import type { Queries } from '../database/pool.js';
import { MAX_FACTS_BYTES, SMALL_FACTS_BYTES, SMALL_STORED_FACTS_BYTES } from '../limits.js';
import { readFactsOf, unpackFacts, unpackSmallFacts, type StoredFacts } from './facts.js';
import { judgeOne, reportOfOne, type Judged } from './judge.js';
import type { PolicyInForce } from './policy.js';

/** Judges facts that are too large for a process which has other things to do. */
export interface Judges {
  /** What became of the process that judged, in words, where there is no verdict. */
  judge(facts: StoredFacts, path: string, policy: PolicyInForce): Promise<Judged | { readonly failed: string }>;
  /** Null where there is none. */
  report(facts: StoredFacts, path: string, policy: PolicyInForce): Promise<Report | null>;
}

type FactsKey = Pick<StoredFacts, 'sha256' | 'reading' | 'analysis'>;

/**
 * Verdicts and reports of stored facts. The facts of a file of 8 MB may be 100 MB of JSON, and judging them takes seconds and
 * most of a gigabyte. A stranger chooses how many names such a file has, and the one who asks chooses names as well: so these are
 * judged one after the other, by `judges`.
 */
export class FactsJudge {
  /** Null: in this process, for tests. */
  readonly #judges: Judges | null;
  readonly #turns = new Slots(1);

  constructor(judges: Judges | null) {
    this.#judges = judges;
  }

  /** Null without facts. */
  judge(
    db: Queries,
    key: FactsKey,
    path: string,
    policy: PolicyInForce,
  ): Promise<Judged | { readonly failed: string } | null> {
    return this.#with(
      db,
      key,
      async (facts) => {
        const small = await unpackSmallFacts(facts, path, SMALL_FACTS_BYTES);
        return small === null ? null : judgeOne(small, policy);
      },
      async (facts) => this.#judges?.judge(facts, path, policy) ?? judgeOne(await unpackFacts(facts, path), policy),
    );
  }

  /** Null without facts. */
  report(db: Queries, key: FactsKey, path: string, policy: PolicyInForce): Promise<Report | null> {
    return this.#with(
      db,
      key,
      async (facts) => {
        const small = await unpackSmallFacts(facts, path, SMALL_FACTS_BYTES);
        return small === null ? null : reportOfOne(small, policy);
      },
      async (facts) => this.#judges?.report(facts, path, policy) ?? reportOfOne(await unpackFacts(facts, path), policy),
    );
  }

  /** `here`: null where they are too large for it. */
  async #with<T>(
    db: Queries,
    key: FactsKey,
    here: (facts: StoredFacts) => Promise<T | null>,
    elsewhere: (facts: StoredFacts) => Promise<T>,
  ): Promise<T | null> {
    const stored = await readFactsOf(db, key, SMALL_STORED_FACTS_BYTES);
    if (stored === null) return null;
    if (stored !== 'large') {
      const found = await here(stored);
      if (found !== null) return found;
    }
    const release = await this.#turns.take('');
    try {
      const facts = await readFactsOf(db, key, MAX_FACTS_BYTES);
      if (facts === 'large') throw new Error('facts are stored that are larger than any may be');
      return facts === null ? null : await elsewhere(facts);
    } finally {
      release();
    }
  }
}
