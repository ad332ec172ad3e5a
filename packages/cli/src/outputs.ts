import { InvalidArgumentError } from 'commander';

export const FORMATS = ['text', 'json', 'sarif', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** One report to write; `file` null is standard output. */
export interface Output {
  readonly format: Format;
  readonly file: string | null;
}

const BY_ENDING: Readonly<Record<string, Format>> = {
  json: 'json',
  sarif: 'sarif',
  md: 'markdown',
  markdown: 'markdown',
  txt: 'text',
};

function parseFormat(name: string): Format {
  if ((FORMATS as readonly string[]).includes(name)) return name as Format;
  throw new InvalidArgumentError(`Known formats are ${FORMATS.join(', ')}.`);
}

function formatOfFile(file: string): Format {
  return BY_ENDING[file.slice(file.lastIndexOf('.') + 1).toLowerCase()] ?? 'text';
}

/**
 * Pairs `--format` with `--output` in the order in which they stand: an output belongs to the format before it,
 * and an output without one tells its format by its ending. `--format sarif=out.sarif` says both at once.
 */
export class OutputList {
  #open: Format | null = null;
  readonly #outputs: Output[] = [];

  readonly format = (value: string): this => {
    this.#flush();
    const equals = value.indexOf('=');
    if (equals < 0) this.#open = parseFormat(value);
    else if (equals === value.length - 1) throw new InvalidArgumentError('A file name is missing behind "=".');
    else this.#outputs.push({ format: parseFormat(value.slice(0, equals)), file: value.slice(equals + 1) });
    return this;
  };

  readonly output = (value: string): this => {
    if (value === '') throw new InvalidArgumentError('A file name is missing.');
    const format = this.#open ?? formatOfFile(value);
    this.#outputs.push({ format, file: value === '-' ? null : value });
    this.#open = null;
    return this;
  };

  #flush(): void {
    if (this.#open !== null) this.#outputs.push({ format: this.#open, file: null });
    this.#open = null;
  }

  /** Text on standard output when nothing else was asked for. */
  list(): readonly Output[] {
    this.#flush();
    return this.#outputs.length === 0 ? [{ format: 'text', file: null }] : this.#outputs;
  }
}
