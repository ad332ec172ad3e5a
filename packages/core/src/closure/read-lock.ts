import { UsageError } from '../model/errors.js';
import type { Lock } from '../model/lock.js';
import { lockSchema } from '../model/shape/lock.js';

/** Reads a lock that `sentinel fetch` wrote. What is none is a UsageError; nothing is guessed. */
export function readLock(value: unknown, file: string): Lock {
  const read = lockSchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const at = issue === undefined || issue.path.length === 0 ? 'the document' : issue.path.map(String).join('.');
    throw new UsageError(`${file} is no lock of Sentinel: ${at} is not as it has to be`);
  }
  const paths = new Set(read.data.files.map(({ path }) => path));
  if (paths.size < read.data.files.length)
    throw new UsageError(`${file} is no lock of Sentinel: it names a file twice`);
  return read.data;
}
