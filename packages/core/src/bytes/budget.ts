import { LimitError } from '../model/errors.js';

/** All limits of a scan, each with the weakness it stops (CWE-400, CWE-409, CWE-674) and why it is generous. */
export interface Limits {
  /** Milliseconds for one artifact. Honest multi-gigabyte files take well under a second; compressed ones seconds. */
  readonly artifactMs: number;
  /** Containers inside containers (CWE-674). Honest nesting seen: 4 (joblib in npz in zip in tar.gz counts 5). */
  readonly depth: number;
  /** Members of one artifact over all its containers (CWE-400). A wheel of torch has some 12,000. */
  readonly members: number;
  /** Bytes that decoders may put out for one artifact (CWE-409). 64 GiB is beyond what a deadline allows anyway. */
  readonly decodedBytes: number;
  /** Decoded bytes of one stream kept in memory for reading again (CWE-770). */
  readonly retainedBytes: number;
}
export const DEFAULT_LIMITS: Limits = {
  artifactMs: 120_000,
  depth: 12,
  members: 200_000,
  decodedBytes: 64 * 2 ** 30,
  retainedBytes: 64 * 2 ** 20,
};

/**
 * Expansion that no honest artifact reaches (CWE-409): deflate makes at most 1,032 bytes of one, which an honest array of
 * zeros may do; archives within archives multiply. Beyond ABSURD_BYTES nothing more is opened.
 */
const BOMB_BYTES = 2 ** 30;
const BOMB_RATIO = 20_000;
const ABSURD_BYTES = 8 * 2 ** 30;

/**
 * Bytes that are looked at, against those of the artifact and of what its decoders put out (CWE-407). Members of one
 * container lie side by side and streams follow each other, so that every level of nesting and every reading of a
 * stream looks at everything once: 12 levels with five readings each stay below. Only parts that share their bytes,
 * records of one member or streams that begin within each other, go beyond, and their cost is quadratic.
 */
const LOOKED_TIMES = 64;
/**
 * What is copied from stream to stream for an unpickler that keeps its memo, over one artifact (CWE-407): some five seconds.
 * 100,000 pickles in a row, each with 40 globals that the one before has too, come to as much.
 */
const HANDED_ON = 200_000_000;
/** What small files may cost whatever they are: about a second. */
const LOOKED_BYTES = 64 * 2 ** 20;

/** When the whole run has to be over: at `end` of the clock, `seconds` after it began. */
export interface RunDeadline {
  readonly end: number;
  readonly seconds: number;
}

/** What is said of what a run's deadline leaves out. */
export function runIsOver({ seconds }: RunDeadline): string {
  return `the total time of ${seconds} s for the run was over`;
}

/** What one artifact may still cost. Created for each artifact, so that one cannot spend another's share. */
export class Budget {
  readonly limits: Limits;
  readonly #now: () => number;
  readonly #end: number;
  readonly #run: RunDeadline | null;
  #members = 0;
  #decoded = 0;
  #expanded = 0;
  #looked = 0;
  #handedOn = 0;
  readonly #size: number;

  /** `size`: bytes of the artifact itself, against which expansion is held. */
  constructor(limits: Limits, now: () => number, size = Infinity, run: RunDeadline | null = null) {
    this.limits = limits;
    this.#size = size;
    this.#run = run;
    this.#now = now;
    this.#end = now() + limits.artifactMs;
  }

  /** Call often enough that no loop runs for more than some milliseconds between two calls. */
  checkTime(): void {
    const time = this.#now();
    if (this.#run !== null && time > this.#run.end) throw new LimitError('total-timeout', runIsOver(this.#run));
    if (time > this.#end) {
      throw new LimitError(
        'artifactMs',
        `the deadline of ${this.limits.artifactMs / 1000} s for one artifact was reached`,
      );
    }
  }

  countMember(): void {
    this.#members += 1;
    if (this.#members > this.limits.members) {
      throw new LimitError('members', `more than ${this.limits.members} members in one artifact`);
    }
  }

  countDecoded(bytes: number): void {
    this.#decoded += bytes;
    this.checkTime();
    if (this.#decoded > this.limits.decodedBytes) {
      throw new LimitError(
        'decodedBytes',
        `decoders put out more than ${this.limits.decodedBytes} bytes for one artifact`,
      );
    }
  }

  /** Bytes that members would unpack to, by decoding or by what their headers declare. */
  countExpanded(bytes: number): void {
    this.#expanded += bytes;
    if (this.isBomb && this.#expanded > ABSURD_BYTES) {
      throw new LimitError(
        'decodedBytes',
        `${this.#size} bytes unpack to more than ${ABSURD_BYTES} bytes; the rest was not looked at`,
      );
    }
  }

  /** A member that is opened, with its packed size, or a stream that was run. */
  countLooked(bytes: number): void {
    const there = this.#size + this.#decoded;
    // A declared size counts for no more than there is.
    this.#looked += Math.min(bytes, there);
    if (this.#looked > there * LOOKED_TIMES + LOOKED_BYTES) {
      throw new LimitError(
        'lookedBytes',
        `parts of it share their bytes so often that more than ${LOOKED_TIMES} times its size was looked at; the rest was not`,
      );
    }
  }

  /** Memo slots that a stream took over from the one before. */
  countHandedOn(slots: number): void {
    this.#handedOn += slots;
    if (this.#handedOn > HANDED_ON) {
      throw new LimitError(
        'handedOn',
        'streams in a row hand on so large a memo that reading them all would never end',
      );
    }
  }

  get expanded(): number {
    return Math.max(this.#expanded, this.#decoded);
  }

  /** The artifact unpacks to so much more than itself that it was built to do so. */
  get isBomb(): boolean {
    return this.expanded > BOMB_BYTES && this.expanded > this.#size * BOMB_RATIO;
  }
}
