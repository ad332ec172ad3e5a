import { escapeText, UsageError } from '@artifact-sentinel/core/internal';
import { EXIT } from './exit-code.js';
import { StreamError } from './streams.js';
import { isEnvironment, isSystemError, systemReason, type SystemError } from './system-error.js';

export interface DescribedError {
  /** In one line. */
  readonly text: string;
  readonly code: number;
  /** Where a bug of ours was thrown; null for what is the user's to mend. */
  readonly stack: string | null;
}

/** What the machine refused where no command has words of its own for it. */
function explain(error: SystemError): string {
  if (error.syscall === 'uv_cwd') return 'the working folder is not there any more; enter one that is';
  const { path } = error;
  return `${error.syscall}${path === undefined ? '' : ` ${path}`}: ${systemReason(error)}`;
}

/** Errors that are the user's to mend get one line; anything else is a bug of ours and says so. */
export function describeError(error: unknown): DescribedError {
  if (error instanceof UsageError) return { text: escapeText(error.message), code: EXIT.usage, stack: null };
  if (error instanceof StreamError) return { text: error.message, code: EXIT.incomplete, stack: null };
  if (isSystemError(error) && isEnvironment(error))
    return { text: escapeText(explain(error)), code: EXIT.incomplete, stack: null };
  const message = error instanceof Error ? error.message : String(error);
  return {
    text: `this is a bug in Sentinel: ${escapeText(message)} (set SENTINEL_DEBUG=1 for the details)`,
    code: EXIT.bug,
    stack:
      error instanceof Error && error.stack !== undefined ? error.stack.split('\n').map(escapeText).join('\n') : null,
  };
}
