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
  #last: ProgressState = { artifacts: 0, bytesRead: 0, current: '' };
  /** What remote sources say of their reading. */
  #status: (() => string) | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(wanted: boolean) {
    this.#active = wanted && process.env['TERM'] !== 'dumb' && isTerminal(2);
    this.#next = now() + DELAY_MS;
  }

  /** From here on the line shows what a remote source says, and goes on while nothing is finished. */
  readonly follow = (status: () => string): void => {
    if (!this.#active) return;
    this.#status = status;
    this.#timer ??= setInterval(() => this.update(this.#last), INTERVAL_MS);
    this.#timer.unref();
  };

  readonly update = (state: ProgressState): void => {
    if (!this.#active) return;
    this.#last = state;
    const time = now();
    if (time < this.#next) return;
    this.#next = time + INTERVAL_MS;
    const read = this.#status?.() ?? `${showBytes(state.bytesRead)} read`;
    const head = `${plural(state.artifacts, 'artifact')}, ${read}  `;
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

  /** Takes the line away for good. */
  end(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.clear();
  }
}
