import type { Budget } from '../../bytes/budget.js';
import { InputError } from '../../model/errors.js';
import type { Container, Member } from '../members/container.js';
import type { ZipArchive } from './archive.js';
import { readZip } from './read-zip.js';
import { zipMembers, type ZipOpened } from './members.js';

export type { ZipOpened } from './members.js';
export type { ZipArchive } from './archive.js';
export { readZip } from './read-zip.js';

/** What lies in any zip file that was read. What PyTorch makes of one is for the layer above, by `zipMembers`. */
export function anyZipMembers(archive: ZipArchive, member: Member, budget: Budget): AsyncGenerator<ZipOpened, void> {
  if (archive.endRecords.length === 0 && archive.unlisted.length === 0) {
    throw new InputError('no zip file: neither an end of central directory record nor a local header', archive.size);
  }
  return zipMembers(archive, member, budget);
}

/** @internal For tests. */
export const zip: Container = async function* (member, budget) {
  yield* anyZipMembers(await readZip(member.source, budget), member, budget);
};
