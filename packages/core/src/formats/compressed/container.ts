import { ENTRY, TAIL } from '../../model/origin.js';
import type { Budget } from '../../bytes/budget.js';
import { sliceSource } from '../../bytes/source.js';
import { streamSource, type StreamSource } from '../../bytes/stream-source.js';
import type { Codec, CodecEnd } from '../../codecs/codec.js';
import { causeOf, InputError, UnsupportedError } from '../../model/errors.js';
import type { Format } from '../../model/format.js';
import { memberPath, type Member, type Opened } from '../members/container.js';
import { Tail } from '../members/tail.js';

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
    ends.push(yield* tail.watch(codec(member.source, 0, budget.platform)));
  }, budget);
  const name = `<${shown}>`;
  const packed = { compressed: member.source.size, declared: null, drained: () => tail.drained(source) };
  if (isWeak && !(await givesAnything(source))) {
    budget.ledger.claim(member.source, 0, member.source.size, 'data');
    return;
  }
  budget.countMember();
  yield {
    kind: 'member',
    member: {
      path: memberPath(member.path, name),
      name: innerName(member.name),
      source,
      depth: member.depth + 1,
      origin: ENTRY,
      packed,
    },
  };
  try {
    await source.drain();
  } catch (error) {
    if (!(error instanceof InputError) && !(error instanceof UnsupportedError)) throw error;
    yield {
      kind: 'notice',
      notice: { path: member.path, offset: error.offset, cause: causeOf(error), reason: `${format}: ${error.message}` },
    };
    return;
  }
  const end = ends.at(-1);
  if (end === undefined) return;
  budget.ledger.claim(member.source, 0, end.end, 'parsed');
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
      origin: TAIL,
    },
  };
}

/** `model.pkl.gz` holds `model.pkl`. */
function innerName(name: string): string {
  // Side files of the oldest joblib: a bare array, which no name describes.
  if (/\.npy\.z$/i.test(name)) return 'array';
  return name.replace(/\.tgz$/i, '.tar').replace(/\.(?:gz|bz2|xz|lzma|lz|lz4|zst|z)$/i, '');
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
