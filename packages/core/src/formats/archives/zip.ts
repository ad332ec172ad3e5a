import type { Format } from '../../model/format.js';
import { isKerasZip, isReadAsKeras } from '../keras/archive.js';
import { kerasMember } from '../keras/member.js';
import type { Member } from '../members/container.js';
import type { Found, Look } from '../members/look.js';
import { identified } from '../members/opened.js';
import { checkpoint } from '../torch/checkpoint.js';
import { exportedProgram } from '../torch/exported.js';
import { joinedCheckpoints } from '../torch/joined-checkpoints.js';
import { joinedMembers } from '../torch/joined-members.js';
import { storagesNamed, unreadHeaders } from '../torch/unread-storages.js';
import { anyZipMembers, readZip } from '../zip/container.js';
import type { ZipReader } from '../zip/reading.js';
import { anyZip } from './any-zip.js';

/** Who may know more of a zip archive than its members; the first that takes it opens them. */
const READERS: readonly ZipReader[] = [checkpoint, exportedProgram];

/** `format`: what the bytes begin as, where the archive lies behind something else. */
export async function* zipMember(member: Member, format: Format, look: Look): AsyncGenerator<Found> {
  const { source } = member;
  const joined = await joinedCheckpoints(source, look.budget);
  if (joined !== null) {
    yield* joinedMembers(member, joined, look);
    return;
  }
  const archive = await readZip(
    source,
    look.budget,
    source.selective === true ? storagesNamed(member, look.budget) : undefined,
  );
  yield* unreadHeaders(archive, member, look.budget);
  const zip = { archive, member, format };
  const isKeras = isKerasZip(zip);
  const reading = firstOf(READERS, (reader) => reader(zip, look)) ?? anyZip(zip, look);
  yield* reading.whole;
  for await (const item of anyZipMembers(archive, member, look.budget)) {
    if (item.kind !== 'member') {
      yield await identified(item, member, look);
      continue;
    }
    if (look.watch !== undefined) await look.watch(item.member, reading.listedAs(item.member.name));
    if (isReadAsKeras(item)) {
      yield* kerasMember(item.member, isKeras, look);
      yield* reading.open({ ...item, member: { ...item.member, isReadAsKeras: true } });
    } else yield* reading.open(item);
  }
  if (reading.rest !== undefined) yield* reading.rest();
}

function firstOf<T, R>(items: readonly T[], of: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = of(item);
    if (found !== null) return found;
  }
  return null;
}
