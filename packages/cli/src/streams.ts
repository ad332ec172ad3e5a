import { once } from 'node:events';
import { fstatSync, writeSync } from 'node:fs';
import type { ColorChoice } from './commands/color.js';
import { isSystemError, systemReason, type SystemError } from './system-error.js';

const OUT = 1;
const ERROR = 2;

/** Windows' consoles take text from Node's streams only. */
const STREAMS_ONLY = process.platform === 'win32';

/** The reader of a pipe may leave early (`sentinel … | head`): that is no error of ours. */
let outClosed = false;

/** Somebody made the descriptor non-blocking, and it is full: Node's stream, which is slow to load, waits for it. */
let outNeedsStream = STREAMS_ONLY;

/** Nobody reads what is written any more. */
export function isOutClosed(): boolean {
  return outClosed;
}

/** Whether a terminal is there. Node's streams, which know, take 10 ms to load: pipes and files do not need them. */
export function isTerminal(descriptor: 1 | 2): boolean {
  if (!STREAMS_ONLY && !fstatSync(descriptor).isCharacterDevice()) return false;
  return (descriptor === OUT ? process.stdout : process.stderr).isTTY;
}

/** Standard output does not take what is written: a full disk behind it, a terminal that is gone. */
export class StreamError extends Error {
  override name = 'StreamError';
}

/** What of `bytes` the descriptor did not take. */
function writeNow(descriptor: number, bytes: Uint8Array): Uint8Array {
  let at = 0;
  try {
    while (at < bytes.length) at += writeSync(descriptor, bytes, at);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'EAGAIN') return bytes.subarray(at);
    // Standard error itself is closed: there is nowhere left to report this.
    if (descriptor === OUT && error.code !== 'EPIPE') throw asStreamError(error);
    outClosed ||= descriptor === OUT;
  }
  return bytes.subarray(bytes.length);
}

function asStreamError(error: SystemError): StreamError {
  return new StreamError(`cannot write to standard output: ${systemReason(error)}`);
}

/** Writes results; waits for a slow reader, so that no report is cut when the process ends. */
export async function writeOut(text: string): Promise<void> {
  if (outClosed) return;
  let rest: Uint8Array = Buffer.from(text);
  if (!outNeedsStream) rest = writeNow(OUT, rest);
  if (rest.length === 0) return;
  if (!outNeedsStream || process.stdout.listenerCount('error') === 0) process.stdout.on('error', leaveQuietly);
  outNeedsStream = true;
  if (process.stdout.destroyed || process.stdout.write(rest)) return;
  await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')]).catch(leaveQuietly);
}

function leaveQuietly(error: unknown): void {
  if (!isSystemError(error)) throw error;
  if (error.code !== 'EPIPE') throw asStreamError(error);
  outClosed = true;
}

export function writeError(text: string): void {
  const bytes = Buffer.from(text.endsWith('\n') ? text : `${text}\n`);
  const rest = STREAMS_ONLY ? bytes : writeNow(ERROR, bytes);
  if (rest.length === 0) return;
  if (process.stderr.listenerCount('error') === 0) process.stderr.on('error', () => {});
  process.stderr.write(rest);
}

/** Of a terminal that does not say how wide it is. */
const USUAL_COLUMNS = 80;

/**
 * Columns at which text on standard output is folded: those of the terminal, else of COLUMNS, else 80. Null where no
 * terminal is there: a line of a pipe or a file stays one line, so that programs can read it.
 */
export function outColumns(): number | null {
  if (!isTerminal(OUT)) return null;
  const known = [process.stdout.columns, Number(process.env['COLUMNS'])];
  return known.find((columns) => Number.isSafeInteger(columns) && columns > 0) ?? USUAL_COLUMNS;
}

/** `--color` decides; then FORCE_COLOR, then NO_COLOR, then whether standard output is a terminal. */
export function wantsColor(choice: ColorChoice): boolean {
  const { env } = process;
  if (choice === false || choice === 'never') return false;
  if (choice === 'always') return true;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return env['TERM'] !== 'dumb' && isTerminal(OUT);
}
