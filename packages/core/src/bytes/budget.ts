import type { Platform } from '../platform.js';
import { LimitError } from '../model/errors.js';
import {
  ARTIFACT_MS,
  DECODED_BYTES,
  MAX_CONTAINER_DEPTH,
  MAX_MEMBERS,
  RETAINED_BYTES,
  ABSURD_BYTES,
  BOMB_BYTES,
  BOMB_RATIO,
  HANDED_ON,
  LOOKED_BYTES,
  LOOKED_TIMES,
  SEARCHED_BYTES,
} from '../model/limits.js';
import { Interrupt } from './interrupt.js';
import { Ledger } from './ledger.js';

/** The limits that a caller may set; `limits.ts` says why they are generous. */
export interface Limits {
  /** Milliseconds for one artifact. */
  readonly artifactMs: number;
  /** Containers inside containers. */
  readonly depth: number;
  /** Members of one artifact over all its containers. */
  readonly members: number;
  /** Bytes that decoders may put out for one artifact. */
  readonly decodedBytes: number;
  /** Decoded bytes of one stream that stay in memory for reading again. */
  readonly retainedBytes: number;
}
export const DEFAULT_LIMITS: Limits = {
  artifactMs: ARTIFACT_MS,
  depth: MAX_CONTAINER_DEPTH,
  members: MAX_MEMBERS,
  decodedBytes: DECODED_BYTES,
  retainedBytes: RETAINED_BYTES,
};

/** When the whole run has to be over: at `end` of the clock, `seconds` after it began. */
export interface RunDeadline {
  readonly end: number;
  readonly seconds: number;
}

/** What is said of what a run's deadline leaves out. */
export function runIsOver({ seconds }: RunDeadline): string {
  return `the total time of ${seconds} s for the run was over`;
}

/** What one artifact may still cost, and what has been accounted for of it. Created for each artifact, so that one cannot spend another's share. */
export class Budget {
  readonly limits: Limits;
  /** What the host provides. */
  readonly platform: Platform;
  /** Facts get the identity that findings are recognised by, for which bytes are hashed. */
  readonly identifies: boolean;
  /** Where its bytes go. */
  readonly ledger = new Ledger();
  /** Where the caller can abort the run. */
  readonly interrupt: Interrupt | null;
  readonly #end: number;
  readonly #run: RunDeadline | null;
  #members = 0;
  #decoded = 0;
  #chunks = 0;
  #expanded = 0;
  #looked = 0;
  #handedOn = 0;
  readonly #size: number;

  /** `size`: bytes of the artifact itself, against which expansion is held. */
  constructor(
    limits: Limits,
    platform: Platform,
    size = Infinity,
    run: RunDeadline | null = null,
    signal: AbortSignal | null = null,
    identifies = true,
  ) {
    this.limits = limits;
    this.identifies = identifies;
    this.#size = size;
    this.#run = run;
    this.platform = platform;
    this.#end = platform.now() + limits.artifactMs;
    this.interrupt = signal === null ? null : new Interrupt(signal, platform.now);
  }

  /** Call often enough that no loop runs for more than some milliseconds between two calls. */
  checkTime(): void {
    this.interrupt?.check();
    const time = this.platform.now();
    if (this.#run !== null && time > this.#run.end) throw new LimitError('total-timeout', runIsOver(this.#run));
    if (time > this.#end) {
      throw new LimitError(
        'artifactMs',
        `the deadline of ${this.limits.artifactMs / 1000} s for one artifact was reached`,
        'artifact',
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
    this.#chunks += 1;
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
        `${this.#size} bytes unpack to more than ${ABSURD_BYTES} bytes; the rest was not read`,
      );
    }
  }

  /** Before compressed bytes are unpacked for nothing but to see how they end. */
  checkSearch(): void {
    if (this.expanded > SEARCHED_BYTES && this.expanded > this.#size * BOMB_RATIO) {
      throw new LimitError(
        'decodedBytes',
        `${this.#size} bytes unpack to ${this.expanded} bytes and more; the rest was not looked at`,
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
        'LOOKED_TIMES',
        `parts of it share their bytes so often that more than ${LOOKED_TIMES} times its size was read; the rest was not`,
      );
    }
  }

  /** Memo slots that a stream took over from the one before. */
  countHandedOn(slots: number): void {
    this.#handedOn += slots;
    if (this.#handedOn > HANDED_ON) {
      throw new LimitError(
        'HANDED_ON',
        'streams in a row hand on so large a memo that reading them all would never end',
      );
    }
  }

  get expanded(): number {
    return Math.max(this.#expanded, this.#decoded);
  }

  /** Chunks in which decoders put their bytes out, empty ones too: one at least for each of the streams that are joined. */
  get chunks(): number {
    return this.#chunks;
  }

  /** The artifact unpacks to so much more than itself that it was built to do so. */
  get isBomb(): boolean {
    return this.expanded > BOMB_BYTES && this.expanded > this.#size * BOMB_RATIO;
  }
}
