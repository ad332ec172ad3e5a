import { sliceSource } from '../../bytes/source.js';
import { InputError, UnsupportedError } from '../../model/errors.js';
import type { Format } from '../../model/format.js';
import { TAR_SEARCH_BYTES } from '../../model/limits.js';
import { ENTRY } from '../../model/origin.js';
import { memberPath, type Member } from '../members/container.js';
import type { FurtherReading, Outcome } from '../members/further.js';
import { isDeclaredBomb, restOf, type Found, type Look } from '../members/look.js';
import { BLOCK_BYTES, isTarHeader } from '../tar/header.js';
import { hasZipBehind } from '../zip/zip-behind.js';
import { zipInConstant } from '../zip/zip-in-constant.js';
import { isZipOfMembers } from '../zip/zip-in-tar.js';
import { zipMember } from './zip.js';

/** A tar behind bytes that nothing explains: a reader that passes over broken headers gets there (tarfile, `ignore_zeros`). */
export const tarBehind: FurtherReading = (member, { format, others }, look) => {
  const mayLieBehind = format === 'pickle' || format === 'maybe-pickle' || look.formats.isOpaque(format);
  if (!mayLieBehind || others.includes('tar') || !(member.source.size >= 2 * BLOCK_BYTES)) return null;
  return firstTar(member, look);
};

async function* firstTar(member: Member, look: Look): AsyncGenerator<Found> {
  const bytes = (await member.source.read(0, TAR_SEARCH_BYTES)).slice();
  for (let at = BLOCK_BYTES; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) {
    if (!isTarHeader(bytes.subarray(at, at + BLOCK_BYTES))) continue;
    yield* look.inspect(restOf(member, at));
    return;
  }
}

/** A zip at the end of bytes that are something else. */
export const zipBehind: FurtherReading = (member, outcome, look) => {
  if (outcome.format === 'zip' || outcome.endsAsZip === false) return null;
  return zipAtEnd(member, outcome, look);
};

async function* zipAtEnd(member: Member, outcome: Outcome, look: Look): AsyncGenerator<Found> {
  const { held, format, pickleEnd } = outcome;
  if (outcome.endsAsZip === null && !(await endsAsZipNow(member, outcome, look))) return;
  if (held.length > 0 && (await isZipOfMembers(member.source, held, look.budget))) return;
  const constant = pickleEnd === member.source.size ? await zipInConstant(member.source, look.budget) : null;
  if (constant !== null) {
    const name = `[bytes ${constant.start}-${constant.end - 1}]`;
    const source = sliceSource(member.source, constant.start, constant.end - constant.start);
    yield* look.inspect({ path: memberPath(member.path, name), name, source, depth: member.depth + 1, origin: ENTRY });
    return;
  }
  for await (const found of zipMember(member, format, look)) if (!isOwnPrefix(found, member, format, look)) yield found;
}

/**
 * The end of compressed bytes is known only when they were read to it. They are not read for this where an array takes all of
 * them, unless the name sends them to a reader of zips that allows bytes before them: no reader of arrays goes by the end.
 */
async function endsAsZipNow(
  { packed, name }: Member,
  { explained, isWholeArray }: Outcome,
  { budget, formats }: Look,
): Promise<boolean> {
  if (packed?.drained === undefined || isDeclaredBomb(packed, explained)) return false;
  if (isWholeArray && packed.declared !== null && formats.promisedBy(name)?.format !== 'zip') return false;
  if (packed.declared !== null) budget.checkSearch();
  try {
    return await hasZipBehind(await packed.drained());
  } catch (error) {
    // The analysis that opened the decoder reports this.
    if (error instanceof InputError || error instanceof UnsupportedError) return false;
    throw error;
  }
}

/** Of a file that is called what it is, the bytes before the archive that its writer put behind them. */
function isOwnPrefix(found: Found, { path, name }: Member, format: Format, { formats }: Look): boolean {
  if (found.kind !== 'fact' || found.fact.kind !== 'archive.ambiguous') return false;
  const { problem, at } = found.fact;
  if (problem !== 'prepended-bytes' || at.path !== path || !formats.endsInZip(format)) return false;
  return formats.promisedBy(name)?.format === format;
}
