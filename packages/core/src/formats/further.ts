import { tarBehind, zipBehind } from './archives/behind.js';
import { FORMATS } from './index.js';
import { base64InText } from './members/base64-text.js';
import type { Member } from './members/container.js';
import type { FurtherReading, Outcome } from './members/further.js';
import { expansion, guarded, ignored, type Found, type Look } from './members/look.js';
import { polyglot } from './pickle-file/polyglot.js';
import { isSource, pythonSource } from './python-source/source.js';
import { mayConcernRepository, repositoryMember } from './repository/members.js';

/** Formats with marks so weak that the bytes have them beside those of another one. */
const weakFormats: FurtherReading = (member, { others }, look) =>
  others.length === 0 ? null : weakly(member, others, look);

async function* weakly(member: Member, others: Outcome['others'], look: Look): AsyncGenerator<Found> {
  for (const other of others) {
    const module = FORMATS[other];
    if ('weakly' in module && module.weakly !== undefined)
      yield* guarded(ignored(member), module.weakly.open(ignored(member), look));
  }
}

const source: FurtherReading = (member, { explained }, look) =>
  look.sources.length > 0 && isSource(member) ? pythonSource(member, look, explained) : null;

const fileOfRepository: FurtherReading = (member, _, look) =>
  look.repositories && mayConcernRepository(member, look) ? repositoryMember(member, look) : null;

/** How much it unpacks to is counted last: what was read by then is known. */
const unpackedSize: FurtherReading = (member, { explained }, look) =>
  member.packed === undefined ? null : expansion(member, member.packed, explained, look.budget);

/** What else a member is read as, once its format was opened. */
export const FURTHER: readonly FurtherReading[] = [
  weakFormats,
  tarBehind,
  zipBehind,
  polyglot,
  base64InText,
  source,
  fileOfRepository,
  unpackedSize,
];
