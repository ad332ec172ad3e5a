import { eachReporter, formatOfFile, type ReportFormat } from '@artifact-sentinel/core/internal';
import { InvalidArgumentError } from 'commander';

export type Format = ReportFormat;

const names = eachReporter().map(([name]) => name);
/** The default one first. */
export const FORMATS: readonly [Format, ...Format[]] = ['text', ...names.filter((name) => name !== 'text')];

/** Other names of standard output. To open one would write over what is there already, where it is a file. */
const STANDARD_OUTPUT = new Set(['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']);

function fileOf(name: string): string | null {
  return STANDARD_OUTPUT.has(name) ? null : name;
}

/** One report to write; `file` null is standard output. */
export interface Output<F extends Format = Format> {
  readonly format: F;
  readonly file: string | null;
}

/**
 * Pairs `--format` with `--output` in the order in which they stand: an output belongs to the format before it,
 * and an output without one tells its format by its ending. `--format sarif=out.sarif` says both at once.
 */
export class OutputList<F extends Format = Format> {
  readonly #formats: readonly F[];
  #open: F | null = null;
  readonly #outputs: Output<F>[] = [];

  /** `formats`: what the command can write, the default one first. */
  constructor(formats: readonly [F, ...F[]]) {
    this.#formats = formats;
  }

  readonly format = (value: string): this => {
    this.#flush();
    const equals = value.indexOf('=');
    if (equals < 0) this.#open = this.#parse(value);
    else if (equals === value.length - 1) throw new InvalidArgumentError('A file name is missing behind "=".');
    else this.#outputs.push({ format: this.#parse(value.slice(0, equals)), file: fileOf(value.slice(equals + 1)) });
    return this;
  };

  readonly output = (value: string): this => {
    if (value === '') throw new InvalidArgumentError('A file name is missing.');
    const format = this.#open ?? this.#parse(formatOfFile(value) ?? 'text');
    this.#outputs.push({ format, file: fileOf(value) });
    this.#open = null;
    return this;
  };

  #parse(name: string): F {
    const format = this.#formats.find((known) => known === name);
    if (format !== undefined) return format;
    throw new InvalidArgumentError(`Known formats are ${this.#formats.join(', ')}.`);
  }

  #flush(): void {
    if (this.#open !== null) this.#outputs.push({ format: this.#open, file: null });
    this.#open = null;
  }

  /** Text on standard output when nothing else was asked for. */
  list(): readonly Output<F>[] {
    this.#flush();
    const [usual] = this.#formats;
    return this.#outputs.length === 0 && usual !== undefined ? [{ format: usual, file: null }] : this.#outputs;
  }
}
