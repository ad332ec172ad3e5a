import { InputError, LimitError, UnsupportedError, UsageError } from '../../packages/core/src/model/errors.js';
import { seeded } from '../../packages/core/test/random-pickle.js';
import { REFUSALS } from './documents.js';
import type { Target } from './target.js';

/**
 * Time on the processor for one input, which a busy machine stretches less than the clock's: most take well under a
 * millisecond. A stream of each two bytes costs some 10 ms per KiB; what is not linear takes minutes for the largest.
 */
const SLOW_MS = 2000;
const SLOW_MS_PER_KIB = 60;
/** By how much one input may raise the most memory that the process ever held: limits, windows and some slack. */
const MOST_GROWTH_MB = 256;
/** What the process may hold in all. */
const MOST_MEMORY_MB = 1024;
/** Different failures recorded of one target. */
const MOST_FAILURES = 20;

export interface Failure {
  readonly kind: 'error' | 'slow' | 'memory';
  /** First input that showed it; `--replay TARGET:INPUT` runs it again. */
  readonly input: number;
  readonly detail: string;
  count: number;
}

export interface Result {
  readonly target: string;
  readonly inputs: number;
  readonly seconds: number;
  /** Inputs that ended in one of our own errors. */
  readonly refused: number;
  readonly bytes: number;
  readonly slowestMs: number;
  readonly slowestInput: number;
  readonly peakMb: number;
  readonly failures: readonly Failure[];
}

function isOurs(error: unknown): boolean {
  return (
    error instanceof InputError ||
    error instanceof UnsupportedError ||
    error instanceof LimitError ||
    error instanceof UsageError ||
    REFUSALS.some((kind) => error instanceof kind)
  );
}

/** murmur3's finaliser: neighbouring inputs and seeds have nothing in common. */
function mixed(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Each input has a seed of its own, by the target's name: one can be made again without the others. */
export function inputOf(target: Target, seed: number, input: number): Uint8Array {
  let hash = mixed(seed);
  for (const char of target.name) hash = mixed(hash ^ char.charCodeAt(0));
  return target.make(seeded(mixed(hash ^ mixed(input))));
}

export function inputsOf(target: Target, total: number): number {
  return Math.round((total * target.share) / 1000);
}

/** The most memory that the process ever held. */
function peakMb(): number {
  return process.resourceUsage().maxRSS / 1024;
}

function slowFor(bytes: Uint8Array): number {
  return SLOW_MS + (bytes.length / 1024) * SLOW_MS_PER_KIB;
}

/** Compilation and garbage of earlier inputs may have fallen into the first run. */
async function again(target: Target, bytes: Uint8Array): Promise<number> {
  const since = cpuMs();
  try {
    await target.run(bytes);
  } catch (error) {
    // The first run showed what it throws.
    if (!(error instanceof Error)) throw error;
  }
  return cpuMs() - since;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Runs inputs `from` to `to`. `before` is called for each one before it runs, since it may be the last. */
export async function runTarget(
  target: Target,
  seed: number,
  { from, to }: { readonly from: number; readonly to: number },
  before: (input: number) => void,
): Promise<Result> {
  const failures = new Map<string, Failure>();
  const fail = (kind: Failure['kind'], input: number, detail: string): void => {
    // Where it came from tells failures apart, not the numbers in its message.
    const key = `${kind} ${detail.split('\n').slice(1, 3).join()}`;
    const known = failures.get(key);
    if (known !== undefined) known.count += 1;
    else if (failures.size < MOST_FAILURES) failures.set(key, { kind, input, detail, count: 1 });
  };
  let refused = 0;
  let bytesRun = 0;
  let slowestMs = 0;
  let slowestInput = from;
  let peak = peakMb();
  const started = performance.now();
  for (let input = from; input < to; input += 1) {
    const bytes = inputOf(target, seed, input);
    bytesRun += bytes.length;
    before(input);
    const since = cpuMs();
    try {
      await target.run(bytes);
    } catch (error) {
      if (isOurs(error)) refused += 1;
      else fail('error', input, error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    const ms = cpuMs() - since;
    if (ms > slowestMs) {
      slowestMs = ms;
      slowestInput = input;
    }
    if (ms > slowFor(bytes) && (await again(target, bytes)) > slowFor(bytes))
      fail('slow', input, `${Math.round(ms)} ms for ${bytes.length} bytes`);
    const now = peakMb();
    if (now - peak > MOST_GROWTH_MB || (now > MOST_MEMORY_MB && now > peak))
      fail(
        'memory',
        input,
        `${Math.round(now - peak)} MB more for ${bytes.length} bytes, ${Math.round(now)} MB in all`,
      );
    peak = Math.max(peak, now);
  }
  return {
    target: target.name,
    inputs: to - from,
    seconds: (performance.now() - started) / 1000,
    refused,
    bytes: bytesRun,
    slowestMs,
    slowestInput,
    peakMb: peak,
    failures: [...failures.values()],
  };
}
