import { escapeText, plural, showBytes } from '@artifact-sentinel/core/internal';
import { now } from '@artifact-sentinel/core/node/internal';
import { isTerminal } from '../streams.js';

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
  readonly #active: boolean;
  #next: number;
  #drawn = false;

  constructor(wanted: boolean) {
    this.#active = wanted && process.env['TERM'] !== 'dumb' && isTerminal(2);
    this.#next = now() + DELAY_MS;
  }

  readonly update = (state: ProgressState): void => {
    if (!this.#active) return;
    const time = now();
    if (time < this.#next) return;
    this.#next = time + INTERVAL_MS;
    const head = `${plural(state.artifacts, 'artifact')}, ${showBytes(state.bytesRead)} read  `;
    const room = Math.max(0, (process.stderr.columns || 80) - head.length - 1);
    const path = escapeText(state.current);
    const tail = path.length <= room ? path : room > 1 ? `…${path.slice(path.length - room + 1)}` : '';
    process.stderr.write(`\r\u001b[2K${head}${tail}`);
    this.#drawn = true;
  };

  clear(): void {
    if (this.#drawn) process.stderr.write('\r\u001b[2K');
    this.#drawn = false;
  }
}
