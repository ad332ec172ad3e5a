import { unwatchFile, watchFile } from 'node:fs';
import { escapeText } from '@artifact-sentinel/core/internal';
import { tlsFilesOf, type Gate, type GateConfig } from '@artifact-sentinel/gate';
import { describeError } from '../describe-error.js';
import { writeError } from '../streams.js';

/** A volume of Kubernetes changes its files by links, of which no notice is given: they are looked at. */
const LOOK_MS = 2_000;

/** Reads the configuration again on SIGHUP and where its file has changed, one time after the other. */
export class Reloads {
  readonly #gate: Gate;
  readonly #file: string;
  readonly #read: () => Promise<GateConfig>;
  #watched: readonly string[] = [];
  #last: Promise<void> = Promise.resolve();
  #isOver = false;
  readonly #onSignal = (): void => {
    for (const problem of this.#gate.reopenFiles()) writeError(`sentinel: ${escapeText(problem)}`);
    this.#queue('SIGHUP');
  };
  readonly #onChange = (): void => this.#queue('the file has changed');

  constructor(gate: Gate, file: string, read: () => Promise<GateConfig>) {
    this.#gate = gate;
    this.#file = file;
    this.#read = read;
    process.on('SIGHUP', this.#onSignal);
  }

  watch(): void {
    this.#watched = [this.#file, ...tlsFilesOf(this.#gate.config)];
    for (const file of this.#watched) watchFile(file, { interval: LOOK_MS, persistent: false }, this.#onChange);
  }

  #unwatch(): void {
    for (const file of this.#watched) unwatchFile(file, this.#onChange);
  }

  end(): void {
    this.#isOver = true;
    process.off('SIGHUP', this.#onSignal);
    // A second one while it stops is no reason to die either.
    process.on('SIGHUP', () => undefined);
    this.#unwatch();
  }

  #queue(why: string): void {
    this.#last = this.#last.then(() => this.#reload(why));
  }

  async #reload(why: string): Promise<void> {
    const { reloads } = this.#gate.metrics;
    if (this.#isOver) return;
    try {
      const config = await this.#read();
      // It may have ended meanwhile: a gate that stops starts nothing.
      if (this.#isOver) return;
      // The files of TLS may have changed although their names are the same.
      if (tlsFilesOf(config).length === 0 && JSON.stringify(config) === JSON.stringify(this.#gate.config)) {
        reloads.add({ result: 'same' });
        writeError(`sentinel: ${why}: the configuration is as it was`);
        return;
      }
      await this.#gate.reload(config);
      this.#unwatch();
      if (!this.#isOver) this.watch();
      reloads.add({ result: 'done' });
      writeError(`sentinel: ${why}: the new configuration is in force`);
    } catch (error) {
      // Whatever is wrong with it, the gate goes on with what it has.
      reloads.add({ result: 'failed' });
      writeError(`sentinel: ${why}: the old configuration stays: ${describeError(error).text}`);
    }
  }
}
