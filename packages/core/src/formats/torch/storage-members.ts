import { InputError } from '../../model/errors.js';
import type { Format } from '../../model/format.js';
import { STORAGE } from '../../model/origin.js';
import { isChance } from '../../model/plausibility.js';
import { plausibilityOfStorage } from '../../plausibility/marks.js';
import { plausibilityOfGap } from '../../plausibility/member.js';
import type { Member } from '../members/container.js';
import { guarded, type Formats, type Found, type Look } from '../members/look.js';

/** A storage whose bytes are not just numbers. One in a thousand begins like zlib by chance. */
export async function* storageMember(member: Member, look: Look): AsyncGenerator<Found> {
  look.budget.ledger.claim(member.source, 0, member.source.size, 'tensor-storage');
  if (isRawData(member, look)) return;
  const storage: Member = { ...member, origin: STORAGE };
  yield* guarded(storage, holding(storage, look));
}

async function* holding(storage: Member, look: Look): AsyncGenerator<Found> {
  const format = await look.formats.formatAtHead(storage.source);
  if (areNumbers(format, storage.name, look.formats)) return;
  for await (const found of look.inspect(storage)) {
    if (found.kind !== 'notice' || !isChance(plausibilityOfGap(found.notice.cause, storage.origin))) yield found;
  }
}

/** What is found of most storages, at once where the bytes are at hand; a fault is for the analysis to tell. */
function isRawData({ name, packed, source }: Member, { formats }: Look): boolean {
  if (packed !== undefined || source.immediate !== true) return false;
  try {
    const format = formats.formatAtHead(source);
    return !(format instanceof Promise) && areNumbers(format, name, formats);
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function areNumbers(format: Format, name: string, formats: Formats): boolean {
  return isChance(plausibilityOfStorage(format, formats.isOpaque(format), formats.promisedBy(name)));
}
