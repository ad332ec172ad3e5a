/**
 * Every error that Sentinel throws on purpose. Anything else that is thrown is a bug of ours: it ends one artifact as
 * incomplete, and says that it is one.
 */

/**
 * What is wrong with an input: `truncated` where more bytes are expected than there are, `unreadable` where they could not
 * be had (`ReadError`).
 */
export type InputFault = 'corrupt' | 'truncated' | 'unreadable';

/** The input is not what its format demands: which byte, what was expected there. */
export class InputError extends Error {
  override readonly name: string = 'InputError';
  /** Byte offset in the member that was being read. */
  readonly offset: number;
  readonly fault: InputFault;
  constructor(message: string, offset: number, fault: InputFault = 'corrupt') {
    super(message);
    this.offset = offset;
    this.fault = fault;
  }
}

/** The bytes themselves could not be had: a disk or a server failed, or answered otherwise than it was asked. */
export class ReadError extends InputError {
  override readonly name = 'ReadError';
  constructor(message: string, offset: number) {
    super(message, offset, 'unreadable');
  }
}

/** Something well-formed that this version cannot open: a password, an unknown method or filter. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** The cause that a notice gives for what ended an analysis. */
export function causeOf(error: InputError | UnsupportedError): InputFault | 'unsupported' {
  return error instanceof UnsupportedError ? 'unsupported' : error.fault;
}

/** What a limit ends: the part that was being read, or the whole artifact. */
export type LimitScope = 'part' | 'artifact';

/** A named limit was reached; what lies behind it was not analysed. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
  /** The constant's name, as in `limits.ts`. */
  readonly limit: string;
  #ends: LimitScope;
  constructor(limit: string, message: string, ends: LimitScope = 'part') {
    super(message);
    this.limit = limit;
    this.#ends = ends;
  }

  get ends(): LimitScope {
    return this.#ends;
  }

  /** The same limit, after it was reported for a part: no other part of the artifact is analysed. */
  endingArtifact(): this {
    this.#ends = 'artifact';
    return this;
  }
}

/** The caller asked for something that cannot be done: a bad option, an unknown rule, a refused allow entry. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A policy file is broken. `line` and `column` are 1-based. */
export class PolicyError extends UsageError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  constructor(message: string, file: string, line: number, column: number) {
    super(`${file}:${line}:${column}: ${message}`);
    this.file = file;
    this.line = line;
    this.column = column;
  }
}
