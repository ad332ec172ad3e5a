import { UsageError } from '@artifact-sentinel/core/internal';
import type { Input } from '@artifact-sentinel/core/node/internal';
import { LARGEST_STANDARD_INPUT } from '../limits.js';
import { isAddress } from '../sources/address.js';
import { isSystemError, systemReason } from '../system-error.js';

/** Its name in reports and retest commands: a path that no file of a folder has. */
export const STANDARD_INPUT = '/dev/stdin';

/** Where the search for a policy begins: the working folder, as for a file in it. */
const BESIDE = './-';

/** `-` is standard input; a file of that name is `./-`. */
export function namedPaths(paths: readonly string[]): string[] {
  const named = paths.map((path) => (path === '-' ? STANDARD_INPUT : path));
  if (named.filter((path) => path === STANDARD_INPUT).length > 1)
    throw new UsageError('standard input can be read once; name it once');
  return named;
}

/** The paths around which policies are searched for: for what comes from elsewhere, the working folder. */
export function policyPlaces(paths: readonly string[]): string[] {
  return paths.map((path) => (path === STANDARD_INPUT || isAddress(path) ? BESIDE : path));
}

const unreadable = (problem: string): Input => ({ kind: 'unreadable', name: STANDARD_INPUT, size: 0, problem });

/**
 * All bytes of standard input, in memory: what comes from a pipe can be read once and in one direction, and an archive is
 * read from its end. `deadline`: milliseconds until the run is over; null where it may take as long as it does.
 */
export async function readStandardInput(deadline: number | null): Promise<Input> {
  const { stdin } = process;
  if (stdin.isTTY)
    throw new UsageError('standard input is a terminal; give it the bytes of a file: sentinel artifact - < model.pt');
  const chunks: Buffer[] = [];
  let size = 0;
  let isLate = false;
  const timer =
    deadline === null
      ? null
      : setTimeout(() => {
          isLate = true;
          stdin.destroy();
        }, deadline);
  try {
    for await (const chunk of stdin as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      // Leaving the loop closes the stream.
      if (size > LARGEST_STANDARD_INPUT)
        return unreadable(
          `standard input has more than ${LARGEST_STANDARD_INPUT} bytes, which are held in memory; write it to a file and scan that`,
        );
    }
  } catch (error) {
    if (isLate) return unreadable('standard input did not end in time (--total-timeout)');
    if (isSystemError(error)) return unreadable(`standard input: ${systemReason(error)}`);
    throw error;
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
  if (isLate) return unreadable('standard input did not end in time (--total-timeout)');
  // A download that failed sends nothing: that is no artifact without findings.
  if (size === 0) return unreadable('standard input is empty');
  return { kind: 'bytes', name: STANDARD_INPUT, size, bytes: Buffer.concat(chunks, size) };
}
