import { InvalidArgumentError } from 'commander';

export const FORMATS = ['text', 'json', 'sarif', 'markdown', 'junit', 'gitlab', 'cyclonedx', 'html'] as const;
export type Format = (typeof FORMATS)[number];

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

const BY_ENDING: Readonly<Record<string, Format>> = {
  json: 'json',
  sarif: 'sarif',
  md: 'markdown',
  markdown: 'markdown',
  txt: 'text',
  xml: 'junit',
  html: 'html',
  htm: 'html',
};

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
    const format = this.#open ?? this.#formatOfFile(value);
    this.#outputs.push({ format, file: fileOf(value) });
    this.#open = null;
    return this;
  };

  #parse(name: string): F {
    const format = this.#formats.find((known) => known === name);
    if (format !== undefined) return format;
    throw new InvalidArgumentError(`Known formats are ${this.#formats.join(', ')}.`);
  }

  #formatOfFile(file: string): F {
    // The name that GitLab's documentation gives it.
    if (file.endsWith('gl-code-quality-report.json')) return this.#parse('gitlab');
    // The pattern that CycloneDX registers.
    if (file.toLowerCase().endsWith('.cdx.json')) return this.#parse('cyclonedx');
    return this.#parse(BY_ENDING[file.slice(file.lastIndexOf('.') + 1).toLowerCase()] ?? 'text');
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
