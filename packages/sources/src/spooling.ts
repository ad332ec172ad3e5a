import { joined, readBody } from './http/body.js';
import type { HttpAnswer } from './http/client.js';
import { shownUrl } from './http/shown-url.js';
import { MAX_WHOLE_BYTES } from './model/limits.js';
import { SourceError } from './model/source-error.js';

/** A file of the host that takes the bytes of one file of a source. */
export interface Spool {
  /** Appends. Throws a `SourceError` where nothing more can be written. */
  write(bytes: Uint8Array): void | Promise<void>;
  /** What was written there. */
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>;
  /** Deletes it. */
  close(): void;
}

/** Where files go that a server gives whole only. Without one they are held in memory, up to `MAX_WHOLE_BYTES`. */
export interface Spooling {
  /** Bytes of one file: a larger one is not read. */
  readonly most: number;
  /** Makes an empty one. `size`: of the file that comes, null where the server does not say it. Throws a `SourceError`. */
  open(shown: string, size: number | null): Spool;
}

/** All bytes of a file, in memory or in a file of the host. */
export interface Held {
  readonly size: number;
  read(start: number, end: number): Uint8Array | Promise<Uint8Array>;
  close(): void;
}

/** Why a file that is given whole only is not read; null where it is. */
export function refusalOfWhole(shown: string, size: number, spooling: Spooling | undefined): SourceError | null {
  if (size <= Math.min(MAX_WHOLE_BYTES, spooling?.most ?? MAX_WHOLE_BYTES)) return null;
  if (spooling === undefined)
    return new SourceError(
      'no-ranges',
      `${shown}: the server ignores ranges, and its ${size} bytes are more than the ${MAX_WHOLE_BYTES} that are read whole; download it first`,
    );
  if (size <= spooling.most) return null;
  return new SourceError(
    'no-ranges',
    `${shown}: the server ignores ranges, and its ${size} bytes are more than the ${spooling.most} that are downloaded to be scanned (--max-download)`,
  );
}

/** The body of an answer with all of a file. `announced`: how long it says that it is, which the caller compares. */
export async function holdBody(
  shown: string,
  answer: HttpAnswer,
  announced: number | null,
  spooling: Spooling | undefined,
): Promise<Held> {
  const refused = announced === null ? null : refusalOfWhole(shown, announced, spooling);
  if (refused !== null) throw refused;
  if (spooling === undefined || (announced !== null && announced <= MAX_WHOLE_BYTES))
    return inMemory(await readBody(answer, MAX_WHOLE_BYTES));
  const body = answer.body[Symbol.asyncIterator]();
  const begun = await upTo(body, announced === null ? MAX_WHOLE_BYTES : -1);
  if (begun.isAll && begun.size <= spooling.most) return inMemory(joined(begun.chunks, begun.size));
  const spool = spooling.open(shown, announced);
  try {
    const most = Math.min(spooling.most, announced ?? Infinity);
    let size = 0;
    const add = async (chunk: Uint8Array): Promise<void> => {
      size += chunk.length;
      if (size > most) {
        const whose = most === spooling.most ? ' that are downloaded to be scanned (--max-download)' : '';
        throw new SourceError('limit', `${shownUrl(answer.url)}: it answers with more than the ${most} bytes${whose}`);
      }
      await spool.write(chunk);
    };
    for (let chunk = begun.chunks.shift(); chunk !== undefined; chunk = begun.chunks.shift()) await add(chunk);
    for (let next = await body.next(); next.done !== true; next = await body.next()) await add(next.value);
    return { size, read: (start, end) => spool.read(start, end - start), close: () => spool.close() };
  } catch (error) {
    spool.close();
    throw error;
  }
}

function inMemory(bytes: Uint8Array): Held {
  return { size: bytes.length, read: (start, end) => bytes.subarray(start, end), close: () => {} };
}

interface Begun {
  readonly chunks: Uint8Array[];
  readonly size: number;
  /** The body ended. */
  readonly isAll: boolean;
}

/** The first chunks of a body, until they are more than so many bytes. */
async function upTo(body: AsyncIterator<Uint8Array>, most: number): Promise<Begun> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size <= most) {
    const next = await body.next();
    if (next.done === true) return { chunks, size, isAll: true };
    chunks.push(next.value);
    size += next.value.length;
  }
  return { chunks, size, isAll: false };
}
