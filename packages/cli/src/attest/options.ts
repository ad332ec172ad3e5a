import type { StatementKind } from './statement.js';

/** The options of `sentinel attest`, as commander gives them. */
export interface AttestOptions {
  readonly key: string;
  readonly output?: string;
  readonly verifierId?: string;
  readonly resourceUri?: string;
}

/** The options of `sentinel verify`. */
export interface VerifyOptions {
  readonly key?: string;
  readonly certificateChain?: readonly string[];
  readonly artifact?: readonly string[];
  readonly maxAge?: number;
  readonly type?: StatementKind;
  readonly rules?: readonly string[];
  readonly policy?: string;
  readonly anyPolicy?: true;
  readonly allowIncomplete?: true;
  readonly anyVerdict?: true;
  readonly anyCatalogue?: true;
  readonly ignoreUnsignedFiles?: true;
  readonly ignorePaths?: readonly string[];
}
