import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { UsageError } from '@artifact-sentinel/core/internal';
import { MAX_WAITING_EVENTS } from '../model/limits.js';

/** What the last line may take to get away when the gate ends. */
const CLOSE_MS = 2_000;
const RETRY_MS = 10;
/** A pipe that nobody reads must not stop the gate before it starts, and one that is full not while it serves. */
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

function openForAppend(path: string): number {
  try {
    return openSync(path, APPEND, 0o640);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENXIO') throw new UsageError(`${path} is a pipe or a socket that nobody reads`);
    throw new UsageError(`${path} cannot be opened for writing (${String(error.code)})`);
  }
}

/** Lines to standard output or a file, each written at once, so that an event is there before its refusal is. */
export class LineWriter {
  readonly #file: string | null;
  readonly #onLost: (count: number) => void;
  readonly #waiting: Buffer[] = [];
  #descriptor: number;
  #timer: NodeJS.Timeout | null = null;
  /** Half a line is there, as a disk leaves it that is full: what comes next begins one of its own. */
  #isTorn = false;

  /** `to`: `stdout` or `file:PATH`; a UsageError where the file cannot be opened. */
  constructor(to: string, onLost: (count: number) => void) {
    this.#file = to === 'stdout' ? null : to.replace(/^file:/, '');
    this.#descriptor = this.#file === null ? 1 : openForAppend(this.#file);
    this.#onLost = onLost;
  }

  write(text: string): void {
    if (this.#waiting.length >= MAX_WAITING_EVENTS) this.#onLost(1);
    else {
      const begin = this.#isTorn && this.#waiting.length === 0 ? '\n' : '';
      this.#waiting.push(Buffer.from(`${begin}${text}\n`));
    }
    if (this.#timer === null) this.#flush();
  }

  /** Opens the file anew, after it was renamed. What cannot be opened is said; the old file stays. */
  reopen(): string | undefined {
    if (this.#file === null) return undefined;
    let opened: number;
    try {
      opened = openForAppend(this.#file);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return error.message;
    }
    closeSync(this.#descriptor);
    this.#descriptor = opened;
    return undefined;
  }

  async close(): Promise<void> {
    const end = Date.now() + CLOSE_MS;
    while (this.#waiting.length > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#waiting.length > 0) this.#onLost(this.#waiting.length);
    if (this.#file !== null) closeSync(this.#descriptor);
  }

  #flush(): void {
    this.#timer = null;
    for (let line = this.#waiting[0]; line !== undefined; line = this.#waiting[0]) {
      try {
        const written = writeSync(this.#descriptor, line);
        this.#isTorn = written < line.length;
        if (this.#isTorn) this.#waiting[0] = line.subarray(written);
        else this.#waiting.shift();
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error;
        // A pipe that is full: its reader is slow.
        if (error.code === 'EAGAIN') {
          this.#timer = setTimeout(() => this.#flush(), RETRY_MS);
          return;
        }
        this.#onLost(this.#waiting.length);
        this.#waiting.length = 0;
      }
    }
  }
}
