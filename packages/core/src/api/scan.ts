import type { Report } from '../model/report.js';
import { HASH_CHOICES, type HashChoice } from '../model/hash-choice.js';
import type { Policy } from '../model/policy.js';
import type { Rule } from '../model/rule.js';
import { DEFAULT_POLICY } from '../policy/defaults.js';
import { scanEach, type ArtifactResult, type Progress, type RunOptions } from '../scan.js';
import { aBoolean, aFunction, be, checkedOptions, isObject, type OptionChecks } from './check.js';
import { COMMON_CHECKS, wholePlatform, type CommonOptions } from './common-options.js';
import { checkedInputs, checkInputs, type ScanInputs } from './input.js';

export interface ScanOptions extends CommonOptions {
  /** As `loadPolicy` gives it; the built-in defaults otherwise. */
  readonly policy?: Policy;
  /** Some of `RULES`; all of them unless given. */
  readonly rules?: readonly Rule[];
  /** Reads also what is left unread in remote sources otherwise (docs/remote-sources.md). */
  readonly thorough?: boolean;
  /**
   * Artifacts that get their SHA-256, as `--hash` of the command line has it: those with findings, or all of them; none unless
   * given. It is what a retest and CycloneDX compare. Such an artifact is read whole.
   */
  readonly hash?: HashChoice;
  /** The day against which entries of the policy expire, as YYYY-MM-DD; the current one in UTC otherwise. */
  readonly today?: string;
  /** Called before each artifact. */
  readonly onProgress?: (progress: Progress) => void;
}

/** A policy has all that the defaults have: `loadPolicy` fills in what a file leaves open. */
function isPolicy(value: unknown): boolean {
  if (!isObject(value)) return false;
  return Object.entries(DEFAULT_POLICY).every(([key, usual]) => {
    const own = value[key];
    if (Array.isArray(usual)) return Array.isArray(own);
    return usual === null ? own === null || typeof own === 'string' : typeof own === typeof usual;
  });
}

function isRule(value: unknown): boolean {
  return (
    isObject(value) && isObject(value['meta']) && Array.isArray(value['on']) && typeof value['check'] === 'function'
  );
}

/** No rule would find nothing, and pass everything. */
export const someRules = be(
  'a list of at least one of RULES',
  (value) => Array.isArray(value) && value.length > 0 && value.every(isRule),
);

export const SCAN_CHECKS: OptionChecks<ScanOptions> = {
  ...COMMON_CHECKS,
  policy: be('a policy as loadPolicy gives it', isPolicy),
  rules: someRules,
  thorough: aBoolean,
  hash: be(`one of ${HASH_CHOICES.join(', ')}`, (value) => HASH_CHOICES.some((choice) => choice === value)),
  today: be('a day as YYYY-MM-DD', (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)),
  onProgress: aFunction,
};

/**
 * A scan of inputs, one after the other. Awaited, it gives the report; iterated by `for await`, the result of each artifact
 * as soon as it is there, and awaited afterwards the report. Nothing is read before either.
 *
 * It rejects with a TypeError where an option or an input is not what it has to be, with the reason of `signal` once that
 * is aborted, and with what the inputs throw when they are iterated. Whatever is wrong with an artifact is in the report.
 */
export function scan(inputs: ScanInputs, options: ScanOptions = {}): Scan {
  return startScan(() => {
    const checked = checkedOptions('scan', options, SCAN_CHECKS);
    checkInputs('scan', inputs);
    const platform = wholePlatform(checked.platform);
    return { inputs: checkedInputs('scan', inputs), options: { ...checked, platform } };
  });
}

export interface Start {
  readonly inputs: Parameters<typeof scanEach>[0];
  readonly options: RunOptions;
}

/** For our own packages: a scan with more options than a caller of the library has. What `start` throws it rejects with. */
export function startScan(start: () => Start): Scan {
  return new Scan(started(start));
}

async function* started(start: () => Start): AsyncGenerator<ArtifactResult, Report, void> {
  const { inputs, options } = start();
  return yield* scanEach(inputs, options);
}

/** What a scan gives: see `scan`. */
export class Scan implements Promise<Report>, AsyncIterable<ArtifactResult> {
  readonly [Symbol.toStringTag] = 'Scan';
  readonly #results: AsyncGenerator<ArtifactResult, void, void>;
  readonly #report: Promise<Report>;
  /** Ends `#report` with an error, unless it has ended. */
  readonly #leave: () => void;

  constructor(results: AsyncGenerator<ArtifactResult, Report, void>) {
    let resolve: (report: Report) => void = () => undefined;
    let reject: (error: unknown) => void = () => undefined;
    this.#report = new Promise<Report>((onReport, onError) => {
      resolve = onReport;
      reject = onError;
    });
    // A caller that iterates meets the error there.
    this.#report.catch(() => undefined);
    this.#leave = () => reject(new Error('the scan was left before its end, so that there is no report'));
    this.#results = settling(results, resolve, reject);
  }

  /** Leaving the loop before its end ends the scan: it has no report then. */
  [Symbol.asyncIterator](): AsyncGenerator<ArtifactResult, void, void> {
    return this.#results;
  }

  // eslint-disable-next-line unicorn/no-thenable -- it is a promise of the report
  then<A = Report, B = never>(
    onReport?: ((report: Report) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#awaited().then(onReport, onError);
  }

  catch<B = never>(onError?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<Report | B> {
    return this.#awaited().catch(onError);
  }

  finally(onEnd?: (() => void) | null): Promise<Report> {
    return this.#awaited().finally(onEnd);
  }

  /** Scans what nobody iterated. */
  async #awaited(): Promise<Report> {
    for await (const _ of this.#results);
    this.#leave();
    return this.#report;
  }
}

/** Hands the results on, and tells how it ended. */
async function* settling(
  results: AsyncGenerator<ArtifactResult, Report, void>,
  onReport: (report: Report) => void,
  onError: (error: unknown) => void,
): AsyncGenerator<ArtifactResult, void, void> {
  try {
    onReport(yield* results);
  } catch (error) {
    onError(error);
    throw error;
  }
}
