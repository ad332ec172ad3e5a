import type { Budget } from './budget.js';
import type { ByteSource } from './source.js';

const READ_BYTES = 2 ** 20;

/** Hex SHA-256 of a range, read in pieces; of less where the bytes end before the range does. */
export async function digestOfRange(
  source: Pick<ByteSource, 'read'>,
  start: number,
  end: number,
  budget: Pick<Budget, 'checkTime' | 'platform'>,
): Promise<string> {
  const hash = budget.platform.sha256Stream();
  for (let at = start; at < end;) {
    budget.checkTime();
    const bytes = await source.read(at, Math.min(READ_BYTES, end - at));
    if (bytes.length === 0) break;
    hash.update(bytes);
    at += bytes.length;
  }
  return hash.hex();
}
