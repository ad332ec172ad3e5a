import type { Report } from '@artifact-sentinel/core';
import {
  CATALOGUE_VERSION,
  plural,
  weightOf,
  type BatchRecord,
  type Collected,
} from '@artifact-sentinel/core/internal';
import { MAX_RECORD_FACTS } from '../limits.js';
import { VERSION } from '../version.js';
import type { Item } from './list.js';
import type { BatchOptions } from './options.js';

export type Made = BatchRecord['made'];

/** A record before it is a line. */
export interface NewRecord extends Omit<BatchRecord, 'report' | 'facts'> {
  readonly report: Report;
  readonly facts: readonly Collected[] | null;
}

export function madeWith(options: BatchOptions, policy: string | null): Made {
  return {
    version: VERSION,
    catalogue: CATALOGUE_VERSION,
    policy,
    maxAcceptableSeverity: options.maxAcceptableSeverity ?? null,
    alsoAllow: [...(options.alsoAllow ?? [])],
    rules: [...(options.rule ?? [])],
    thorough: options.thorough === true,
  };
}

/** What is known of one item. `pinned`: the address with its revision, where it has one. */
export function recordOf(
  { id, source }: Item,
  made: Made,
  pinned: string | null,
  report: Report,
  gathered: Gathered,
): NewRecord {
  const { verdict } = report;
  return { recordVersion: 1, id, source, pinned, made, verdict, report, ...gathered.result() };
}

/** The facts of one item, up to what a record may hold. */
export class Gathered {
  #facts: Collected[] | null = [];
  #weight = 0;

  readonly add = (found: Collected): void => {
    this.#weight += 1 + weightOf(found);
    if (this.#weight > MAX_RECORD_FACTS) this.#facts = null;
    else this.#facts?.push(found);
  };

  result(): Pick<NewRecord, 'facts' | 'factsLeftOut'> {
    const most = plural(MAX_RECORD_FACTS, 'fact');
    return {
      facts: this.#facts,
      factsLeftOut: this.#facts === null ? `a record holds at most ${most}; name the files one by one` : null,
    };
  }
}
