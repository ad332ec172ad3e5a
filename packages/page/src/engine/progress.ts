import type { ArtifactResult } from '@artifact-sentinel/core';
import type { LeadEvent, ScanProgress } from './protocol.js';

/** Messages about progress and results come no more often. */
export const INTERVAL_MS = 60;
/** Where many results are shown: each message is a picture of all of them. */
const MANY_INTERVAL_MS = 300;
const MANY = 100;

/** Tells the page how far a scan is, and what was found since. */
export class Progress {
  readonly #tell: (event: LeadEvent) => void;
  readonly #sizes: ReadonlyMap<string, number>;
  #results: ArtifactResult[] = [];
  #state: ScanProgress;
  #shown = 0;
  /** Bytes that were read since the turn of the file at hand. */
  #readOfTurn = 0;

  /** Sizes in bytes. */
  constructor(files: readonly { readonly path: string; readonly size: number }[], tell: (event: LeadEvent) => void) {
    this.#tell = tell;
    this.#sizes = new Map(files.map(({ path, size }) => [path, size]));
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    this.#state = { files: files.length, filesDone: 0, bytes, bytesDone: 0, bytesRead: 0, current: '' };
  }

  readonly onBytes = (bytes: number): void => {
    this.#state = { ...this.#state, bytesRead: this.#state.bytesRead + bytes };
    this.#readOfTurn += bytes;
    this.#show();
  };

  /** The turns, counted when they are done. */
  async *watch<T extends { readonly path: string }>(turns: Iterable<T>): AsyncGenerator<T> {
    for (const turn of turns) {
      this.#state = { ...this.#state, current: turn.path };
      this.#readOfTurn = 0;
      this.#show();
      yield turn;
      const { filesDone, bytesDone } = this.#state;
      const size = this.#sizes.get(turn.path) ?? 0;
      this.#state = { ...this.#state, filesDone: filesDone + 1, bytesDone: bytesDone + size };
    }
  }

  add(result: ArtifactResult): void {
    this.#results.push(result);
    this.#show();
  }

  end(): void {
    this.#shown = 0;
    this.#show();
  }

  #show(): void {
    const now = performance.now();
    if (now - this.#shown < (this.#state.filesDone < MANY ? INTERVAL_MS : MANY_INTERVAL_MS)) return;
    this.#shown = now;
    const results = this.#results;
    this.#results = [];
    this.#tell({ kind: 'progress', progress: { ...this.#state, bytesDone: this.#bytesDone() }, results });
  }

  /** Sizes of the files that are done, and what was read of the one at hand. */
  #bytesDone(): number {
    const { bytesDone, filesDone, files, current } = this.#state;
    return filesDone === files ? bytesDone : bytesDone + Math.min(this.#readOfTurn, this.#sizes.get(current) ?? 0);
  }
}
