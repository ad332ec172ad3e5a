import { escapeText, plural, showBytes } from '@sentinel/core';

export interface ProgressState {
  readonly artifacts: number;
  readonly bytesRead: number;
  readonly current: string;
}

/** Long enough that drawing costs nothing, short enough to look alive. */
const INTERVAL_MS = 100;
/** Short runs show nothing. */
const DELAY_MS = 400;

/** One line on standard error while a terminal watches; nothing otherwise. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #active: boolean;
  #next: number;
  #drawn = false;

  constructor(stream: NodeJS.WriteStream, wanted: boolean) {
    this.#stream = stream;
    this.#active = wanted && stream.isTTY && process.env['TERM'] !== 'dumb';
    this.#next = performance.now() + DELAY_MS;
  }

  readonly update = (state: ProgressState): void => {
    if (!this.#active) return;
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + INTERVAL_MS;
    const head = `${plural(state.artifacts, 'artifact')}, ${showBytes(state.bytesRead)} read  `;
    const room = Math.max(0, (this.#stream.columns || 80) - head.length - 1);
    const path = escapeText(state.current);
    const tail = path.length <= room ? path : room > 1 ? `…${path.slice(path.length - room + 1)}` : '';
    this.#stream.write(`\r\u001b[2K${head}${tail}`);
    this.#drawn = true;
  };

  clear(): void {
    if (this.#drawn) this.#stream.write('\r\u001b[2K');
    this.#drawn = false;
  }
}
