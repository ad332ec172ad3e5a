import type { ByteRange } from '../../bytes/source.js';
import { unread } from '../../model/origin.js';
import { isChance } from '../../model/plausibility.js';
import { plausibilityOfGap, plausibilityOfTar } from '../../plausibility/member.js';
import type { Member, Opened } from '../members/container.js';
import { ignored, type Found, type Look } from '../members/look.js';
import { identified } from '../members/opened.js';
import { tar } from '../tar/container.js';
import { BLOCK_BYTES, isMarkedTarHeader } from '../tar/header.js';
import { TarCheckpoint } from '../torch/tar-checkpoint.js';
import { SoleMember } from './sole-member.js';

/** `held`: takes the extents of the members. */
export async function* tarMember(member: Member, look: Look, held: ByteRange[] = []): AsyncGenerator<Found> {
  // Numbers in an array may be a header by chance. The entries that tarfile would read there are analysed, and nothing else is reported.
  const hasMark = async (): Promise<boolean> => isMarkedTarHeader((await member.source.read(0, BLOCK_BYTES)).slice());
  const chance = isChance(await plausibilityOfTar(member.origin, hasMark));
  const checkpoint = new TarCheckpoint(member, look);
  const sole = new SoleMember();
  for await (const item of tar(member, look.budget)) {
    if (item.kind === 'member') {
      sole.add(item.member);
      const inner = checkpoint.add(item.member);
      const { at, source } = inner;
      if (look.watch !== undefined) await look.watch(inner, null);
      if (at !== undefined) held.push({ start: at, end: at + source.size });
      yield* sole.look(chance ? ignored(inner) : inner, look);
    } else if (!chance || isGap(item, member)) yield await identified(item, member, look);
  }
  if (!chance) yield* sole.inspect(look);
  yield* checkpoint.loaded();
}

/** A notice about bytes that somebody could read and that were not analysed. */
function isGap(item: Opened, { origin }: Member): boolean {
  return item.kind === 'notice' && !isChance(plausibilityOfGap(item.notice.cause, unread(origin)));
}
