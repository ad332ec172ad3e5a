import { InputError } from '../model/errors.js';
import type { Container } from './container.js';
import { readZip } from './zip/read-zip.js';
import { zipMembers } from './zip/members.js';

export { zipMembers } from './zip/members.js';
export type { ZipArchive } from './zip/archive.js';
export { readZip } from './zip/read-zip.js';

/** Any zip file. What PyTorch makes of one is for the layer above, by `readZip` and `zipMembers`. */
export const zip: Container = async function* (member, budget) {
  const archive = await readZip(member.source, budget);
  if (archive.endRecords.length === 0 && archive.unlisted.length === 0) {
    throw new InputError('no zip file: neither an end of central directory record nor a local header', archive.size);
  }
  yield* zipMembers(archive, member, budget);
};
