import type { Budget } from '../bytes/budget.js';
import { sliceSource, type ByteSource } from '../bytes/source.js';
import { streamSource, type StreamSource } from '../bytes/stream-source.js';
import type { Codec, CodecEnd } from '../codecs/codec.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import type { Format } from '../model/format.js';
import { memberPath, type Member, type Opened } from './container.js';

/** Where the end record of a zip lies, with its comment. */
const TAIL_BYTES = 68 * 1024;

/** How one stream of bytes is compressed. */
export interface Compression {
  readonly format: Format;
  /** As people call it. */
  readonly shown: string;
  readonly codec: Codec;
  /** Nothing but two bytes say so: it counts where it gives anything. */
  readonly isWeak: boolean;
}

/** The one member of a compressed file, then what its end tells: bytes behind it, checksums that are wrong. */
export async function* compressed(
  member: Member,
  { format, shown, codec, isWeak }: Compression,
  budget: Budget,
): AsyncGenerator<Opened, void> {
  const ends: CodecEnd[] = [];
  const tail = new Tail();
  const source = streamSource(async function* () {
    ends.push(yield* tail.watch(codec(member.source, 0)));
  }, budget);
  const name = `<${shown}>`;
  const packed = { compressed: member.source.size, declared: null, drained: () => tail.drained(source) };
  if (isWeak && !(await givesAnything(source))) return;
  budget.countMember();
  yield {
    kind: 'member',
    member: {
      path: memberPath(member.path, name),
      name: innerName(member.name),
      source,
      depth: member.depth + 1,
      packed,
    },
  };
  try {
    await source.drain();
  } catch (error) {
    if (!(error instanceof InputError) && !(error instanceof UnsupportedError)) throw error;
    const cause = error instanceof UnsupportedError ? 'unsupported' : 'corrupt';
    yield {
      kind: 'notice',
      notice: { path: member.path, offset: error.offset, cause, reason: `${format}: ${error.message}` },
    };
    return;
  }
  const end = ends.at(-1);
  if (end === undefined) return;
  for (const mismatch of end.mismatches) {
    yield {
      kind: 'notice',
      notice: { path: member.path, offset: mismatch.offset, cause: 'corrupt', reason: `${format}: ${mismatch.what}` },
    };
  }
  const rest = member.source.size - end.end;
  if (!(rest > 0)) return;
  const at = { path: member.path, offset: end.end, line: null };
  yield {
    kind: 'fact',
    fact: {
      kind: 'archive.ambiguous',
      at,
      problem: 'appended-bytes',
      entry: null,
      detail: `${rest} bytes follow the ${format} data`,
    },
  };
  const restName = `[bytes ${end.end}-${member.source.size - 1}]`;
  yield {
    kind: 'member',
    member: {
      path: memberPath(member.path, restName),
      name: restName,
      source: sliceSource(member.source, end.end, rest),
      depth: member.depth + 1,
      stray: true,
    },
  };
}

/** The last bytes that a decoder put out: what ends there would cost to decode it all again. */
class Tail {
  readonly #buffer = new Uint8Array(2 * TAIL_BYTES);
  #size = 0;

  async *watch<T>(chunks: AsyncGenerator<Uint8Array, T>): AsyncGenerator<Uint8Array, T> {
    this.#size = 0;
    for (;;) {
      const step = await chunks.next();
      if (step.done === true) return step.value;
      this.#add(step.value.subarray(-TAIL_BYTES));
      yield step.value;
    }
  }

  #add(bytes: Uint8Array): void {
    if (this.#size + bytes.length > this.#buffer.length) {
      this.#buffer.copyWithin(0, this.#size - TAIL_BYTES, this.#size);
      this.#size = TAIL_BYTES;
    }
    this.#buffer.set(bytes, this.#size);
    this.#size += bytes.length;
  }

  /** The source, read to its end. */
  async drained(source: StreamSource): Promise<ByteSource> {
    await source.drain();
    const last = this.#buffer.subarray(0, this.#size);
    const start = source.size - last.length;
    return {
      size: source.size,
      read: (offset, length) =>
        offset >= start ? last.subarray(offset - start, offset - start + length) : source.read(offset, length),
    };
  }
}

/** `model.pkl.gz` holds `model.pkl`. */
function innerName(name: string): string {
  // Side files of the oldest joblib: a bare array, which no name describes.
  if (/\.npy\.z$/i.test(name)) return 'array';
  return name.replace(/\.tgz$/i, '.tar').replace(/\.(?:gz|bz2|xz|lzma|lz4|zst|z)$/i, '');
}

/** False where decoding fails before the first byte, as it does for every loader. */
async function givesAnything(source: StreamSource): Promise<boolean> {
  try {
    await source.read(0, 1);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
