import { setTimeout as sleep } from 'node:timers/promises';
import { hubName } from '@artifact-sentinel/sources';
import type { Pool } from '../database/pool.js';
import { HUB_POLL_MS, MAX_HUB_WAITING, RETRY_FAILED_MS } from '../limits.js';
import { RefusedError } from '../model/errors.js';
import type { Actor, Intakes } from '../model/ports.js';
import type { ArtifactState } from '../model/shapes.js';
import { Refusal } from './refusal.js';
import { artifactsIn, decidingIntake, rejectedIn, type BlockingRow, type IntakeRow } from './rows.js';
import type { Pinned } from './upstream.js';

export interface DecisionOptions {
  readonly pool: Pool;
  readonly intakes: Pick<Intakes, 'create'>;
  /** Whether a revision whose analysis is incomplete is refused. */
  readonly refusesIncomplete: boolean;
  /** Whether a revision that is not known is taken in when somebody asks for it. */
  readonly takesIn: boolean;
  /** How long an answer waits for an analysis, in milliseconds. */
  readonly waitMs: number;
  /** Address of the dashboard, without a slash at its end. */
  readonly publicUrl: string;
}

/** A revision that is served, and the states of files in it that are. */
export interface Allowed {
  readonly intake: string;
  readonly states: ReadonlySet<ArtifactState>;
}

type Outcome =
  | { readonly is: 'allowed'; readonly allowed: Allowed }
  | { readonly is: 'refused'; readonly why: string; readonly page: string | null }
  | { readonly is: 'pending'; readonly intake: string }
  | { readonly is: 'unknown' };

/** What a client waits for is sooner than what a schedule asks for, and later than what a person waits for. */
const IMPORTANCE = 80;
const RETRY_AFTER_SECONDS = 15;

/** Whether a revision of a repository may be downloaded: by its newest intake, and by what people decided about its files. */
export class Decisions {
  readonly #options: DecisionOptions;
  /** Intakes that are being asked for, so that clients who come at once ask once. */
  readonly #creating = new Map<string, Promise<unknown>>();
  #waiting = 0;

  constructor(options: DecisionOptions) {
    this.#options = options;
  }

  /** Throws a Refusal where the revision is not served, or not yet. */
  async of(pinned: Pinned, by: Actor, signal: AbortSignal): Promise<Allowed> {
    const name = hubName(pinned, pinned.commit);
    let outcome = await this.#outcome(name);
    if (outcome.is === 'unknown') {
      if (!this.#options.takesIn)
        throw new Refusal(403, 'GatedRepo', `Sentinel has not analysed ${name}: it has to be taken in first`);
      await this.#takeIn(name, by);
    }
    if (outcome.is === 'unknown' || outcome.is === 'pending') outcome = await this.#settled(name, signal);
    if (outcome.is === 'allowed') return outcome.allowed;
    if (outcome.is === 'refused') throw this.#refusal(name, outcome);
    const page = outcome.is === 'pending' ? ` See ${this.#options.publicUrl}/#/intakes/${outcome.intake}` : '';
    throw new Refusal(
      503,
      'GatedRepo',
      `Sentinel is still analysing ${name}: ask again in ${RETRY_AFTER_SECONDS} seconds.${page}`,
      RETRY_AFTER_SECONDS,
    );
  }

  #refusal(name: string, { why, page }: { readonly why: string; readonly page: string | null }): Refusal {
    const see = page === null ? '' : ` See ${this.#options.publicUrl}${page}`;
    return new Refusal(403, 'GatedRepo', `Sentinel refuses ${name}: ${why}.${see}`);
  }

  async #takeIn(name: string, by: Actor): Promise<void> {
    let creating = this.#creating.get(name);
    if (creating === undefined) {
      creating = this.#options.intakes
        .create({ kind: 'hf', address: name, importance: IMPORTANCE }, by)
        .finally(() => this.#creating.delete(name));
      this.#creating.set(name, creating);
    }
    try {
      await creating;
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const status = error.status === 429 || error.status === 503 ? 503 : 403;
      throw new Refusal(status, 'GatedRepo', `Sentinel does not take ${name} in: ${error.message}`);
    }
  }

  /** The outcome as soon as there is one, or what it is when the time is over. */
  async #settled(name: string, signal: AbortSignal): Promise<Outcome> {
    // Those beyond are answered at once: each waits with an open connection.
    const waits = this.#waiting < MAX_HUB_WAITING;
    const until = Date.now() + (waits ? this.#options.waitMs : 0);
    this.#waiting += 1;
    try {
      for (;;) {
        const outcome = await this.#outcome(name);
        const isOpen = outcome.is === 'pending' || outcome.is === 'unknown';
        if (!isOpen || Date.now() >= until || signal.aborted) return outcome;
        await sleep(Math.min(HUB_POLL_MS, Math.max(1, until - Date.now())));
      }
    } finally {
      this.#waiting -= 1;
    }
  }

  async #outcome(name: string): Promise<Outcome> {
    const { pool, refusesIncomplete } = this.#options;
    const intake = await decidingIntake(pool, name);
    if (intake === null) return { is: 'unknown' };
    if (intake.state === 'failed') {
      // A source that was away may be there again.
      if (Date.now() - intake.created_at.getTime() > RETRY_FAILED_MS) return { is: 'unknown' };
      return refused(`it could not be read: ${intake.reason ?? 'no reason is known'}`, `/#/intakes/${intake.id}`);
    }
    if (intake.state !== 'done') return { is: 'pending', intake: intake.id };
    // It follows each file, and each decision of a person, in the same transaction: nothing else is asked.
    const { verdict } = intake;
    if (verdict !== 'pass' && (verdict !== 'incomplete' || refusesIncomplete)) return this.#refused(name, intake);
    const states = new Set<ArtifactState>(['passed', 'promoted']);
    if (!refusesIncomplete) states.add('incomplete');
    return { is: 'allowed', allowed: { intake: intake.id, states } };
  }

  /** Why: a file that was rejected, files of the intake, or what it has by itself. */
  async #refused(name: string, intake: IntakeRow): Promise<Outcome> {
    const { pool } = this.#options;
    const rejected = await rejectedIn(pool, name);
    if (rejected !== null) return refused(wordsOf([rejected], 1), `/#/artifacts/${rejected.id}`);
    const { count, first } = await artifactsIn(pool, intake.id, ['failed', 'incomplete']);
    const [worst] = first;
    if (worst !== undefined) return refused(wordsOf(first, count), `/#/artifacts/${worst.id}`);
    return refused(ownWords(intake), `/#/intakes/${intake.id}`);
  }
}

/** What stands against an intake though no file of it does. */
function ownWords({ verdict, findings, reason }: IntakeRow): string {
  const failing = findings.filter(({ action, waived }) => action === 'fail' && waived === null);
  if (failing.length > 0) return failing.map(({ rule, title }) => `${rule} (${title})`).join(', ');
  if (verdict === 'incomplete' && reason !== null) return `its analysis is incomplete: ${reason}`;
  return `its verdict is ${verdict ?? 'not known'}${reason === null ? '' : `: ${reason}`}`;
}

function refused(why: string, page: string): Outcome {
  return { is: 'refused', why, page };
}

function wordsOf(first: readonly BlockingRow[], count: number): string {
  const words = first.map(({ path, state, reason, rules }) => {
    const what = rules.length > 0 ? `${state} (${rules.join(', ')})` : state;
    return `${path} ${what}${reason === null ? '' : `: ${reason}`}`;
  });
  const more = count > first.length ? [`and ${count - first.length} more files`] : [];
  return [...words, ...more].join('; ');
}
