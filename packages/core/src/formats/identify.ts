import type { ByteRange, ByteSource } from '../bytes/source.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import { HEAD_BYTES, type Format } from '../model/format.js';
import { FORMATS, formats } from './index.js';
import type { Member } from './members/container.js';
import type { Outcome } from './members/further.js';
import { END_BYTES, hasZipBehind } from './zip/zip-behind.js';

/** Plans reads of a source whose end is known. */
function asked(source: ByteSource, ranges: readonly ByteRange[]): void | Promise<void> {
  return Number.isFinite(source.size) ? source.prefetch?.(ranges) : undefined;
}

/** What the bytes of a member are, by their head and their end. Throws the errors of its source. */
export async function identify(
  member: Member,
): Promise<Pick<Outcome, 'format' | 'others' | 'firstByte' | 'endsAsZip'>> {
  const { source } = member;
  // Head and end are read for every format.
  const ends = asked(source, [
    { start: 0, end: HEAD_BYTES },
    { start: source.size - END_BYTES, end: source.size },
  ]);
  if (ends !== undefined) await ends;
  const head = (await source.read(0, HEAD_BYTES)).slice();
  const { format: atHead, others } = formats.recognise(head);
  const format = atHead === 'maybe-pickle' ? ((await formatBehind(member)) ?? atHead) : atHead;
  const own = asked(source, FORMATS[format].ranges?.(head, source.size) ?? []);
  if (own !== undefined) await own;
  if (format === 'empty') return { format, firstByte: 0, others: [], endsAsZip: false };
  const endsAsZip = Number.isFinite(source.size) ? format !== 'zip' && (await hasZipBehind(source)) : null;
  return { format, firstByte: head[0] ?? 0, others, endsAsZip };
}

/** A fault of the bytes behind the head is for the analysis to meet, which takes what comes before it. */
async function formatBehind({ source, name }: Member): Promise<Format | null> {
  try {
    return await formats.formatBehind(source, name);
  } catch (error) {
    if (error instanceof InputError || error instanceof UnsupportedError) return null;
    throw error;
  }
}
