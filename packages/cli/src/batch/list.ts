import { UsageError } from '@artifact-sentinel/core/internal';
import { LONGEST_PATH } from '../limits.js';
import { systemReason, isSystemError } from '../system-error.js';
import { linesOf } from './lines.js';
import { isInShard, type Shard } from './shard.js';

/** A line of the list: something to scan, and how its record is called. */
export interface Item {
  readonly id: string;
  readonly source: string;
}

/** Broken lines that are named one by one; the rest is counted. */
const SHOWN_PROBLEMS = 5;

/** The lines of one shard, in their order. Nothing of a list with a broken line is scanned: what it meant would be missing. */
export async function readList(file: string, shard: Shard): Promise<readonly Item[]> {
  const items = new Map<string, Item>();
  const problems: string[] = [];
  let more = 0;
  for await (const { number, bytes } of listLines(file)) {
    if (bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09)) continue;
    const item = itemOf(bytes);
    const known = typeof item === 'string' ? undefined : items.get(item.id);
    const problem =
      typeof item === 'string'
        ? item
        : known !== undefined && known.source !== item.source
          ? `the id ${JSON.stringify(item.id)} stands for another source in an earlier line`
          : null;
    if (problem !== null) {
      if (problems.length < SHOWN_PROBLEMS) problems.push(`line ${number}: ${problem}`);
      else more += 1;
    } else if (typeof item !== 'string' && known === undefined && isInShard(item.id, shard)) items.set(item.id, item);
  }
  if (problems.length === 0) return [...items.values()];
  const rest = more === 0 ? '' : `; and ${more} more`;
  throw new UsageError(`cannot use the list ${file}: ${problems.join('; ')}${rest}`);
}

async function* listLines(file: string): ReturnType<typeof linesOf> {
  try {
    yield* linesOf(file);
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot read the list ${file}: ${systemReason(error)}`);
    throw error;
  }
}

const EXPECTED = 'a JSON string, or an object with "source" and, if wanted, "id", is expected';

/** What one line names; a string says what is wrong with it. */
function itemOf(bytes: Buffer): Item | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return EXPECTED;
    throw error;
  }
  const { source, id = source } = (typeof value === 'string' ? { source: value } : (value ?? {})) as {
    readonly source?: unknown;
    readonly id?: unknown;
  };
  if (typeof source !== 'string' || typeof id !== 'string' || source === '' || source === '-' || id === '')
    return EXPECTED;
  if (source.includes('\0')) return 'no path and no address has a NUL';
  if (source.length > LONGEST_PATH || id.length > LONGEST_PATH)
    return `a source and an id have at most ${LONGEST_PATH} characters`;
  return { id, source };
}
